package events_test

import (
	"context"
	"errors"
	"fmt"
	"strings"
	"sync"
	"sync/atomic"
	"testing"
	"time"

	"github.com/google/uuid"
	"github.com/segmentio/kafka-go"

	"github.com/rentora/rentora/server/errs"
	"github.com/rentora/rentora/server/events"
)

// patient is a retry with delays that a test can look into.
func patient(first time.Duration) events.Retry {
	return events.Retry{First: time.Millisecond, Most: 5 * time.Millisecond, Attempts: 2, Delays: [events.Tiers]time.Duration{first, 2 * first, 3 * first}}
}

func TestAFailingEventLetsOthersOfItsKeyPass(t *testing.T) {
	t.Parallel()
	w := newWorld(t)
	w.start(w.newRelay())
	var mu sync.Mutex
	var order []int
	var calls atomic.Int32
	release := make(chan struct{})
	w.start(w.newConsumer(events.ConsumerOptions{Retry: patient(300 * time.Millisecond)}, events.On("test", func(_ context.Context, e counted) error {
		if e.N == 0 {
			calls.Add(1)
			select {
			case <-release:
			default:
				return errors.New("not yet")
			}
		}
		mu.Lock()
		defer mu.Unlock()
		order = append(order, e.N)
		return nil
	})))
	w.append(counted{Name: "k", N: 0}, counted{Name: "k", N: 1}, counted{Name: "k", N: 2})
	w.start(events.Monitor{Kafka: w.kafka, Pool: w.pool, Subscriptions: []events.Subscription{events.On("test", (&journal{}).on)}, Every: 20 * time.Millisecond, Log: w.log, Metrics: w.metrics})
	eventually(t, "the others are handled", func() bool { mu.Lock(); defer mu.Unlock(); return len(order) == 2 })
	eventually(t, "the waiting one has an age", func() bool { return w.metric("rentora_retry_oldest_age_seconds") > 0 })
	eventually(t, "the waiting one is lag", func() bool { return w.metric("rentora_consumer_lag") == 1 })
	close(release)
	eventually(t, "all are handled", func() bool { mu.Lock(); defer mu.Unlock(); return len(order) == 3 })
	if fmt.Sprint(order) != "[1 2 0]" {
		t.Errorf("handled in the order %v", order)
	}
	eventually(t, "nothing waits", func() bool { return w.metric("rentora_retry_oldest_age_seconds") == 0 })
	if moved, n := w.metric("rentora_retries_total"), calls.Load(); int32(moved) != n-2 {
		t.Errorf("%v moves after %d calls, two of them in the lane", moved, n)
	}
	w.expectMetric("rentora_consumer_lag", 0)
}

func TestADuplicateOfAMovedEventIsHandledOnce(t *testing.T) {
	t.Parallel()
	w := newWorld(t)
	relay, crashes := w.newRelay(), atomic.Int32{}
	relay.BeforeNoting(func() error {
		if crashes.Add(1) == 1 {
			return errors.New("a crash between publishing and noting it")
		}
		return nil
	})
	var handled, calls atomic.Int32
	w.start(w.newConsumer(events.ConsumerOptions{Retry: patient(50 * time.Millisecond)}, events.On("test", func(context.Context, counted) error {
		if calls.Add(1) <= 4 { // both deliveries fail in the lane, so that both move
			return errors.New("not yet")
		}
		handled.Add(1)
		return nil
	})))
	w.append(counted{Name: "k"})
	w.start(relay)
	eventually(t, "both deliveries are dealt with", func() bool {
		return w.metric("rentora_retries_total") == 2 && w.count("select count(*) from inbox") == 1
	})
	w.start(events.Monitor{Kafka: w.kafka, Pool: w.pool, Subscriptions: []events.Subscription{events.On("test", (&journal{}).on)}, Every: 20 * time.Millisecond, Log: w.log, Metrics: w.metrics})
	w.append(counted{Name: "k", N: 1})
	eventually(t, "everything is committed", func() bool { return handled.Load() >= 2 && w.metric("rentora_consumer_lag") == 0 })
	if n := handled.Load(); n != 2 {
		t.Errorf("two events were handled %d times", n)
	}
}

func TestALaneThatStandsStillHoldsUpNoOtherOne(t *testing.T) {
	t.Parallel()
	w, j := newWorld(t), &journal{}
	w.start(w.newRelay())
	const many = 2500 // more than any buffer between the broker and a lane
	away := func(ctx context.Context, e counted) error {
		if e.Name == "stuck" {
			return errs.E(errs.Unavailable, "The mail server is away.")
		}
		return j.on(ctx, e)
	}
	w.start(w.newConsumer(events.ConsumerOptions{}, events.On("test", away)))
	stuck := make([]events.Event, many)
	for i := range stuck {
		stuck[i] = counted{Name: "stuck", N: i}
	}
	w.append(stuck...)
	const others = 30 // some of them are in other partitions than the stuck one
	for i := range others {
		w.append(counted{Name: fmt.Sprint("other-", i)})
	}
	eventually(t, "everything is published", func() bool { return w.unpublished() == 0 })
	free := others - w.beside("stuck", others)
	if free == 0 {
		t.Fatal("every key is in the stuck partition")
	}
	eventually(t, "the other partitions are done", func() bool { return j.total() == free })
}

