package events_test

import (
	"context"
	"fmt"
	"io"
	"log/slog"
	"strings"
	"testing"
	"time"

	"github.com/jackc/pgx/v5"

	"github.com/rentora/rentora/server/config"
	"github.com/rentora/rentora/server/errs"
	"github.com/rentora/rentora/server/events"
	"github.com/rentora/rentora/server/postgres"
)

func silent() *slog.Logger { return slog.New(slog.NewTextHandler(io.Discard, nil)) }

// metric sums the series of a name.
func (w *world) metric(name string) (sum float64) {
	w.t.Helper()
	families, err := w.registry.Gather()
	if err != nil {
		w.t.Fatal(err)
	}
	for _, f := range families {
		if f.GetName() != name {
			continue
		}
		for _, m := range f.GetMetric() {
			sum += m.GetGauge().GetValue() + m.GetCounter().GetValue() + float64(m.GetHistogram().GetSampleCount())
		}
	}
	return sum
}

func (w *world) expectMetric(name string, want float64) {
	w.t.Helper()
	eventually(w.t, fmt.Sprintf("%s is %v (now %v)", name, want, w.metric(name)), func() bool { return w.metric(name) == want })
}

func TestTheMonitorMeasuresTheWay(t *testing.T) {
	t.Parallel()
	w, j := newWorld(t), &journal{}
	const n = 25
	for i := range n {
		w.append(counted{Name: fmt.Sprint(i)})
	}
	subscriptions := []events.Subscription{events.On("test", j.on)}
	w.start(events.Monitor{Kafka: w.kafka, Pool: w.pool, Subscriptions: subscriptions, Every: 20 * time.Millisecond, Log: w.log, Metrics: w.metrics})
	w.expectMetric("rentora_outbox_unpublished", n)
	if age := w.metric("rentora_outbox_oldest_age_seconds"); age <= 0 || age > 60 {
		t.Errorf("the oldest row is %v s old", age)
	}
	w.start(w.newRelay())
	w.expectMetric("rentora_outbox_unpublished", 0)
	w.expectMetric("rentora_events_published_total", n)
	w.expectMetric("rentora_consumer_lag", n)
	w.start(w.newConsumer(events.ConsumerOptions{}, subscriptions...))
	w.expectMetric("rentora_consumer_lag", 0)
	w.expectMetric("rentora_events_handled_total", n)
	w.expectMetric("rentora_event_handler_seconds", n)
	w.expectMetric("rentora_event_age_seconds", n)
}

func TestTheMonitorOutlivesAnOutage(t *testing.T) {
	t.Parallel()
	w := newWorld(t)
	w.append(counted{Name: "a"})
	ctx, cancel := context.WithCancel(t.Context())
	monitor := events.Monitor{Kafka: config.Kafka{Brokers: []string{"127.0.0.1:1"}}, Pool: w.pool, Every: time.Millisecond, Log: w.log, Metrics: w.metrics,
		Subscriptions: []events.Subscription{events.On("test", (&journal{}).on)}}
	ended := make(chan error)
	go func() { ended <- monitor.Run(ctx) }()
	w.expectMetric("rentora_outbox_unpublished", 1)
	cancel()
	if err := <-ended; err != nil {
		t.Error(err)
	}
}

func TestTopicsAreMadeOnceAndMissedByName(t *testing.T) {
	t.Parallel()
	w := newWorld(t) // made them already
	if err := events.EnsureTopics(t.Context(), w.kafka); err != nil {
		t.Errorf("a second time: %v", err)
	}
	if err := events.Check(t.Context(), w.kafka); err != nil {
		t.Error(err)
	}
	elsewhere := w.kafka
	elsewhere.TopicPrefix = "nobody-made-these."
	if err := events.Check(t.Context(), elsewhere); !errs.Is(err, errs.Unavailable) || !strings.Contains(err.Error(), "nobody-made-these.") {
		t.Errorf("%v, want the topic's name", err)
	}
	elsewhere.Replication = 5
	if err := events.EnsureTopics(t.Context(), elsewhere); err == nil || errs.Is(err, errs.Unavailable) {
		t.Errorf("five replicas on one broker: %v", err)
	}
	soon, cancel := context.WithTimeout(t.Context(), 200*time.Millisecond)
	defer cancel()
	if err := events.EnsureTopics(soon, config.Kafka{Brokers: []string{"127.0.0.1:1"}, Partitions: 1, Replication: 1}); !errs.Is(err, errs.Unavailable) {
		t.Errorf("no broker: %v, want unavailable", err)
	}
}

func TestAnEventIsSmall(t *testing.T) {
	t.Parallel()
	w := newWorld(t)
	err := postgres.Tx(t.Context(), w.pool, func(tx pgx.Tx) error {
		return events.Append(t.Context(), tx, counted{Name: "huge", Text: strings.Repeat("x", events.PayloadLimit)})
	})
	if err == nil || !strings.Contains(err.Error(), "bookings.counted has a payload of") {
		t.Errorf("%v", err)
	}
}

func TestPausesGrowToTheMost(t *testing.T) {
	t.Parallel()
	for n, full := range map[int]time.Duration{1: 100, 2: 200, 3: 400, 8: 12800, 9: 25600, 10: 30000, 1000: 30000} {
		full *= time.Millisecond
		for range 20 {
			if got := events.PauseAfter(100*time.Millisecond, 30*time.Second, n); got < full/2 || got > full {
				t.Errorf("after %d failures %s, want between %s and %s", n, got, full/2, full)
			}
		}
	}
}

func TestTheClientsComplaintsAreHeldBack(t *testing.T) {
	t.Parallel()
	var lines strings.Builder
	complain := events.Quiet(slog.New(slog.NewTextHandler(&lines, nil)), "kafka reader")
	for i := range 100 {
		complain("attempt %d", i)
	}
	if got := strings.Count(lines.String(), "\n"); got != 1 || !strings.Contains(lines.String(), "kafka reader: attempt 0") {
		t.Errorf("%d lines: %s", got, &lines)
	}
}
