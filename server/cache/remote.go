package cache

import (
	"bytes"
	"context"
	"errors"
	"fmt"
	"strconv"
	"time"
)

var errResting = errors.New("cache: Redis failed a moment ago")

// read gives what Redis has of a key, nil when nothing of use, and the group's count at that moment. An error says that
// Redis was not reached.
func (b *Bus) read(ctx context.Context, name, group, key string) (*kept, string, error) {
	if time.Now().UnixNano() < b.badUntil.Load() {
		return nil, "", errResting
	}
	ctx, cancel := context.WithTimeout(ctx, redisPatience)
	defer cancel()
	values, err := b.redis.MGet(ctx, b.counter(name, group), b.prefix+name+":"+key).Result()
	if err != nil {
		b.rest()
		return nil, "", err
	}
	count, _ := values[0].(string)
	stored, _ := values[1].(string)
	return decode(stored, count), count, nil
}

// write leaves an answer for the others, with the count that was read before it was made. A failure only costs them time.
func (b *Bus) write(ctx context.Context, name, key string, k kept, count string, life time.Duration) {
	ctx, cancel := context.WithTimeout(ctx, redisPatience)
	defer cancel()
	if err := b.redis.Set(ctx, b.prefix+name+":"+key, encode(k, count), life).Err(); err != nil {
		b.rest()
	}
}

func (b *Bus) rest() { b.badUntil.Store(time.Now().Add(redisRest).UnixNano()) }

// encode writes count, time of making, tag and note in a line each, then the body.
func encode(k kept, count string) []byte {
	head := fmt.Sprintf("%s\n%d\n%s\n%s\n", count, k.made.UnixNano(), k.Tag, k.Note)
	return append([]byte(head), k.Body...)
}

// decode gives nil for what is of an older count, or is no answer.
func decode(stored, count string) *kept {
	parts := bytes.SplitN([]byte(stored), []byte("\n"), 5)
	if len(parts) != 5 || string(parts[0]) != count {
		return nil
	}
	nanos, err := strconv.ParseInt(string(parts[1]), 10, 64)
	if err != nil {
		return nil
	}
	return &kept{made: time.Unix(0, nanos), Answer: Answer{Tag: string(parts[2]), Note: string(parts[3]), Body: parts[4]}}
}
