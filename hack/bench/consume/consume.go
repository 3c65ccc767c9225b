// Package consume is the worker's consumer alone: events out of Kafka to a handler that does nothing, inbox on.
package consume

import (
	"context"
	"encoding/gob"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"log/slog"
	"os"
	"strconv"
	"sync/atomic"
	"time"

	"github.com/jackc/pgx/v5"
	"github.com/jackc/pgx/v5/pgxpool"
	"github.com/prometheus/client_golang/prometheus"
	"golang.org/x/sync/errgroup"

	"github.com/rentora/rentora/server/config"
	"github.com/rentora/rentora/server/events"
	"github.com/rentora/rentora/server/postgres"
)

// Argument makes the program this consumer; see Serve.
const Argument = "consume"

// Task is what it does.
type Task struct {
	Database string
	Kafka    config.Kafka // with a topic prefix that nobody had before
	Events   int
}

// Result is how it went.
type Result struct{ Seconds float64 }

// group is one that exists; its topics are the benchmark's own by their prefix.
const group = "search"

// happened is an event of the size of our own.
type happened struct {
	Key string `json:"listing_id"`
}

// EventType of a topic that exists.
func (happened) EventType() string { return "listings.changed" }

// EventKey spreads the events over the partitions.
func (h happened) EventKey() string { return h.Key }

// Serve publishes the events, says that it begins, handles them all and says how long that took, commits included.
func Serve(ctx context.Context, in io.Reader, out io.Writer) error {
	var t Task
	if err := gob.NewDecoder(in).Decode(&t); err != nil {
		return fmt.Errorf("read the task: %w", err)
	}
	pool, err := postgres.Open(ctx, config.Postgres{URL: t.Database, MaxConns: 16, ConnectTimeout: 5 * time.Second})
	if err != nil {
		return err
	}
	defer pool.Close()
	if err := publish(ctx, t, pool); err != nil {
		return err
	}
	fmt.Fprintln(out, "began")
	began := time.Now()
	if err := handle(ctx, t, pool); err != nil {
		return err
	}
	return json.NewEncoder(out).Encode(Result{Seconds: time.Since(began).Seconds()})
}

// publish brings the events to Kafka as the product does: through the outbox.
func publish(ctx context.Context, t Task, pool *pgxpool.Pool) error {
	if err := events.EnsureTopics(ctx, t.Kafka); err != nil {
		return err
	}
	const batch = 500
	for first := 0; first < t.Events; first += batch {
		var list []events.Event
		for i := first; i < min(first+batch, t.Events); i++ {
			list = append(list, happened{Key: "00000000-0000-7000-8000-" + strconv.Itoa(100000000000+i%1000)})
		}
		if err := postgres.Tx(ctx, pool, func(tx pgx.Tx) error { return events.Append(ctx, tx, list...) }); err != nil {
			return err
		}
	}
	return until(ctx, relay(t).Run, func(ctx context.Context) (bool, error) {
		var left int
		err := pool.QueryRow(ctx, "select count(*) from outbox where published_at is null").Scan(&left)
		return left == 0, err
	})
}

func relay(t Task) *events.Relay {
	return events.NewRelay(events.RelayOptions{DirectURL: t.Database, Kafka: t.Kafka, Log: quiet()})
}

func quiet() *slog.Logger { return slog.New(slog.NewJSONHandler(os.Stderr, nil)) }

func handle(ctx context.Context, t Task, pool *pgxpool.Pool) error {
	var handled atomic.Int64
	consumer, err := events.NewConsumer(events.ConsumerOptions{Group: group, Kafka: t.Kafka, Pool: pool, Log: quiet(), Metrics: events.NewMetrics(prometheus.NewRegistry()),
		Subscriptions: []events.Subscription{events.On(group, func(context.Context, happened) error { handled.Add(1); return nil })}})
	if err != nil {
		return err
	}
	return until(ctx, consumer.Run, func(context.Context) (bool, error) { return int(handled.Load()) >= t.Events, nil })
}

// patience is how long either part may take.
const patience = 3 * time.Minute

// until runs something until a condition holds, and ends it in order.
func until(ctx context.Context, run func(context.Context) error, done func(context.Context) (bool, error)) error {
	ctx, cancel := context.WithTimeout(ctx, patience)
	defer cancel()
	running, stop := context.WithCancel(ctx)
	var g errgroup.Group
	g.Go(func() error { return run(running) })
	err := poll(ctx, done)
	stop()
	return errors.Join(err, g.Wait())
}

func poll(ctx context.Context, done func(context.Context) (bool, error)) error {
	tick := time.NewTicker(5 * time.Millisecond)
	defer tick.Stop()
	for {
		ok, err := done(ctx)
		if ok || err != nil {
			return err
		}
		select {
		case <-tick.C:
		case <-ctx.Done():
			return ctx.Err()
		}
	}
}
