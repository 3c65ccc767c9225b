// Package limit counts requests of clients in a sliding minute, in this process, and shares the counts through Redis in
// the background: no request ever waits for it.
package limit

import (
	"context"
	"hash/maphash"
	"log/slog"
	"math"
	"net/netip"
	"sync/atomic"
	"time"

	"github.com/google/uuid"
	"github.com/redis/go-redis/v9"
)

// Key is who is counted, and for what. The zero Subject of a kind is one client like any other.
type Key struct {
	Class   uint8 // the caller's numbering of its classes of routes
	Kind    Kind
	Subject [16]byte
}

// Kind keeps the same subject's counts apart.
type Kind uint8

// The kinds of subjects.
const (
	Address Kind = iota // an address that shows no account
	Crowd               // an address, for all accounts behind it together
	Account
)

// OfAddress is the key of an address. An IPv6 address counts with its whole /64, which one client commonly owns.
func OfAddress(class uint8, kind Kind, a netip.Addr) Key {
	subject := a.Unmap().As16()
	if a.Is6() && !a.Is4In6() {
		clear(subject[8:])
	}
	return Key{class, kind, subject}
}

// OfAccount is the key of an account.
func OfAccount(class uint8, id uuid.UUID) Key { return Key{class, Account, id} }

// Verdict on one request.
type Verdict struct {
	Allowed   bool
	Remaining int           // how many more would be allowed now
	Reset     time.Duration // until the minute that counts now is over
	Retry     time.Duration // when not allowed: until one request would be
}

const (
	window  = time.Minute
	shards  = 64
	perTrip = 2000 // keys in one round trip; those beyond wait for the next
)

// Options of a limiter.
type Options struct {
	Redis    *redis.Client
	Prefix   string        // of the keys in Redis
	Interval time.Duration // between two round trips
	Keys     int           // how many are remembered; beyond that the least used of a sample is forgotten
	Now      func() time.Time
	Log      *slog.Logger
}

// Limiter estimates the requests of the last minute as those of this minute and the share of the last one that the sliding
// window still covers (Cloudflare, "How we built rate limiting capable of scaling to millions of domains", 2017, whose
// measurement found 0.003 % of decisions wrong). Such counts, unlike a token bucket's state, are simply added up between
// processes. Its methods may be called at once.
type Limiter struct {
	o       Options
	process string // its name among the others
	seed    maphash.Seed
	shards  [shards]shard
	healthy atomic.Bool   // of the last round trip
	next    atomic.Uint32 // the shard that the next round trip begins with
}

// New makes a limiter; it counts for itself until Run runs.
func New(o Options) *Limiter {
	l := &Limiter{o: o, process: uuid.NewString()[:13], seed: maphash.MakeSeed()}
	l.healthy.Store(true)
	for i := range l.shards {
		l.shards[i].entries = map[Key]*entry{}
		l.shards[i].most = max(1, o.Keys/shards)
	}
	return l
}

// Take counts one request against limit (per minute, at least 1) and says whether it may go on. What is refused does not
// count: who waits as told gets through.
func (l *Limiter) Take(k Key, limit int) Verdict {
	minute, into := split(l.o.Now())
	s := &l.shards[l.shardOf(k)]
	s.Lock()
	e := s.at(k, minute)
	used := e.estimate(into)
	allowed := used+1 <= float64(limit)
	if allowed {
		e.own++
		s.note(k, e)
	}
	before, current := e.before, e.current()
	s.Unlock()
	if allowed {
		return Verdict{Allowed: true, Remaining: int(float64(limit) - used - 1), Reset: window - into}
	}
	return Verdict{Reset: window - into, Retry: untilFree(before, current, limit, into)}
}

func (l *Limiter) shardOf(k Key) uint64 { return maphash.Comparable(l.seed, k) % shards }

// untilFree is when one more request fits: within this minute if the last one's share is what fills it, else in the next.
func untilFree(before, current uint32, limit int, into time.Duration) time.Duration {
	if room := float64(limit) - float64(current) - 1; room >= 0 && before > 0 {
		return max(portion(1-room/float64(before))-into, time.Millisecond)
	}
	share := max(0, 1-(float64(limit)-1)/math.Max(1, float64(current)))
	return window - into + portion(share)
}

func portion(share float64) time.Duration { return time.Duration(share * float64(window)) }

func split(now time.Time) (minute int64, into time.Duration) {
	nanos := now.UnixNano()
	return nanos / int64(window), time.Duration(nanos % int64(window))
}

// Size is how many keys are remembered.
func (l *Limiter) Size() (n int) {
	for i := range l.shards {
		l.shards[i].Lock()
		n += len(l.shards[i].entries)
		l.shards[i].Unlock()
	}
	return n
}

// Run shares the counts until ctx ends. While Redis is away each process goes by its own.
func (l *Limiter) Run(ctx context.Context) error {
	tick := time.NewTicker(l.o.Interval)
	defer tick.Stop()
	for {
		select {
		case <-ctx.Done():
			return nil
		case <-tick.C:
			l.report(l.Sync(ctx))
		}
	}
}

// report logs when Redis goes and when it comes back, not every time in between.
func (l *Limiter) report(err error) {
	switch healthy := err == nil; {
	case l.healthy.Swap(healthy) == healthy:
	case healthy:
		l.o.Log.Info("limits are shared again")
	default:
		l.o.Log.Warn("limits are not shared; each process goes by its own counts", "error", err.Error())
	}
}
