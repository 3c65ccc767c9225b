package cache_test

import (
	"context"
	"errors"
	"fmt"
	"log/slog"
	"strings"
	"sync"
	"sync/atomic"
	"testing"
	"time"

	"github.com/redis/go-redis/v9"

	"github.com/rentora/rentora/server/cache"
	"github.com/rentora/rentora/server/config"
	"github.com/rentora/rentora/server/testkit"
)

// process is one API process: a bus that listens, with one store.
type process struct {
	*cache.Bus
	*cache.Store
	clock atomic.Int64
}

func (p *process) pass(d time.Duration) { p.clock.Add(int64(d)) }

func newProcess(t *testing.T, client *redis.Client, prefix string, change func(*cache.Options)) *process {
	t.Helper()
	p := &process{Bus: cache.NewBus(client, prefix, slog.New(slog.DiscardHandler), nil)}
	start := time.Now()
	o := cache.Options{Name: "detail", Bytes: 1 << 20, Fresh: 30 * time.Second, Stale: time.Minute,
		Now: func() time.Time { return start.Add(time.Duration(p.clock.Load())) }}
	if change != nil {
		change(&o)
	}
	store, err := p.Bus.Store(o)
	if err != nil {
		t.Fatal(err)
	}
	p.Store = store
	ctx, cancel := context.WithCancel(t.Context())
	var listens sync.WaitGroup
	listens.Go(func() { _ = p.Run(ctx) })
	t.Cleanup(func() { cancel(); listens.Wait() })
	return p
}

func open(t *testing.T, c config.Redis) *redis.Client {
	t.Helper()
	client, err := cache.Open(c)
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { _ = client.Close() })
	return client
}

func (p *process) awaitHearing(t *testing.T, want bool) {
	t.Helper()
	testkit.Eventually(t, 20*time.Second, func() error {
		if p.Hears() != want {
			return fmt.Errorf("hears: %t", !want)
		}
		return nil
	})
}

// record is what answers are made of; it counts how often it is read.
type record struct {
	mu    sync.Mutex
	value string
	reads int
}

func (r *record) set(v string) { r.mu.Lock(); defer r.mu.Unlock(); r.value = v }

func (r *record) fill(context.Context) (cache.Answer, error) {
	r.mu.Lock()
	defer r.mu.Unlock()
	r.reads++
	return cache.Answer{Body: []byte(r.value), Tag: "t-" + r.value, Note: "n"}, nil
}

func (p *process) want(t *testing.T, key string, fill cache.Fill, body string) {
	t.Helper()
	got, err := p.Get(t.Context(), key, fill)
	if err != nil || string(got.Body) != body || got.Note != "n" || got.Tag != "t-"+body {
		t.Errorf("got %q %+v, %v; want %q", got.Body, got, err, body)
	}
}

func TestOneMakesItForAll(t *testing.T) {
	t.Parallel()
	c := testkit.Redis(t)
	a, b := newProcess(t, open(t, c), c.Prefix, nil), newProcess(t, open(t, c), c.Prefix, nil)
	a.awaitHearing(t, true)
	b.awaitHearing(t, true)
	r := &record{value: "1"}
	gate := make(chan struct{})
	slow := func(ctx context.Context) (cache.Answer, error) { <-gate; return r.fill(ctx) }
	var all sync.WaitGroup
	for range 64 {
		all.Go(func() { a.want(t, "k", slow, "1") })
	}
	close(gate)
	all.Wait()
	b.want(t, "k", r.fill, "1") // from Redis
	b.want(t, "k", r.fill, "1") // from its own copy
	if r.reads != 1 {
		t.Errorf("made %d times", r.reads)
	}
}

func TestADropIsSeenByAll(t *testing.T) {
	t.Parallel()
	c := testkit.Redis(t)
	a, b := newProcess(t, open(t, c), c.Prefix, nil), newProcess(t, open(t, c), c.Prefix, nil)
	a.awaitHearing(t, true)
	b.awaitHearing(t, true)
	r := &record{value: "1"}
	a.want(t, "k", r.fill, "1")
	b.want(t, "k", r.fill, "1")
	r.set("2")
	if err := a.Drop(t.Context(), "detail", "k"); err != nil {
		t.Fatal(err)
	}
	a.want(t, "k", r.fill, "2") // at once
	testkit.Eventually(t, 10*time.Second, func() error {
		got, err := b.Get(t.Context(), "k", r.fill)
		if err == nil && string(got.Body) != "2" {
			err = fmt.Errorf("the other process has %q", got.Body)
		}
		return err
	})
}

