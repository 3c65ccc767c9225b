package events_test

import (
	"context"
	"fmt"
	"testing"
	"time"

	"github.com/rentora/rentora/hack/stack/stack"
	"github.com/rentora/rentora/server/events"
)

// TestKafkaAwayForAWhile kills the broker of a stack of its own while events are appended: every append succeeds, and
// afterwards each event is handled once, in the order of its key.
func TestKafkaAwayForAWhile(t *testing.T) {
	// Alone: its servers are a second set beside those of the other tests.
	ctx, cancel := context.WithTimeout(t.Context(), 5*time.Minute)
	defer cancel()
	session, err := stack.Join(ctx, t.TempDir(), stack.Options{Durable: true, Output: t.Output()})
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() {
		ctx, cancel := context.WithTimeout(context.Background(), time.Minute)
		defer cancel()
		if err := session.LeaveAndStop(ctx); err != nil {
			t.Error(err)
		}
	})
	w, j := newWorld(t), &journal{}
	w.kafka.Brokers = session.KafkaBrokers
	if err := events.EnsureTopics(ctx, w.kafka); err != nil {
		t.Fatal(err)
	}
	w.start(w.newRelay())
	w.start(w.newConsumer(events.ConsumerOptions{}, events.On("test", j.on)))
	const keys, before, during, after = 10, 5, 50, 5
	n := 0
	appendEach := func(times int) {
		for range times {
			for key := range keys {
				w.append(counted{Name: fmt.Sprint("key-", key), N: n})
			}
			n++
		}
	}
	appendEach(before)
	eventually(t, "the first are handled", func() bool { return j.total() == keys*before })
	if err := session.Kill(ctx, "kafka"); err != nil {
		t.Fatal(err)
	}
	killed := time.Now()
	for tick := time.NewTicker(200 * time.Millisecond); n < before+during; <-tick.C { // ten seconds
		appendEach(1)
	}
	if waiting := w.unpublished(); waiting < keys*(during-1) || j.total() != keys*before {
		t.Errorf("%d wait and %d are handled while Kafka is away", waiting, j.total())
	}
	if err := session.Start(ctx, "kafka"); err != nil {
		t.Fatal(err)
	}
	back := time.Now()
	appendEach(after)
	eventually(t, "everything is handled", func() bool { return j.total() >= keys*n })
	t.Logf("Kafka was away for %s; %d events were handled %s after it was back", back.Sub(killed).Round(time.Second), keys*n, time.Since(back).Round(time.Millisecond))
	eventually(t, "the inbox has every event", func() bool { return w.count("select count(*) from inbox") == keys*n })
	j.inOrder(t, keys, n)
	if left := w.unpublished(); left != 0 {
		t.Errorf("%d rows are left in the outbox", left)
	}
}
