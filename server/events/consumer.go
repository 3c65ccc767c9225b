package events

import (
	"cmp"
	"context"
	"errors"
	"fmt"
	"io"
	"log/slog"
	"slices"
	"time"

	"github.com/jackc/pgx/v5/pgxpool"
	"github.com/segmentio/kafka-go"

	"github.com/rentora/rentora/server/config"
	"github.com/rentora/rentora/server/errs"
	"github.com/rentora/rentora/server/trace"
)

// ConsumerOptions are what a Consumer needs. Zero durations and numbers mean the value that is said with them.
type ConsumerOptions struct {
	Group          string
	Subscriptions  []Subscription // all of them of Group, one for each type
	Kafka          config.Kafka
	Pool           *pgxpool.Pool
	HandlerTimeout time.Duration // deadline of one call of a handler: 30 s
	Slots          int           // handlers that run at once: 8
	Grace          time.Duration // how long running handlers may go on after the context has ended: 20 s
	Retry          Retry
	Log            *slog.Logger
	Metrics        *Metrics
	Tracing        *trace.Tracing
}

// Retry says how an event is tried again whose handler failed.
type Retry struct {
	First, Most time.Duration // the pauses: 100 ms, growing to 30 s
	Attempts    int           // after so many the event goes to the dead letters: 8; errs.Unavailable is tried for ever
}

// Consumer is one group: it reads the topics that its subscriptions need, hands the events of each partition to their
// handlers in order and of different partitions side by side, and commits what is handled.
type Consumer struct {
	ConsumerOptions
	handlers map[string]Subscription // by type
	slots    chan struct{}
}

// NewConsumer makes a consumer; it connects when it runs.
func NewConsumer(o ConsumerOptions) (*Consumer, error) {
	o.HandlerTimeout = cmp.Or(o.HandlerTimeout, 30*time.Second)
	o.Slots = cmp.Or(o.Slots, 8)
	o.Grace = cmp.Or(o.Grace, 20*time.Second)
	o.Retry.First = cmp.Or(o.Retry.First, 100*time.Millisecond)
	o.Retry.Most = cmp.Or(o.Retry.Most, 30*time.Second)
	o.Retry.Attempts = cmp.Or(o.Retry.Attempts, 8)
	o.Log = o.Log.With("group", o.Group)
	c := &Consumer{ConsumerOptions: o, handlers: map[string]Subscription{}, slots: make(chan struct{}, o.Slots)}
	for _, s := range o.Subscriptions {
		if err := c.subscribe(s); err != nil {
			return nil, err
		}
	}
	if len(c.handlers) == 0 {
		return nil, errs.Ef(errs.Invalid, "group %s listens to nothing", o.Group)
	}
	return c, nil
}

func (c *Consumer) subscribe(s Subscription) error {
	_, twice := c.handlers[s.Type]
	switch {
	case s.Group != c.Group:
		return errs.Ef(errs.Invalid, "the subscription to %s is of group %s, not %s", s.Type, s.Group, c.Group)
	case twice: // the inbox knows a group and an event: the second handler would be left out after a crash of the first
		return errs.Ef(errs.Invalid, "group %s listens to %s twice", s.Group, s.Type)
	case !slices.Contains(Topics, TopicOf(s.Type)):
		return errs.Ef(errs.Invalid, "%s is of no known topic", s.Type)
	}
	c.handlers[s.Type] = s
	return nil
}

func (c *Consumer) topics() (topics []string) {
	for _, topic := range Topics {
		if slices.ContainsFunc(c.Subscriptions, func(s Subscription) bool { return TopicOf(s.Type) == topic }) {
			topics = append(topics, topic)
		}
	}
	return topics
}

// Run handles events until ctx ends; it then lets the running handlers finish, within the grace, and commits. What was
// read and not begun stays for the next reader. It may be called again after it returned.
func (c *Consumer) Run(ctx context.Context) error {
	reader := newReader(c.Kafka, c.Group, c.topics(), c.Log)
	work, cancel := context.WithCancel(context.WithoutCancel(ctx))
	defer cancel()
	stop := context.AfterFunc(ctx, func() {
		wait(work, c.Grace)
		cancel()
	})
	defer stop()
	lanes := &lanes{Consumer: c, reader: reader, stopping: ctx.Done(), open: map[place]chan kafka.Message{}}
	err := c.fetch(ctx, reader, func(m kafka.Message) bool { return lanes.put(work, m) })
	// A commit waits for a broker that is away until the reader is closed: it must not wait longer than the grace.
	context.AfterFunc(work, func() { _ = reader.Close() })
	lanes.finish()
	_ = reader.Close() // it always gives nil; a second call waits for the first
	return err
}

// fetch hands every message on until ctx ends. What FetchMessage reports passes by itself.
func (c *Consumer) fetch(ctx context.Context, reader *kafka.Reader, put func(kafka.Message) bool) error {
	complain, failures := quiet(c.Log, "reading"), 0
	for {
		m, err := reader.FetchMessage(ctx)
		switch {
		case ctx.Err() != nil:
			return nil
		case errors.Is(err, io.EOF):
			return fmt.Errorf("events: the reader of group %s was closed", c.Group)
		case err != nil:
			failures++
			complain("%v", err)
			wait(ctx, doubling{100 * time.Millisecond, 5 * time.Second}.after(failures))
			continue
		}
		failures = 0
		if !put(m) {
			return nil
		}
	}
}
