package stand

import (
	"context"
	"fmt"

	"github.com/redis/go-redis/v9"
)

// FlushRedis sets when Redis flushes its file to disk ("always", "everysec", "no"), and gives what sets it back.
func (s *Stand) FlushRedis(ctx context.Context, when string) (restore func() error, err error) {
	before, err := s.flush(ctx, when)
	if err != nil {
		return nil, err
	}
	return func() error {
		_, err := s.flush(context.WithoutCancel(ctx), before)
		return err
	}, nil
}

func (s *Stand) flush(ctx context.Context, when string) (before string, err error) {
	options, err := redis.ParseURL(s.Session.RedisURL)
	if err != nil {
		return "", err
	}
	client := redis.NewClient(options)
	defer func() { _ = client.Close() }()
	const setting = "appendfsync"
	now, err := client.ConfigGet(ctx, setting).Result()
	if err == nil {
		err = client.ConfigSet(ctx, setting, when).Err()
	}
	if err != nil {
		return "", fmt.Errorf("let Redis flush %s: %w", when, err)
	}
	return now[setting], nil
}
