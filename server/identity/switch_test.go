package identity_test

import (
	"context"
	"errors"
	"sync/atomic"

	"github.com/redis/go-redis/v9"
)

// cutOff lets a Redis client lose its server and find it again.
type cutOff struct {
	away    atomic.Bool
	refused atomic.Int64
}

var errCutOff = errors.New("cut off")

func newSwitch(client *redis.Client) *cutOff {
	c := &cutOff{}
	client.AddHook(c)
	return c
}

func (c *cutOff) DialHook(next redis.DialHook) redis.DialHook { return next }

func (c *cutOff) ProcessHook(next redis.ProcessHook) redis.ProcessHook {
	return func(ctx context.Context, cmd redis.Cmder) error {
		if c.away.Load() {
			c.refused.Add(1)
			cmd.SetErr(errCutOff)
			return errCutOff
		}
		return next(ctx, cmd)
	}
}

func (c *cutOff) ProcessPipelineHook(next redis.ProcessPipelineHook) redis.ProcessPipelineHook {
	return func(ctx context.Context, cmds []redis.Cmder) error {
		if c.away.Load() {
			c.refused.Add(1)
			return errCutOff
		}
		return next(ctx, cmds)
	}
}
