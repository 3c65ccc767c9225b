package events

import (
	"cmp"
	"log/slog"
	"slices"
	"time"

	"github.com/jackc/pgx/v5/pgxpool"

	"github.com/rentora/rentora/server/config"
	"github.com/rentora/rentora/server/errs"
	"github.com/rentora/rentora/server/trace"
)

// ConsumerOptions are what a Consumer needs. Zero durations and numbers mean the value that is said with them.
type ConsumerOptions struct {
	Group          string
	Subscriptions  []Subscription // all of them of Group, one for each type
	Known          []string       // every type that exists: another one is a dead letter; empty: it is skipped
	Kafka          config.Kafka
	Pool           *pgxpool.Pool
	HandlerTimeout time.Duration // deadline of one call of a handler: 30 s
	Slots          int           // handlers that run at once: 8
	Grace          time.Duration // how long running handlers may go on after the context has ended: 20 s
	Retry          Retry
	Log            *slog.Logger
	Metrics        *Metrics
	Tracing        *trace.Tracing
	Failed         Failed // told of every failed call of a handler; may be nil
}

// Failed is told where something failed ("notify bookings.requested"), for which request and in which trace.
type Failed func(where, requestID, traceID string, err error)

// Retry says how an event is tried again whose handler failed.
type Retry struct {
	First, Most time.Duration        // the pauses in the lane: 100 ms, growing to 30 s
	Attempts    int                  // after so many the event moves to the first retry topic: 3; errs.Unavailable is tried for ever
	Delays      [Tiers]time.Duration // how long it waits in each retry topic: 10 s, 1 m, 10 m
}

// Consumer is one group: it reads the topics that its subscriptions need, and its own retry topics, hands the events of
// each partition to their handlers in order and of different partitions side by side, and commits what is dealt with.
type Consumer struct {
	ConsumerOptions
	handlers  map[string]Subscription // by type
	tiers     map[string]int          // by the full name of a retry topic, from 1
	slots     chan struct{}
	abandoned chan struct{} // one place for each handler that was given up and still runs
	turns     turns
}

// delays of the retry topics, unless the options say others.
var delays = [Tiers]time.Duration{10 * time.Second, time.Minute, 10 * time.Minute}

// NewConsumer makes a consumer; it connects when it runs.
func NewConsumer(o ConsumerOptions) (*Consumer, error) {
	o.HandlerTimeout = cmp.Or(o.HandlerTimeout, 30*time.Second)
	o.Slots = cmp.Or(o.Slots, 8)
	o.Grace = cmp.Or(o.Grace, 20*time.Second)
	o.Retry.First = cmp.Or(o.Retry.First, 100*time.Millisecond)
	o.Retry.Most = cmp.Or(o.Retry.Most, 30*time.Second)
	o.Retry.Attempts = cmp.Or(o.Retry.Attempts, 3)
	o.Retry.Delays = cmp.Or(o.Retry.Delays, delays)
	o.Log = o.Log.With("group", o.Group)
	c := &Consumer{ConsumerOptions: o, handlers: map[string]Subscription{}, tiers: map[string]int{}, slots: make(chan struct{}, o.Slots),
		abandoned: make(chan struct{}, abandonedMost)}
	if !slices.Contains(Groups, o.Group) {
		return nil, errs.Ef(errs.Invalid, "group %s is not among those that have retry topics", o.Group)
	}
	for tier := range Tiers {
		c.tiers[o.Kafka.TopicPrefix+RetryTopic(o.Group, tier+1)] = tier + 1
	}
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

// topics of a group: those of its subscriptions and its own for retries, without the prefix.
func topicsOf(group string, subscriptions []Subscription) (topics []string) {
	for _, topic := range Topics {
		if slices.ContainsFunc(subscriptions, func(s Subscription) bool { return s.Group == group && TopicOf(s.Type) == topic }) {
			topics = append(topics, topic)
		}
	}
	for tier := range Tiers {
		topics = append(topics, RetryTopic(group, tier+1))
	}
	return topics
}
