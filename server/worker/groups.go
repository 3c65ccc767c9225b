package worker

import (
	"context"
	"log/slog"
	"math/rand/v2"
	"slices"
	"strings"
	"time"

	"github.com/rentora/rentora/server/config"
	"github.com/rentora/rentora/server/errs"
	"github.com/rentora/rentora/server/events"
)

// group is one part of the worker; run ends only by failing or after its context has ended.
type group struct {
	name string
	run  func(context.Context) error

	stuck func() bool // whether only a new process helps; nil: never
}

// choose makes the groups that the configuration names, and the measuring, which every worker does for its own.
func choose(d Deps) ([]group, error) {
	metrics := events.NewMetrics(d.Registry)
	jobs := newJobMetrics(d.Registry)
	known := known(d.Subscriptions)
	var groups []group
	var mine []events.Subscription
	for _, name := range unique(d.Config.Worker.Groups) {
		switch {
		case !slices.Contains(known, name):
			return nil, errs.Ef(errs.Invalid, "RENTORA_WORKER_GROUPS names %q; there are: %s", name, strings.Join(known, ", "))
		case name == "relay":
			groups = append(groups, group{name: name, run: relay(d, metrics)})
		case name == "scheduler":
			groups = append(groups, group{name: name, run: func(ctx context.Context) error { return schedule(ctx, d, jobs) }})
		default:
			consumer, err := consumer(d, metrics, name)
			if err != nil {
				return nil, err
			}
			groups = append(groups, group{name: name, run: consumer.Run, stuck: consumer.Stuck})
			mine = append(mine, consumer.Subscriptions...)
		}
	}
	if len(groups) == 0 {
		return nil, errs.Ef(errs.Invalid, "RENTORA_WORKER_GROUPS is empty; there are: %s", strings.Join(known, ", "))
	}
	monitor := events.Monitor{Kafka: d.Config.Kafka, Pool: d.Pool, Subscriptions: mine, Log: d.Log, Metrics: metrics}
	return append(groups, group{name: "monitor", run: monitor.Run}), nil
}

// known are the groups that may be named: those of the worker itself, then those of the event map.
func known(subscriptions []events.Subscription) []string {
	names := []string{"relay", "scheduler"}
	for _, s := range subscriptions {
		names = append(names, s.Group)
	}
	return unique(names)
}

func unique(names []string) (list []string) {
	for _, name := range names {
		if name = strings.TrimSpace(name); !slices.Contains(list, name) {
			list = append(list, name)
		}
	}
	return list
}

func relay(d Deps, metrics *events.Metrics) func(context.Context) error {
	return func(ctx context.Context) error {
		return events.NewRelay(events.RelayOptions{DirectURL: directURL(d), Kafka: d.Config.Kafka, Log: d.Log.With("group", "relay"), Metrics: metrics,
			Tracing: d.Tracing}).Run(ctx)
	}
}

func consumer(d Deps, metrics *events.Metrics, name string) (*events.Consumer, error) {
	o := events.ConsumerOptions{Group: name, Known: Types(d.Subscriptions), Retry: events.Retry{Delays: delays(d.Config.Worker)}, Kafka: d.Config.Kafka, Pool: d.Pool,
		HandlerTimeout: d.Config.Worker.HandlerTimeout, Grace: d.Config.HTTP.ShutdownTimeout * 8 / 10, Log: d.Log, Metrics: metrics, Tracing: d.Tracing, Failed: d.failed}
	if name == "media" {
		o.Slots = d.Config.Worker.MediaSlots
	}
	for _, s := range d.Subscriptions {
		if s.Group == name {
			o.Subscriptions = append(o.Subscriptions, s)
		}
	}
	return events.NewConsumer(o)
}

// delays of the retry topics; the configuration has as many, or none in tests.
func delays(c config.Worker) (list [events.Tiers]time.Duration) {
	copy(list[:], c.RetryDelays)
	return list
}

func directURL(d Deps) string {
	if d.Config.Postgres.DirectURL != "" {
		return d.Config.Postgres.DirectURL
	}
	return d.Config.Postgres.URL
}

const (
	firstRestart = 200 * time.Millisecond
	lastRestart  = 30 * time.Second
)

// keepRunning starts a group again when it fails, after a pause that doubles; one that ran for a while begins anew.
func keepRunning(ctx context.Context, log *slog.Logger, failed events.Failed, one group) error {
	pause := firstRestart
	for ctx.Err() == nil {
		begin := time.Now()
		err := guarded(ctx, one.run)
		if ctx.Err() != nil {
			if err != nil {
				log.Warn("the group failed while it stopped", "error", err)
			}
			return nil
		}
		if time.Since(begin) > lastRestart {
			pause = firstRestart
		}
		failed("group "+one.name, "", "", err)
		log.Error("the group ended; it starts again", "error", err, "pause", pause)
		rest(ctx, pause/2+rand.N(pause/2)) //nolint:gosec // spreading needs no secrecy
		pause = min(2*pause, lastRestart)
	}
	return nil
}

// guarded makes a panic an error.
func guarded(ctx context.Context, run func(context.Context) error) (err error) {
	defer func() {
		if p := recover(); p != nil {
			err = errs.Recovered(p)
		}
	}()
	return run(ctx)
}

// rest waits for d, or until ctx ends; false says that it did.
func rest(ctx context.Context, d time.Duration) bool {
	timer := time.NewTimer(d)
	defer timer.Stop()
	select {
	case <-ctx.Done():
		return false
	case <-timer.C:
		return true
	}
}

// afterGrace is closed when grace has passed after the end of ctx.
func afterGrace(ctx context.Context, grace time.Duration) <-chan struct{} {
	over := make(chan struct{})
	context.AfterFunc(ctx, func() { time.AfterFunc(grace, func() { close(over) }) })
	return over
}
