package identity

import (
	"context"
	"errors"
	"sync"
	"time"

	"github.com/redis/go-redis/v9"
)

const (
	redisPatience = 300 * time.Millisecond // of one call; everything here has a way to go on without
	redisPause    = 2 * time.Second        // how long an unreachable Redis is left alone
)

var errRedisAway = errors.New("redis was unreachable a moment ago")

// circuit keeps an unreachable Redis from adding its time-out to every request: after a failure nobody asks for a while,
// then one caller tries and the rest go on without until that one came back. It is safe for concurrent use.
type circuit struct {
	now      func() time.Time
	patience time.Duration

	mu      sync.Mutex
	retryAt time.Time // zero: closed, everybody may call
}

// do runs call with a deadline of its own, unless Redis was unreachable a moment ago.
func (c *circuit) do(ctx context.Context, call func(context.Context) error) error {
	if !c.admit() {
		return errRedisAway
	}
	inner, cancel := context.WithTimeout(ctx, c.patience)
	defer cancel()
	err := call(inner)
	switch {
	case err == nil || errors.Is(err, redis.Nil):
		c.close()
	case ctx.Err() == nil: // else it is the caller who gave up
		c.open()
	}
	return err
}

func (c *circuit) admit() bool {
	c.mu.Lock()
	defer c.mu.Unlock()
	if c.retryAt.IsZero() {
		return true
	}
	if now := c.now(); !now.Before(c.retryAt) {
		c.retryAt = now.Add(redisPause) // this caller tries; the others wait for what it finds
		return true
	}
	return false
}

func (c *circuit) open() {
	c.mu.Lock()
	defer c.mu.Unlock()
	c.retryAt = c.now().Add(redisPause)
}

func (c *circuit) close() {
	c.mu.Lock()
	defer c.mu.Unlock()
	c.retryAt = time.Time{}
}
