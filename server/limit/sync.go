package limit

import (
	"context"
	"encoding/hex"
	"fmt"
	"math"
	"strconv"

	"github.com/redis/go-redis/v9"
)

// change is what Redis does not know yet of one key.
type change struct {
	key    Key
	minute int64
	own    uint32

	now, before *redis.StringSliceCmd // what each process counted in this minute, and in the one before
}

// Sync tells Redis what was counted since the last time and learns what the other processes counted of the same keys, in
// one round trip. A process tells its whole count of the minute, so that telling it twice changes nothing: when Redis was
// too slow to answer, or has lost everything, the next round trip puts all right.
func (l *Limiter) Sync(ctx context.Context) error {
	changes := l.collect()
	if len(changes) == 0 {
		return nil
	}
	_, err := l.o.Redis.Pipelined(ctx, func(p redis.Pipeliner) error {
		for i := range changes {
			c := &changes[i]
			name := l.name(c.key, c.minute)
			p.HSet(ctx, name, l.process, c.own)
			p.PExpire(ctx, name, 2*window)
			c.now, c.before = p.HVals(ctx, name), p.HVals(ctx, l.name(c.key, c.minute-1))
		}
		return nil
	})
	for i := range changes {
		l.apply(&changes[i])
	}
	if err != nil {
		return fmt.Errorf("limit: %w", err)
	}
	return nil
}

// name holds no address that can be read at a glance, and is the same in every process.
func (l *Limiter) name(k Key, minute int64) string {
	raw := append([]byte{k.Class, byte(k.Kind)}, k.Subject[:]...)
	return l.o.Prefix + "limit:" + hex.EncodeToString(raw) + ":" + strconv.FormatInt(minute, 36)
}

// collect takes as many changes as go into one round trip. It begins where the one before ended: with more busy clients
// than fit, each shard has its turn.
func (l *Limiter) collect() (changes []change) {
	for range shards {
		at := l.next.Load() % shards
		s := &l.shards[at]
		s.Lock()
		take := min(len(s.changed), perTrip-len(changes))
		for _, k := range s.changed[:take] {
			if e := s.entries[k]; e != nil && e.listed {
				e.listed = false
				changes = append(changes, change{key: k, minute: e.minute, own: e.own})
			}
		}
		s.changed = s.changed[:copy(s.changed, s.changed[take:])]
		s.Unlock()
		if len(changes) == perTrip {
			break
		}
		l.next.Store(at + 1)
	}
	return changes
}

// apply takes over what Redis answered, unless the key was forgotten or its minute has passed.
func (l *Limiter) apply(c *change) {
	s := &l.shards[l.shardOf(c.key)]
	s.Lock()
	defer s.Unlock()
	e := s.entries[c.key]
	if e == nil || e.minute != c.minute {
		return
	}
	if c.now.Err() != nil || c.before.Err() != nil {
		s.note(c.key, e)
		return
	}
	e.others = bounded(sum(c.now.Val()) - int64(c.own))
	e.before = max(e.before, bounded(sum(c.before.Val())))
}

func sum(counts []string) (total int64) {
	for _, one := range counts {
		n, _ := strconv.ParseUint(one, 10, 31) // what is no count counts nothing
		total += int64(n)
	}
	return total
}

// bounded keeps what a broken Redis may say within what is counted here.
func bounded(n int64) uint32 { return uint32(min(max(n, 0), math.MaxInt32)) }