// What was read before a change must not be kept after it, wherever it is kept.
func TestAMakingThatBeganBeforeTheDrop(t *testing.T) {
	t.Parallel()
	c := testkit.Redis(t)
	a, b := newProcess(t, open(t, c), c.Prefix, nil), newProcess(t, open(t, c), c.Prefix, nil)
	a.awaitHearing(t, true)
	b.awaitHearing(t, true)
	r := &record{value: "1"}
	read, finish := make(chan struct{}), make(chan struct{})
	old := func(ctx context.Context) (cache.Answer, error) {
		answer, err := r.fill(ctx)
		close(read)
		<-finish
		return answer, err
	}
	var first sync.WaitGroup
	first.Go(func() { a.want(t, "k", old, "1") }) // asked before the change: may have the old one
	<-read
	r.set("2")
	if err := b.Drop(t.Context(), "detail", "k"); err != nil { // the change happens at another process
		t.Fatal(err)
	}
	b.want(t, "k", r.fill, "2")
	close(finish)
	first.Wait()
	b.want(t, "k", r.fill, "2")
	testkit.Eventually(t, 10*time.Second, func() error {
		got, err := a.Get(t.Context(), "k", r.fill)
		if err == nil && string(got.Body) != "2" {
			err = fmt.Errorf("the old answer %q was kept", got.Body)
		}
		return err
	})
	third := newProcess(t, open(t, c), c.Prefix, nil)
	third.want(t, "k", r.fill, "2") // Redis has no old one either
}

func TestStaleWhileMadeAnew(t *testing.T) {
	t.Parallel()
	c := testkit.Redis(t)
	p := newProcess(t, open(t, c), c.Prefix, nil)
	p.awaitHearing(t, true)
	r := &record{value: "1"}
	p.want(t, "k", r.fill, "1")
	r.set("2")
	p.pass(31 * time.Second)
	p.want(t, "k", r.fill, "1") // stale, but at once
	testkit.Eventually(t, 10*time.Second, func() error {
		got, err := p.Get(t.Context(), "k", r.fill)
		if err == nil && string(got.Body) != "2" {
			err = errors.New("it is not made anew")
		}
		return err
	})
	r.set("3")
	p.pass(2 * time.Minute)
	p.want(t, "k", r.fill, "3") // too old to be given out
}

func TestToleranceIsShort(t *testing.T) {
	t.Parallel()
	c := testkit.Redis(t)
	p := newProcess(t, open(t, c), c.Prefix, func(o *cache.Options) {
		o.Tolerance, o.Group = time.Second, func(string) string { return "all" }
	})
	p.awaitHearing(t, true)
	r := &record{value: "1"}
	p.want(t, "k", r.fill, "1")
	r.set("2")
	hold := make(chan struct{})
	held := func(ctx context.Context) (cache.Answer, error) { <-hold; return r.fill(ctx) }
	if err := p.Drop(t.Context(), "detail", "all"); err != nil {
		t.Fatal(err)
	}
	p.want(t, "k", held, "1")
	p.pass(1100 * time.Millisecond)
	close(hold)
	p.want(t, "k", held, "2")
}

// Redis that hangs costs the first who asks a moment, and lets no old answer live longer than a second.
func TestWithoutRedis(t *testing.T) {
	t.Parallel()
	c := testkit.Redis(t)
	proxy := testkit.NewProxy(t, strings.TrimSuffix(strings.TrimPrefix(c.URL, "redis://"), "/0"))
	through := c
	through.URL = "redis://" + proxy.Addr + "/0"
	p := newProcess(t, open(t, through), c.Prefix, nil)
	p.awaitHearing(t, true)
	r := &record{value: "1"}
	p.want(t, "k", r.fill, "1")
	proxy.Set(testkit.Way{Hangs: true})
	p.awaitHearing(t, false)
	p.want(t, "k", r.fill, "1")
	r.set("2")
	p.pass(1100 * time.Millisecond)
	p.want(t, "k", r.fill, "2")
	p.want(t, "other", r.fill, "2")
	if err := p.Drop(t.Context(), "detail", "k"); err == nil {
		t.Error("a drop that nobody heard of was called one")
	}
	proxy.Set(testkit.Way{})
	p.awaitHearing(t, true)
	p.want(t, "k", r.fill, "2")
}

func TestFailuresAreNotKept(t *testing.T) {
	t.Parallel()
	c := testkit.Redis(t)
	p := newProcess(t, open(t, c), c.Prefix, nil)
	broken := errors.New("the database is away")
	for _, fill := range []cache.Fill{
		func(context.Context) (cache.Answer, error) { return cache.Answer{}, broken },
		func(context.Context) (cache.Answer, error) { panic("a mistake") },
	} {
		if _, err := p.Get(t.Context(), "k", fill); err == nil {
			t.Error("want the failure")
		}
	}
	r := &record{value: "1"}
	p.want(t, "k", r.fill, "1")
	over, cancel := context.WithCancel(t.Context())
	cancel()
	if _, err := p.Get(over, "slow", func(ctx context.Context) (cache.Answer, error) {
		<-t.Context().Done()
		return cache.Answer{}, ctx.Err()
	}); !errors.Is(err, context.Canceled) {
		t.Errorf("who leaves waits no longer: %v", err)
	}
}

func TestLargeAnswersAreNotKept(t *testing.T) {
	t.Parallel()
	c := testkit.Redis(t)
	p := newProcess(t, open(t, c), c.Prefix, nil)
	r := &record{value: strings.Repeat("x", 600<<10)}
	for range 2 {
		if _, err := p.Get(t.Context(), "k", r.fill); err != nil {
			t.Fatal(err)
		}
	}
	if r.reads != 2 {
		t.Errorf("made %d times, want 2", r.reads)
	}
}
