package limit_test

import (
	"log/slog"
	"net/netip"
	"sync"
	"sync/atomic"
	"testing"
	"time"

	"github.com/google/uuid"

	"github.com/rentora/rentora/server/limit"
)

// clock is a test's time; it begins at the start of a minute.
type clock struct{ nanos atomic.Int64 }

func newClock() *clock {
	c := &clock{}
	c.nanos.Store(time.Date(2026, 6, 1, 12, 0, 0, 0, time.UTC).UnixNano())
	return c
}

func (c *clock) now() time.Time          { return time.Unix(0, c.nanos.Load()) }
func (c *clock) advance(d time.Duration) { c.nanos.Add(int64(d)) }

func local(c *clock, keys int) *limit.Limiter {
	return limit.New(limit.Options{Keys: keys, Now: c.now, Log: slog.New(slog.DiscardHandler)})
}

// allowed takes n times and counts what goes on.
func allowed(l *limit.Limiter, k limit.Key, most, n int) (count int) {
	for range n {
		if l.Take(k, most).Allowed {
			count++
		}
	}
	return count
}

func TestAMinuteSlides(t *testing.T) {
	t.Parallel()
	c := newClock()
	l, k := local(c, 1000), limit.OfAccount(0, uuid.New())
	first := l.Take(k, 10)
	if !first.Allowed || first.Remaining != 9 || first.Reset != time.Minute {
		t.Errorf("the first: %+v", first)
	}
	if n := allowed(l, k, 10, 20); n != 9 {
		t.Errorf("%d more of 10 allowed, want 9", n)
	}
	c.advance(time.Minute) // all of the last minute still counts
	if l.Take(k, 10).Allowed {
		t.Error("allowed at the turn of the minute, though the last 60 seconds hold 10")
	}
	c.advance(30 * time.Second) // half of it does
	if n := allowed(l, k, 10, 20); n != 5 {
		t.Errorf("%d allowed in the middle, want 5", n)
	}
	c.advance(2 * time.Minute)
	if n := allowed(l, k, 10, 20); n != 10 {
		t.Errorf("%d allowed after a pause, want 10", n)
	}
}

// Who waits as told gets through, and not much later than need be.
func TestRetryIsWhenOneFits(t *testing.T) {
	t.Parallel()
	for _, most := range []int{1, 2, 10, 600} {
		c := newClock()
		l, k := local(c, 1000), limit.OfAccount(0, uuid.New())
		c.advance(20 * time.Second)
		for round := range 5 {
			allowed(l, k, most, most)
			v := l.Take(k, most)
			if v.Allowed || v.Remaining != 0 || v.Retry <= 0 || v.Retry > 2*time.Minute {
				t.Fatalf("limit %d, round %d: %+v", most, round, v)
			}
			c.advance(v.Retry - 5*time.Millisecond)
			if v.Retry > 10*time.Millisecond && l.Take(k, most).Allowed {
				t.Errorf("limit %d, round %d: allowed before the %s it said", most, round, v.Retry)
			}
			c.advance(6 * time.Millisecond)
			if !l.Take(k, most).Allowed {
				t.Errorf("limit %d, round %d: refused after the %s it said", most, round, v.Retry)
			}
		}
	}
}

func TestClientsDoNotPayForEachOther(t *testing.T) {
	t.Parallel()
	l := local(newClock(), 1000)
	address := func(s string, class uint8, kind limit.Kind) limit.Key {
		return limit.OfAddress(class, kind, netip.MustParseAddr(s))
	}
	spent := address("2001:db8:1:2::1", 0, limit.Address)
	allowed(l, spent, 1, 1)
	allowed(l, address("198.51.100.1", 0, limit.Address), 1, 1)
	for what, c := range map[string]struct {
		key  limit.Key
		same bool
	}{
		"the same /64":        {address("2001:db8:1:2:ffff::9", 0, limit.Address), true},
		"another /64":         {address("2001:db8:1:3::1", 0, limit.Address), false},
		"another class":       {address("2001:db8:1:2::1", 1, limit.Address), false},
		"the crowd there":     {address("2001:db8:1:2::1", 0, limit.Crowd), false},
		"an IPv4 address":     {address("192.0.2.1", 0, limit.Address), false},
		"its neighbour":       {address("192.0.2.2", 0, limit.Address), false},
		"a spent one in IPv6": {address("::ffff:198.51.100.1", 0, limit.Address), true},
		"an account":          {limit.OfAccount(0, uuid.UUID{1}), false},
		"no address at all":   {limit.OfAddress(0, limit.Address, netip.Addr{}), false},
	} {
		if l.Take(c.key, 1).Allowed == c.same {
			t.Errorf("%s: counted with the first: %t, want %t", what, !c.same, c.same)
		}
	}
}

// A flood of new addresses fills no memory and frees nobody who has used up a limit.
func TestKeysAreBounded(t *testing.T) {
	t.Parallel()
	const most = 6400
	l := local(newClock(), most)
	heavy := limit.OfAccount(0, uuid.New())
	allowed(l, heavy, 100, 100)
	for range 20 * most {
		l.Take(limit.OfAccount(0, uuid.New()), 100)
	}
	if n := l.Size(); n > most {
		t.Errorf("%d keys, at most %d may be kept", n, most)
	}
	if l.Take(heavy, 100).Allowed {
		t.Error("a flood of others freed a client that had used up its limit")
	}
}

func TestTakeAtOnce(t *testing.T) {
	t.Parallel()
	l, k := local(newClock(), 1000), limit.OfAccount(0, uuid.New())
	var count atomic.Int64
	var all sync.WaitGroup
	for range 16 {
		all.Go(func() { count.Add(int64(allowed(l, k, 500, 100))) })
	}
	all.Wait()
	if n := count.Load(); n != 500 {
		t.Errorf("%d of 1,600 allowed, want 500", n)
	}
}

func BenchmarkTake(b *testing.B) {
	l := limit.New(limit.Options{Keys: 100_000, Now: time.Now})
	keys := make([]limit.Key, 10_000)
	for i := range keys {
		keys[i] = limit.OfAccount(0, uuid.New())
	}
	b.ReportAllocs()
	var next atomic.Int64
	b.RunParallel(func(pb *testing.PB) {
		for i := int(next.Add(997)); pb.Next(); i++ {
			l.Take(keys[i%len(keys)], 600)
		}
	})
}
