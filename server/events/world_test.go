package events_test

import (
	"context"
	"fmt"
	"log/slog"
	"sync"
	"testing"
	"time"

	"github.com/jackc/pgx/v5"
	"github.com/jackc/pgx/v5/pgxpool"
	"github.com/prometheus/client_golang/prometheus"
	"github.com/segmentio/kafka-go"

	"github.com/rentora/rentora/server/config"
	"github.com/rentora/rentora/server/events"
	"github.com/rentora/rentora/server/postgres"
	"github.com/rentora/rentora/server/testkit"
)

// counted is the event of these tests: the N-th of its key.
type counted struct {
	Name string `json:"name"`
	N    int    `json:"n"`
	Text string `json:"text,omitempty"`
}

func (counted) EventType() string  { return "bookings.counted" }
func (c counted) EventKey() string { return c.Name }

// other is an event that a group may leave alone.
type other struct{ Name string }

func (other) EventType() string  { return "bookings.other" }
func (o other) EventKey() string { return o.Name }

// world is one test's database, topics and measures.
type world struct {
	t        testing.TB
	pool     *pgxpool.Pool
	kafka    config.Kafka
	log      *slog.Logger
	registry *prometheus.Registry
	metrics  *events.Metrics
}

func newWorld(t testing.TB) *world {
	w := &world{t: t, pool: testkit.DB(t), kafka: testkit.Kafka(t), registry: prometheus.NewRegistry()}
	w.log = slog.New(slog.NewTextHandler(t.Output(), nil))
	w.metrics = events.NewMetrics(w.registry)
	return w
}

func (w *world) append(evs ...events.Event) {
	w.t.Helper()
	w.appendAs(w.t.Context(), evs...)
}

func (w *world) appendAs(ctx context.Context, evs ...events.Event) {
	w.t.Helper()
	if err := postgres.Tx(ctx, w.pool, func(tx pgx.Tx) error { return events.Append(ctx, tx, evs...) }); err != nil {
		w.t.Error(err)
	}
}

func (w *world) newRelay() *events.Relay {
	return events.NewRelay(events.RelayOptions{DirectURL: w.pool.Config().ConnString(), Kafka: w.kafka, Log: w.log, Metrics: w.metrics})
}

func (w *world) newConsumer(o events.ConsumerOptions, subscriptions ...events.Subscription) *events.Consumer {
	w.t.Helper()
	o.Group, o.Subscriptions, o.Kafka, o.Pool, o.Log, o.Metrics = "test", subscriptions, w.kafka, w.pool, w.log, w.metrics
	if o.Retry == (events.Retry{}) {
		o.Retry = events.Retry{First: time.Millisecond, Most: 5 * time.Millisecond, Attempts: 3, Delays: [events.Tiers]time.Duration{10 * time.Millisecond, 20 * time.Millisecond, 30 * time.Millisecond}}
	}
	c, err := events.NewConsumer(o)
	if err != nil {
		w.t.Fatal(err)
	}
	return c
}

type runner interface{ Run(context.Context) error }

// start runs r until stop is called or the test ends.
func (w *world) start(r runner) (stop func()) {
	ctx, cancel := context.WithCancel(context.Background())
	ended := make(chan struct{})
	go func() {
		defer close(ended)
		if err := r.Run(ctx); err != nil {
			w.t.Errorf("%T: %v", r, err)
		}
	}()
	stop = func() { cancel(); <-ended }
	w.t.Cleanup(stop)
	return stop
}

// count is the single number that a query gives.
func (w *world) count(query string, args ...any) (n int) {
	w.t.Helper()
	if err := w.pool.QueryRow(w.t.Context(), query, args...).Scan(&n); err != nil {
		w.t.Fatal(err)
	}
	return n
}

func (w *world) unpublished() int {
	w.t.Helper()
	return w.count("select count(*) from outbox where published_at is null")
}

// eventually looks again until the condition holds.
func eventually(t testing.TB, what string, holds func() bool) {
	t.Helper()
	deadline := time.Now().Add(30 * time.Second)
	for tick := time.NewTicker(10 * time.Millisecond); !holds(); <-tick.C {
		if time.Now().After(deadline) {
			t.Fatalf("not in 30 s: %s", what)
		}
	}
}

// onTopic counts the messages of the bookings topic.
func (w *world) onTopic() (n int) {
	w.t.Helper()
	client := &kafka.Client{Addr: kafka.TCP(w.kafka.Brokers...)}
	topic := w.kafka.TopicPrefix + "bookings"
	var requests []kafka.OffsetRequest
	for p := range w.kafka.Partitions {
		requests = append(requests, kafka.LastOffsetOf(p))
	}
	answer, err := client.ListOffsets(w.t.Context(), &kafka.ListOffsetsRequest{Topics: map[string][]kafka.OffsetRequest{topic: requests}})
	if err != nil {
		w.t.Fatal(err)
	}
	for _, p := range answer.Topics[topic] {
		n += int(p.LastOffset)
	}
	return n
}

// journal records what a handler was given, by key.
type journal struct {
	mu   sync.Mutex
	seen map[string][]int
	n    int
}

func (j *journal) on(_ context.Context, e counted) error {
	j.mu.Lock()
	defer j.mu.Unlock()
	if j.seen == nil {
		j.seen = map[string][]int{}
	}
	j.seen[e.Name] = append(j.seen[e.Name], e.N)
	j.n++
	return nil
}

func (j *journal) total() int {
	j.mu.Lock()
	defer j.mu.Unlock()
	return j.n
}

// inOrder complains unless every key has 0, 1, … each once.
func (j *journal) inOrder(t testing.TB, keys, each int) {
	t.Helper()
	j.mu.Lock()
	defer j.mu.Unlock()
	if len(j.seen) != keys {
		t.Errorf("%d keys, want %d", len(j.seen), keys)
	}
	for key, ns := range j.seen {
		want := make([]int, each)
		for i := range want {
			want[i] = i
		}
		if fmt.Sprint(ns) != fmt.Sprint(want) {
			t.Errorf("key %s: %v", key, ns)
		}
	}
}
