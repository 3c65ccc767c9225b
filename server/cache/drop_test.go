package cache_test

import (
	"context"
	"fmt"
	"log/slog"
	"sync"
	"testing"
	"time"

	"github.com/redis/go-redis/v9"

	"github.com/rentora/rentora/server/cache"
	"github.com/rentora/rentora/server/config"
	"github.com/rentora/rentora/server/testkit"
)

// uncounting is a connection as Redis gives it when it is full or cannot save: it reads and publishes and writes nothing.
// A user without the rights to write is refused the same commands by the real server.
func uncounting(t *testing.T, c config.Redis) *redis.Client {
	t.Helper()
	admin := open(t, c)
	name := "reader-" + c.Prefix
	if err := admin.Do(t.Context(), "ACL", "SETUSER", name, "reset", "on", ">secret", "~*", "&*", "+@all", "-@write").Err(); err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { _ = admin.Do(context.Background(), "ACL", "DELUSER", name).Err() })
	options := *admin.Options()
	options.Username, options.Password = name, "secret"
	client := redis.NewClient(&options)
	t.Cleanup(func() { _ = client.Close() })
	return client
}

// The counter in Redis is as it was, and so is the old answer: both processes must still refuse it.
func TestADropThatRedisDoesNotCount(t *testing.T) {
	t.Parallel()
	c := testkit.Redis(t)
	a, b := newProcess(t, open(t, c), c.Prefix, nil), newProcess(t, uncounting(t, c), c.Prefix, nil)
	a.awaitHearing(t, true)
	b.awaitHearing(t, true)
	r := &record{value: "1"}
	a.want(t, "k", r.fill, "1")
	b.want(t, "k", r.fill, "1")
	r.set("2")
	a.pass(time.Second)
	b.pass(time.Second)
	if err := b.Drop(t.Context(), "detail", "k"); err == nil {
		t.Error("a drop that was not counted was called one")
	}
	b.want(t, "k", r.fill, "2")
	testkit.Eventually(t, 10*time.Second, func() error {
		got, err := a.Get(t.Context(), "k", r.fill)
		if err == nil && string(got.Body) != "2" {
			err = fmt.Errorf("the other process has %q", got.Body)
		}
		return err
	})
}

// Keys of one group are dropped together: who asks after the drop waits for no making of before it.
func TestADropEndsTheMakingsOfItsGroup(t *testing.T) {
	t.Parallel()
	c := testkit.Redis(t)
	p := newProcess(t, open(t, c), c.Prefix, func(o *cache.Options) { o.Group = func(string) string { return "all" } })
	p.awaitHearing(t, true)
	r := &record{value: "1"}
	read, finish := make(chan struct{}), make(chan struct{})
	var first sync.WaitGroup
	first.Go(func() {
		p.want(t, "k", func(ctx context.Context) (cache.Answer, error) {
			answer, err := r.fill(ctx)
			close(read)
			<-finish
			return answer, err
		}, "1")
	})
	defer first.Wait()
	defer close(finish)
	<-read
	r.set("2")
	if err := p.Drop(t.Context(), "detail", "all"); err != nil {
		t.Fatal(err)
	}
	p.wantWithin(t, "k", r.fill, "2")
}

func (p *process) wantWithin(t *testing.T, key string, fill cache.Fill, body string) {
	t.Helper()
	ctx, cancel := context.WithTimeout(t.Context(), 5*time.Second)
	defer cancel()
	if got, err := p.Get(ctx, key, fill); err != nil || string(got.Body) != body {
		t.Errorf("got %q, %v; want %q", got.Body, err, body)
	}
}

// One part of a program may drop while another adds its stores; the race detector watches.
func TestStoresAreAddedWhileOthersDrop(t *testing.T) {
	t.Parallel()
	c := testkit.Redis(t)
	bus := cache.NewBus(open(t, c), c.Prefix, slog.New(slog.DiscardHandler), nil)
	var both sync.WaitGroup
	both.Go(func() {
		for range 20 {
			if err := bus.Drop(t.Context(), "detail", "k"); err != nil {
				t.Error(err)
			}
		}
	})
	for i := range 20 {
		if _, err := bus.Store(cache.Options{Name: fmt.Sprint("store-", i), Fresh: time.Second}); err != nil {
			t.Error(err)
		}
	}
	both.Wait()
}
