package limit_test

import (
	"context"
	"errors"
	"fmt"
	"log/slog"
	"net/url"
	"strings"
	"testing"
	"time"

	"github.com/google/uuid"

	"github.com/rentora/rentora/server/cache"
	"github.com/rentora/rentora/server/config"
	"github.com/rentora/rentora/server/limit"
	"github.com/rentora/rentora/server/testkit"
)

// shared makes a limiter of one process on a real Redis.
func shared(t *testing.T, c config.Redis, now func() time.Time) *limit.Limiter {
	t.Helper()
	return sharedOf(t, c, now, 1000)
}

func sharedOf(t *testing.T, c config.Redis, now func() time.Time, keys int) *limit.Limiter {
	t.Helper()
	client, err := cache.Open(c)
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { _ = client.Close() })
	return limit.New(limit.Options{Redis: client, Prefix: c.Prefix, Interval: 20 * time.Millisecond, Keys: keys, Now: now, Log: slog.New(slog.DiscardHandler)})
}

func share(t *testing.T, all ...*limit.Limiter) {
	t.Helper()
	for _, l := range all {
		if err := l.Sync(t.Context()); err != nil {
			t.Fatal(err)
		}
	}
}

func TestProcessesConvergeWithinASync(t *testing.T) {
	t.Parallel()
	c, redis := newClock(), testkit.Redis(t)
	a, b := shared(t, redis, c.now), shared(t, redis, c.now)
	k := limit.OfAccount(0, uuid.New())
	allowed(a, k, 100, 60)
	allowed(b, k, 100, 10)
	share(t, a, b)
	if v := b.Take(k, 100); v.Remaining != 29 {
		t.Errorf("b leaves %d of 100 after 60 and 11, want 29", v.Remaining)
	}
	// Each sends as much as it may between two round trips: one round trip's worth is what goes beyond the limit.
	n := allowed(a, k, 100, 100) + allowed(b, k, 100, 100)
	share(t, a, b)
	if n += 71; n > 140 {
		t.Errorf("%d of 100 allowed to two processes", n)
	}
	if n := allowed(a, k, 100, 100) + allowed(b, k, 100, 100); n > 0 {
		t.Errorf("%d more allowed after the counts were shared", n)
	}
	// A third that comes later learns what counted in the minute before.
	c.advance(time.Minute)
	late := shared(t, redis, c.now)
	late.Take(k, 100)
	share(t, late)
	if late.Take(k, 100).Allowed {
		t.Error("a new process knows nothing of the last minute")
	}
}

// Telling the same again, or a Redis that lost everything, changes no count.
// More clients are busy than one round trip can tell of, and stay so: all of them are told of within a few.
func TestEveryClientHasItsTurn(t *testing.T) {
	t.Parallel()
	c, redis := newClock(), testkit.Redis(t)
	a, b := sharedOf(t, redis, c.now, 100_000), sharedOf(t, redis, c.now, 100_000)
	keys := make([]limit.Key, 6000)
	for i := range keys {
		keys[i] = limit.OfAccount(0, uuid.New())
	}
	for range 6 {
		for _, k := range keys {
			a.Take(k, 1000)
			b.Take(k, 1000)
		}
		share(t, a, b)
	}
	share(t, b)
	alone := 0
	for _, k := range keys {
		if b.Take(k, 1000).Remaining >= 1000-7 { // its own six and this one
			alone++
		}
	}
	if alone > 0 {
		t.Errorf("b has heard of no other process for %d of %d clients", alone, len(keys))
	}
}

func TestSyncIsRepeatable(t *testing.T) {
	t.Parallel()
	c, settings := newClock(), testkit.Redis(t)
	a, b := shared(t, settings, c.now), shared(t, settings, c.now)
	k := limit.OfAccount(0, uuid.New())
	for range 5 {
		a.Take(k, 100)
		share(t, a, a)
	}
	b.Take(k, 100)
	share(t, b)
	client, err := cache.Open(settings)
	if err != nil {
		t.Fatal(err)
	}
	defer client.Close()
	for _, name := range client.Keys(t.Context(), settings.Prefix+"*").Val() {
		client.Del(t.Context(), name)
	}
	a.Take(k, 100)
	share(t, a)
	if v := b.Take(k, 100); v.Remaining != 93 {
		t.Errorf("b leaves %d of 100 after 5 and 2, want 93", v.Remaining)
	}
	share(t, b)
	if v := b.Take(k, 100); v.Remaining != 91 {
		t.Errorf("b leaves %d of 100 after 6 and 3, want 91", v.Remaining)
	}
}

// A Redis that has stopped answering holds up the background alone, and counting goes on.
func TestAHangingRedisCostsNoRequestAnything(t *testing.T) {
	t.Parallel()
	settings := testkit.Redis(t)
	u, err := url.Parse(settings.URL)
	if err != nil {
		t.Fatal(err)
	}
	proxy := testkit.NewProxy(t, u.Host)
	settings.URL = strings.Replace(settings.URL, u.Host, proxy.Addr, 1)
	c := newClock()
	a, b := shared(t, settings, c.now), shared(t, settings, c.now)
	k := limit.OfAccount(0, uuid.New())
	proxy.Set(testkit.Way{Hangs: true})
	a.Take(k, 100)
	began := make(chan struct{})
	ended := make(chan error, 1)
	go func() { close(began); ended <- a.Sync(context.WithoutCancel(t.Context())) }()
	<-began
	// All of these return while the round trip hangs: nothing they need is held by it.
	if n := allowed(a, k, 100, 1000); n != 99 {
		t.Errorf("%d allowed beside a hanging Redis, want 99", n)
	}
	select {
	case err := <-ended:
		t.Errorf("the round trip did not hang: %v", err)
	default:
	}
	if err := <-ended; err == nil {
		t.Error("no error from a Redis that hangs")
	}
	proxy.Set(testkit.Way{})
	proxy.Cut()
	b.Take(k, 1000)
	testkit.Eventually(t, 10*time.Second, func() error { return errors.Join(a.Sync(t.Context()), b.Sync(t.Context())) })
	if v := b.Take(k, 1000); v.Remaining != 898 {
		t.Errorf("b leaves %d of 1000 after 100 and 2, want 898", v.Remaining)
	}
}

func TestRunSharesUntilItsContextEnds(t *testing.T) {
	t.Parallel()
	redis := testkit.Redis(t)
	a, b := shared(t, redis, time.Now), shared(t, redis, time.Now)
	ctx, cancel := context.WithCancel(t.Context())
	ended := make(chan error, 2)
	go func() { ended <- a.Run(ctx) }()
	go func() { ended <- b.Run(ctx) }()
	k := limit.OfAccount(0, uuid.New())
	allowed(a, k, 100_000, 5000)
	testkit.Eventually(t, 10*time.Second, func() error {
		if left := b.Take(k, 100_000).Remaining; left > 95_000 {
			return fmt.Errorf("b leaves %d of 100,000, though a counted 5,000", left)
		}
		return nil
	})
	cancel()
	for range 2 {
		if err := <-ended; err != nil {
			t.Error(err)
		}
	}
}
