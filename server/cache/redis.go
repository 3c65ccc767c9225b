// Package cache is the connection to Redis; what is in it can be lost without loss.
package cache

import (
	"time"

	"github.com/redis/go-redis/v9"

	"github.com/rentora/rentora/server/config"
	"github.com/rentora/rentora/server/errs"
)

// Open makes the client; it connects at first use. Waits are short, because every caller has a way to go on without Redis.
func Open(c config.Redis) (*redis.Client, error) {
	options, err := redis.ParseURL(c.URL)
	if err != nil {
		return nil, errs.E(errs.Invalid, "RENTORA_REDIS_URL is not a Redis URL.") // the cause would quote the password
	}
	options.DialTimeout = 500 * time.Millisecond
	options.ReadTimeout = 500 * time.Millisecond
	options.WriteTimeout = 500 * time.Millisecond
	options.MaxRetries = 1
	options.ConnMaxLifetime = 5 * time.Minute // a fail-over moves the address; old connections must not stay for ever
	options.ContextTimeoutEnabled = true
	return redis.NewClient(options), nil
}
