package events

import (
	"context"
	"errors"
	"fmt"
	"sync"
	"time"

	"github.com/segmentio/kafka-go"
)

// handover is how long the group's next division of the partitions waits for handlers that run; they go on without it.
const handover = 2 * time.Second

type place struct {
	topic     string
	partition int
}

// turns make one lane wait for another of the same place: after a new division, the old one may still run a handler.
type turns struct {
	mu   sync.Mutex
	held map[place]chan struct{}
}

func (t *turns) of(at place) chan struct{} {
	t.mu.Lock()
	defer t.mu.Unlock()
	if t.held == nil {
		t.held = map[place]chan struct{}{}
	}
	if t.held[at] == nil {
		t.held[at] = make(chan struct{}, 1)
	}
	return t.held[at]
}

// running is one call of Run.
type running struct {
	*Consumer
	writer *kafka.Writer // to the retry topics
	work   context.Context
	lanes  sync.WaitGroup
}

// Run handles events until ctx ends; it then lets the running handlers finish, within the grace, and commits. What was
// read and not begun stays for the next reader. It may be called again after it returned.
func (c *Consumer) Run(ctx context.Context) error {
	group, err := kafka.NewConsumerGroup(groupConfig(c.Kafka, c.Group, topicsOf(c.Group, c.Subscriptions), c.Log))
	if err != nil {
		return fmt.Errorf("events: group %s: %w", c.Group, err)
	}
	work, cancel := context.WithCancel(context.WithoutCancel(ctx))
	defer cancel()
	stop := context.AfterFunc(ctx, func() {
		wait(work, c.Grace)
		cancel()
	})
	defer stop()
	r := &running{Consumer: c, writer: newWriter(c.Kafka, c.Log), work: work}
	err = r.follow(ctx, group)
	r.lanes.Wait()
	_ = group.Close() // it always gives nil
	closeWriter(r.writer)
	return err
}

// follow works on each generation's partitions until ctx ends. What Next reports passes by itself.
func (r *running) follow(ctx context.Context, group *kafka.ConsumerGroup) error {
	complain, failures := quiet(r.Log, "joining the group"), 0
	for {
		generation, err := group.Next(ctx)
		switch {
		case ctx.Err() != nil:
			return nil
		case errors.Is(err, kafka.ErrGroupClosed):
			return fmt.Errorf("events: group %s was closed", r.Group)
		case err != nil:
			failures++
			complain("%v", err)
			wait(ctx, doubling{100 * time.Millisecond, 5 * time.Second}.after(failures))
			continue
		}
		failures = 0
		r.begin(ctx, generation)
	}
}

// begin starts a lane for every partition of a generation. The generation goes on (its heartbeats too) until they have
// stopped, or, when the partitions are divided anew, until the handover is over.
func (r *running) begin(ctx context.Context, generation *kafka.Generation) {
	r.lanes.Add(1)
	generation.Start(func(over context.Context) {
		defer r.lanes.Done()
		stopping, cancel := context.WithCancel(ctx)
		defer cancel()
		context.AfterFunc(over, cancel)
		gone := make(chan struct{})
		defer close(gone)
		var all sync.WaitGroup
		for topic, partitions := range generation.Assignments {
			for _, p := range partitions {
				l := &lane{running: r, place: place{topic, p.ID}, tier: r.tiers[topic], from: p.Offset, stopping: stopping, gone: gone, generation: generation}
				r.lanes.Add(1)
				all.Go(func() {
					defer r.lanes.Done()
					l.run(r.work)
				})
			}
		}
		<-stopping.Done()
		await(&all, over.Done())
	})
}

// await waits for all; when the generation is over, no longer than the handover.
func await(all *sync.WaitGroup, over <-chan struct{}) {
	finished := make(chan struct{})
	go func() {
		all.Wait()
		close(finished)
	}()
	select {
	case <-finished:
		return
	case <-over:
	}
	timer := time.NewTimer(handover)
	defer timer.Stop()
	select {
	case <-finished:
	case <-timer.C:
	}
}
