package cache

import (
	"context"
	"hash/maphash"
	"strconv"
	"sync/atomic"
	"time"

	"github.com/maypok86/otter/v2"
	"golang.org/x/sync/singleflight"

	"github.com/rentora/rentora/server/errs"
)

// Answer is what a Store keeps: encoded once, the same for everybody who asks.
type Answer struct {
	Body []byte // must not be changed
	Tag  string // strong entity tag, without quotes
	Note string // whatever the caller has to know about the answer before it is given out
}

// Fill makes an answer that nobody has. Its context outlives the request that asked first, because others wait too.
type Fill func(ctx context.Context) (Answer, error)

// Options of a Store.
type Options struct {
	Name  string        // of the measures and the keys
	Bytes uint64        // what the answers in this process may take up; 0 keeps none here
	Fresh time.Duration // an answer that nobody dropped is given out as it is
	Stale time.Duration // and so much longer while it is being made anew
	// Tolerance is how old an answer may be that was dropped since it was made; it is made anew meanwhile. 0 for what must
	// never be seen after its change.
	Tolerance time.Duration
	// Group gives the name under which a key is dropped: itself when nil.
	Group func(key string) string
	Now   func() time.Time // time.Now when nil
}

// Bounds that no store needs otherwise.
const (
	maxAnswer   = 512 << 10 // bytes; a larger one is given out and not kept
	fillTimeout = 10 * time.Second
	blindFor    = time.Second // how old an answer may be while nobody tells us of drops
	markCount   = 1024
)

// Store keeps answers in this process and in Redis, and makes each of them once however many ask at the same moment. It
// is safe for concurrent use.
//
// An answer is told to be out of date by two counters of its group that are read before it is made: one in Redis, which
// every Drop raises, and a mark in this process, raised when the Drop is heard of. An answer that was being made while
// its group was dropped carries the older count and is never given out, by nobody. Should Redis refuse to raise its counter,
// who heard of the Drop still knows when that was, and takes nothing from Redis that was made before.
type Store struct {
	Options
	bus     *Bus
	local   *otter.Cache[string, kept]
	flights singleflight.Group
	marks   [markCount]mark
	seed    maphash.Seed
}

// mark is what this process knows of the drops of some groups.
type mark struct {
	raised atomic.Uint64
	last   atomic.Int64 // unix nanoseconds of the last one that was heard of; 0 before the first
}

// kept is an answer with what tells whether it still holds.
type kept struct {
	Answer
	made time.Time // when its making began
	mark uint64
}

// state is how good a kept answer is.
type state int

const (
	useless state = iota
	usable        // may be given out while a new one is made
	fresh
)

func (s *Store) group(key string) string {
	if s.Group == nil {
		return key
	}
	return s.Group(key)
}

func (s *Store) mark(group string) *mark {
	return &s.marks[maphash.String(s.seed, group)%markCount]
}

func (s *Store) judge(k kept, mark uint64) state {
	age := s.Now().Sub(k.made)
	switch {
	case age < 0: // the clock was set back
		return useless
	case !s.bus.Hears() && age > blindFor:
		return useless
	case k.mark != mark && age < s.Tolerance, k.mark == mark && age >= s.Fresh && age < s.Fresh+s.Stale:
		return usable
	case k.mark == mark && age < s.Fresh:
		return fresh
	}
	return useless
}

// Get gives the answer of a key, from here, from Redis or newly made. An error is the fill's, and kept nowhere.
func (s *Store) Get(ctx context.Context, key string, fill Fill) (Answer, error) {
	if s.local != nil {
		if k, ok := s.local.GetIfPresent(key); ok {
			switch s.judge(k, s.mark(s.group(key)).raised.Load()) {
			case fresh:
				s.bus.count(s.Name, "process")
				return k.Answer, nil
			case usable:
				s.bus.count(s.Name, "stale")
				s.fly(ctx, key, fill)
				return k.Answer, nil
			case useless:
			}
		}
	}
	select {
	case r := <-s.fly(ctx, key, fill):
		if r.Err != nil {
			return Answer{}, r.Err
		}
		return r.Val.(Answer), nil
	case <-ctx.Done():
		return Answer{}, errs.E(errs.Unavailable, "This takes too long at the moment. Please try again.").Because(ctx.Err()).After(time.Second)
	}
}

// fly joins the making of a key, or begins it. Who asks after a drop must not join a making that began before it: therefore
// the mark is part of the name.
func (s *Store) fly(ctx context.Context, key string, fill Fill) <-chan singleflight.Result {
	name := strconv.FormatUint(s.mark(s.group(key)).raised.Load(), 36) + " " + key
	return s.flights.DoChan(name, func() (any, error) {
		ctx, cancel := context.WithTimeout(context.WithoutCancel(ctx), fillTimeout)
		defer cancel()
		return s.fetch(ctx, key, fill)
	})
}

// fetch asks Redis, else makes the answer and leaves it in both places.
func (s *Store) fetch(ctx context.Context, key string, fill Fill) (Answer, error) {
	group := s.group(key)
	mark := s.mark(group)
	k := kept{mark: mark.raised.Load(), made: s.Now()}
	found, count, err := s.bus.read(ctx, s.Name, group, key)
	reached := err == nil
	if reached && found != nil && s.Now().Sub(found.made) < s.Fresh && found.made.UnixNano() > mark.last.Load() {
		s.bus.count(s.Name, "redis")
		k.Answer, k.made = found.Answer, found.made
		s.keep(key, k)
		return k.Answer, nil
	}
	k.Answer, err = guarded(ctx, fill)
	if err != nil {
		s.bus.count(s.Name, "error")
		return Answer{}, err
	}
	s.bus.count(s.Name, "made")
	s.keep(key, k)
	if reached && len(k.Body) <= maxAnswer {
		s.bus.write(ctx, s.Name, key, k, count, s.Fresh+s.Stale)
	}
	return k.Answer, nil
}

func (s *Store) keep(key string, k kept) {
	if s.local != nil && len(k.Body) <= maxAnswer {
		s.local.Set(key, k)
	}
}

// dropped is told of a Drop of a group, by whichever process.
func (s *Store) dropped(group string) {
	m := s.mark(group)
	m.last.Store(s.Now().UnixNano()) // before the mark: who reads the new one must know the time
	m.raised.Add(1)
}

func (s *Store) droppedAll() {
	for i := range s.marks {
		s.marks[i].raised.Add(1)
	}
}
