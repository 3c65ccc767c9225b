package row

import (
	"bytes"
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"os/exec"
	"path/filepath"

	"github.com/rentora/rentora/hack/bench/contest"
)

// crew is how many processes of BullMQ work, and how many jobs each has in hand.
type crew struct{ processes, concurrency int }

func (c crew) String() string {
	if c.processes == 1 {
		return fmt.Sprintf("BullMQ, concurrency %d", c.concurrency)
	}
	return fmt.Sprintf("BullMQ, %d × concurrency %d", c.processes, c.concurrency)
}

// bestCrew finds the crew with which BullMQ is quickest.
func (b *Bench) bestCrew(ctx context.Context, dir string, n int) (best crew, err error) {
	var most float64
	for _, processes := range []int{1, 2} {
		for _, concurrency := range []int{20, 100, 500} {
			c := crew{processes, concurrency}
			sample, err := b.bullmq(ctx, dir, n, c)
			if err != nil {
				return best, err
			}
			b.say(fmt.Sprintf("%s: %.0f/s", c, sample.PerSecond))
			if sample.PerSecond > most {
				best, most = c, sample.PerSecond
			}
		}
	}
	return best, nil
}

// bullmq lets BullMQ have Redis as its users run it: a file that is flushed every second. Ours, which is a cache, is flushed
// with each write, because the stand's servers are durable; a queue that paid for that would be slower than it needs to be.
func (b *Bench) bullmq(ctx context.Context, dir string, n int, c crew) (sample contest.Sample, err error) {
	restore, err := b.FlushRedis(ctx, "everysec")
	if err != nil {
		return sample, err
	}
	defer func() { err = errors.Join(err, restore()) }()
	task, err := json.Marshal(map[string]any{"redis": b.Session.RedisURL, "jobs": n, "concurrency": c.concurrency, "processes": c.processes})
	if err != nil {
		return sample, err
	}
	return b.drain(ctx, exec.CommandContext(ctx, "node", filepath.Join(dir, "main.js")), bytes.NewBuffer(task), n, "node", "redis")
}
