package events_test

import (
	"context"
	"errors"
	"fmt"
	"slices"
	"sync"
	"testing"

	"github.com/rentora/rentora/server/errs"
	"github.com/rentora/rentora/server/events"
)

// gathering is a handler of many that records its calls and may refuse one key.
type gathering struct {
	mu     sync.Mutex
	calls  [][]string
	refuse map[string]error
}

func (g *gathering) handle(_ context.Context, keys []string) error {
	g.mu.Lock()
	defer g.mu.Unlock()
	g.calls = append(g.calls, slices.Clone(keys))
	for _, key := range keys {
		if err := g.refuse[key]; err != nil {
			return err
		}
	}
	return nil
}

// times counts the calls that concerned a key.
func (g *gathering) times(key string) (n int) {
	g.mu.Lock()
	defer g.mu.Unlock()
	for _, keys := range g.calls {
		if slices.Contains(keys, key) {
			n++
		}
	}
	return n
}

func (g *gathering) all() [][]string {
	g.mu.Lock()
	defer g.mu.Unlock()
	return slices.Clone(g.calls)
}

// publish appends events and puts them on the topic before anybody reads it.
func (w *world) publish(evs ...events.Event) {
	w.t.Helper()
	w.append(evs...)
	stop := w.start(w.newRelay())
	eventually(w.t, "everything is published", func() bool { return w.unpublished() == 0 })
	stop()
}

func TestWhatWaitsIsHandledTogether(t *testing.T) {
	t.Parallel()
	w := newWorld(t)
	var evs []events.Event
	for i := range 60 {
		evs = append(evs, counted{Name: fmt.Sprint("home-", i%20), N: i})
	}
	w.publish(evs...)
	g := &gathering{}
	w.start(w.newConsumer(events.ConsumerOptions{}, events.OnMany[counted]("test", events.NewMany(g.handle))))
	eventually(t, "all 60 are handled", func() bool { return w.count("select count(*) from inbox") == 60 })
	calls := g.all()
	if len(calls) > 20 {
		t.Errorf("%d calls for 60 events that waited", len(calls))
	}
	for _, keys := range calls {
		if distinct := slices.Compact(slices.Sorted(slices.Values(keys))); len(distinct) != len(keys) {
			t.Errorf("a call names a key twice: %v", keys)
		}
	}
	for i := range 20 {
		if g.times(fmt.Sprint("home-", i)) == 0 {
			t.Errorf("nobody heard of home-%d", i)
		}
	}
}

func TestOneBadEventAmongManyIsFound(t *testing.T) {
	t.Parallel()
	w := newWorld(t)
	var evs []events.Event
	for i := range 30 {
		evs = append(evs, counted{Name: fmt.Sprint("home-", i)})
	}
	w.publish(append(evs, counted{Name: "poison"}, counted{Name: "broken"})...)
	g := &gathering{refuse: map[string]error{"poison": errs.E(errs.Invalid, "No such thing."), "broken": errors.New("unclassified")}}
	w.start(w.newConsumer(events.ConsumerOptions{}, events.OnMany[counted]("test", events.NewMany(g.handle))))
	eventually(t, "30 are handled and 2 are dead letters", func() bool {
		return w.count("select count(*) from inbox") == 32 && w.count("select count(*) from dead_letters") == 2
	})
	for i := range 30 {
		if g.times(fmt.Sprint("home-", i)) == 0 {
			t.Errorf("nobody heard of home-%d", i)
		}
	}
	if n := len(g.all()); n > 60 {
		t.Errorf("%d calls to find 2 among 32", n)
	}
	if n := w.count("select attempts from dead_letters where error not like '%No such thing%'"); n != 6 { // three in the lane, one in each retry topic
		t.Errorf("the broken one was tried %d times by itself, want 6", n)
	}
}

func TestTogetherWaitsForAPartThatIsAway(t *testing.T) {
	t.Parallel()
	w := newWorld(t)
	var evs []events.Event
	for i := range 20 {
		evs = append(evs, counted{Name: fmt.Sprint("home-", i)})
	}
	w.publish(evs...)
	var mu sync.Mutex
	calls := 0
	many := events.NewMany(func(context.Context, []string) error {
		mu.Lock()
		defer mu.Unlock()
		if calls++; calls < 12 {
			return errs.E(errs.Unavailable, "The index is away.")
		}
		return nil
	})
	w.start(w.newConsumer(events.ConsumerOptions{}, events.OnMany[counted]("test", many)))
	eventually(t, "all 20 are handled", func() bool { return w.count("select count(*) from inbox") == 20 })
	if n := w.count("select count(*) from dead_letters"); n != 0 {
		t.Errorf("%d events were given up", n)
	}
	mu.Lock()
	defer mu.Unlock()
	if calls > 12+2*6 { // and the rest of each partition in one or two calls
		t.Errorf("%d calls, after 11 that failed", calls)
	}
}