// beside counts those of the other keys that are in the partition of a key.
func (w *world) beside(key string, others int) (n int) {
	var partitions []int
	for p := range w.kafka.Partitions {
		partitions = append(partitions, p)
	}
	balance := func(key string) int { return (&kafka.Hash{}).Balance(kafka.Message{Key: []byte(key)}, partitions...) }
	for i := range others {
		if balance(fmt.Sprint("other-", i)) == balance(key) {
			n++
		}
	}
	return n
}

func TestAHandlerThatIgnoresItsDeadlineIsAbandoned(t *testing.T) {
	t.Parallel()
	w, j := newWorld(t), &journal{}
	w.start(w.newRelay())
	release := make(chan struct{})
	var deaf atomic.Int32
	consumer := w.newConsumer(events.ConsumerOptions{HandlerTimeout: 100 * time.Millisecond, Slots: 1}, events.On("test", func(ctx context.Context, e counted) error {
		if e.Name == "deaf" && deaf.Add(1) == 1 {
			<-release
			return nil
		}
		return j.on(ctx, e)
	}))
	w.start(consumer)
	w.append(counted{Name: "deaf"}, counted{Name: "deaf", N: 1}, counted{Name: "good"})
	eventually(t, "all are handled, the deaf one by its retry", func() bool { return j.total() == 3 })
	if w.metric("rentora_handlers_abandoned") != 1 || w.metric("rentora_handler_timeouts_total") != 1 || consumer.Stuck() {
		t.Errorf("%v abandoned, %v timed out", w.metric("rentora_handlers_abandoned"), w.metric("rentora_handler_timeouts_total"))
	}
	close(release)
	w.expectMetric("rentora_handlers_abandoned", 0)
}

func TestPoisonIsKeptAndOthersFlow(t *testing.T) {
	t.Parallel()
	w, j := newWorld(t), &journal{}
	writer := &kafka.Writer{Addr: kafka.TCP(w.kafka.Brokers...), Topic: w.kafka.TopicPrefix + "bookings", BatchTimeout: time.Millisecond, BatchBytes: 4 << 20,
		RequiredAcks: kafka.RequireAll, Balancer: &kafka.Hash{}, Compression: kafka.Gzip, Transport: &kafka.Transport{}}
	defer writer.Close()
	messages := []string{
		strings.Repeat("x", 2<<20),
		`{"v":2,"id":"0198c0de-0000-7000-8000-000000000001","type":"bookings.counted","key":"k","data":{"name":"from a later release"}}`,
		`{"id":"0198c0de-0000-7000-8000-000000000002","type":"bookings.never_heard_of","key":"k","data":{}}`,
		`{"id":"0198c0de-0000-7000-8000-000000000003","type":"bookings.other","key":"k","data":{}}`,
		`{"id":"0198c0de-0000-7000-8000-000000000004","type":"bookings.counted","key":"k","data":{"name":7,"text":"\ud800"}}`,
		`{"id":"0198c0de-0000-7000-8000-000000000005","type":"bookings.counted","key":"k","data":{"name":"without end","n":1e999999}}`,
		`{"id":"0198c0de-0000-7000-8000-000000000006","type":"bookings.` + incompressible(4000) + `","key":"k","data":{}}`,
		`{"id":"0198c0de-0000-7000-8000-000000000007","type":"bookings.counted","key":"k","data":{"name":"good"}}`,
	}
	for _, m := range messages {
		eventually(t, "the message is written", func() bool {
			return writer.WriteMessages(t.Context(), kafka.Message{Key: []byte("k"), Value: []byte(m)}) == nil
		})
	}
	w.start(w.newConsumer(events.ConsumerOptions{Known: []string{"bookings.counted", "bookings.other"}}, events.On("test", j.on)))
	eventually(t, "the good one is handled", func() bool { return j.total() == 1 })
	for what, like := range map[string]string{"the size": "the message has 2097152 bytes%", "the version": "the message has version 2%",
		"the type": "there is no event of type %never_heard_of%"} {
		if n := w.count("select count(*) from dead_letters where error like $1 and status = 'open'", like); n != 1 {
			t.Errorf("%d dead letters for %s", n, what)
		}
	}
	for what, where := range map[string]string{"half a surrogate": "type = 'bookings.counted' and event_id::text like '%4'",
		"a number without end": "type = 'bookings.counted' and event_id::text like '%5'", "a long type": "type like 'bookings.%' and length(type) = 200"} {
		if n := w.count("select count(*) from dead_letters where payload ? 'base64' and not retriable and " + where); n != 1 {
			t.Errorf("%d dead letters for %s", n, what)
		}
	}
	if n := w.count("select count(*) from dead_letters where retriable"); n != 1 { // the unknown type may be known to the next release
		t.Errorf("%d dead letters can be retried, want 1", n)
	}
	if n := w.count("select max(length(payload::text)) from dead_letters"); n > 100_000 {
		t.Errorf("a dead letter has %d bytes", n)
	}
}

// incompressible text of at least n bytes; an index would take a longer one that repeats itself.
func incompressible(n int) string {
	var s strings.Builder
	for s.Len() < n {
		s.WriteString(uuid.NewString())
	}
	return s.String()
}
