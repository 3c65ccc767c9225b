package testkit

import (
	"context"
	"testing"
	"time"

	"github.com/rentora/rentora/hack/stack/stack"
	"github.com/rentora/rentora/server/cache"
	"github.com/rentora/rentora/server/config"
)

// Redis gives the test a prefix of its own; the keys under it go when the test ends.
func Redis(t testing.TB) config.Redis {
	t.Helper()
	url := address(t, "RENTORA_STACK_REDIS_URL", func(a stack.Addresses) string { return a.RedisURL })
	c := config.Redis{URL: url, Prefix: own() + ":"}
	t.Cleanup(func() { dropRedis(t, c) })
	return c
}

func dropRedis(t testing.TB, c config.Redis) {
	ctx, cancel := context.WithTimeout(context.Background(), 30*time.Second)
	defer cancel()
	client, err := cache.Open(c)
	if err != nil {
		t.Error(err)
		return
	}
	defer func() { _ = client.Close() }()
	keys := client.Scan(ctx, 0, c.Prefix+"*", 1000).Iterator()
	for keys.Next(ctx) {
		if err := client.Unlink(ctx, keys.Val()).Err(); err != nil {
			t.Errorf("delete %s: %v", keys.Val(), err)
		}
	}
	if err := keys.Err(); err != nil {
		t.Errorf("find the test's keys: %v", err)
	}
}
