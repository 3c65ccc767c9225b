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

	"github.com/google/go-cmp/cmp"
	"github.com/segmentio/kafka-go"

	"github.com/rentora/rentora/server/errs"
	"github.com/rentora/rentora/server/events"
)

// moody answers by the name of the event, and counts the calls.
type moody struct {
	mu    sync.Mutex
	calls map[string]int
}

func (m *moody) on(ctx context.Context, e counted) error {
	m.mu.Lock()
	m.calls[e.Name]++
	calls := m.calls[e.Name]
	m.mu.Unlock()
	switch e.Name {
	case "invalid":
		return errs.E(errs.Invalid, "No such thing as this will ever be.")
	case "panics":
		panic("a mistake of ours")
	case "hangs":
		<-ctx.Done()
		return ctx.Err()
	case "broken":
		return errors.New("unclassified")
	case "recovers":
		if calls < 3 {
			return errs.E(errs.Conflict, "Not yet.")
		}
	case "away": // more often than other errors may fail
		if calls < 6 {
			return errs.E(errs.Unavailable, "The mail server is away.").After(time.Millisecond)
		}
	}
	return nil
}

func (m *moody) count(name string) int {
	m.mu.Lock()
	defer m.mu.Unlock()
	return m.calls[name]
}

func TestWhatCannotBeHandledIsKeptAndTheRestFlows(t *testing.T) {
	t.Parallel()
	w, m := newWorld(t), &moody{calls: map[string]int{}}
	w.start(w.newRelay())
	w.start(w.newConsumer(events.ConsumerOptions{HandlerTimeout: 300 * time.Millisecond, Slots: 2}, events.On("test", m.on)))
	// Three tries in the lane, or one that is too slow; then one in each retry topic.
	names := []string{"invalid", "panics", "hangs", "broken", "recovers", "away", "good"}
	for _, name := range names {
		w.append(counted{Name: name}, other{Name: name})
	}
	w.append(counted{Name: "zero", Text: "nothing \u2014 but jsonb has no character zero"})
	eventually(t, "each is in the inbox", func() bool { return w.count("select count(*) from inbox where consumer = 'test'") == len(names)+1 })
	got := map[string]int{}
	for _, name := range names {
		got[name] = m.count(name)
	}
	want := map[string]int{"invalid": 1, "panics": 6, "hangs": 4, "broken": 6, "recovers": 3, "away": 6, "good": 1}
	if diff := cmp.Diff(want, got); diff != "" {
		t.Errorf("calls: %s", diff)
	}
	rows, err := w.pool.Query(t.Context(), "select key, attempts, error, payload ->> 'name' from dead_letters where consumer = 'test' and topic = 'bookings' and type = 'bookings.counted'")
	if err != nil {
		t.Fatal(err)
	}
	defer rows.Close()
	said := map[string]string{"invalid": "No such thing", "panics": "a mistake of ours", "hangs": "did not finish in 300ms", "broken": "unclassified"}
	for rows.Next() {
		var key, cause, payload string
		var attempts int
		if err := rows.Scan(&key, &attempts, &cause, &payload); err != nil {
			t.Fatal(err)
		}
		if said[key] == "" || !strings.Contains(cause, said[key]) || attempts != want[key] || payload != key {
			t.Errorf("dead letter %s: %d attempts, %q, payload of %s", key, attempts, cause, payload)
		}
		delete(said, key)
	}
	if rows.Err() != nil || len(said) > 0 {
		t.Errorf("missing among the dead letters: %v, %v", said, rows.Err())
	}
	w.expectMetric("rentora_dead_letters", 4)
}

func TestAMessageThatIsNoEventIsKept(t *testing.T) {
	t.Parallel()
	w, j := newWorld(t), &journal{}
	writer := &kafka.Writer{Addr: kafka.TCP(w.kafka.Brokers...), Topic: w.kafka.TopicPrefix + "bookings", BatchTimeout: time.Millisecond, RequiredAcks: kafka.RequireAll,
		Balancer: &kafka.Hash{}, Transport: &kafka.Transport{}} // one partition: the last of them comes last
	defer writer.Close()
	messages := []string{"\xff\x00 no JSON", `{"type":"bookings.counted","data":{"name":"no id"}}`,
		`{"id":"0198c0de-0000-7000-8000-000000000001","type":"bookings.counted","key":"a\u0000b","data":{"name":7,"text":"\u0000"}}`,
		`{"id":"0198c0de-0000-7000-8000-000000000002","type":"bookings.counted","key":"k","occurred_at":"2026-01-02T03:04:05Z","data":{"name":"good"}}`}
	for _, m := range messages {
		eventually(t, "the message is written", func() bool {
			return writer.WriteMessages(t.Context(), kafka.Message{Key: []byte("k"), Value: []byte(m)}) == nil
		})
	}
	w.start(w.newConsumer(events.ConsumerOptions{}, events.On("test", j.on)))
	eventually(t, "the good one is handled", func() bool { return j.total() == 1 })
	if n := w.count("select count(*) from dead_letters where type = 'unreadable'"); n != 2 {
		t.Errorf("%d unreadable messages are kept, want 2", n)
	}
	if n := w.count("select count(*) from dead_letters where type = 'bookings.counted' and payload ? 'base64'"); n != 1 {
		t.Errorf("%d sealed payloads, want 1", n)
	}
}

func TestAConsumerThatIsRestartedLosesNothing(t *testing.T) {
	t.Parallel()
	w, j := newWorld(t), &journal{}
	const keys, each = 20, 30
	evs := make([]events.Event, 0, keys*each)
	for n := range each {
		for key := range keys {
			evs = append(evs, counted{Name: fmt.Sprint("key-", key), N: n})
		}
	}
	w.append(evs...)
	w.start(w.newRelay())
	for _, reached := range []int{50, 250} {
		steps := make(chan struct{}, keys*each)
		stop := w.start(w.newConsumer(events.ConsumerOptions{}, events.On("test", func(ctx context.Context, e counted) error {
			defer func() { steps <- struct{}{} }()
			return j.on(ctx, e)
		})))
		for j.total() < reached {
			select {
			case <-steps:
			case <-time.After(30 * time.Second):
				t.Fatal("nothing is handled in 30 s")
			}
		}
		stop()
	}
	w.start(w.newConsumer(events.ConsumerOptions{}, events.On("test", j.on)))
	eventually(t, "the inbox has every event", func() bool { return w.count("select count(*) from inbox") == keys*each })
	j.inOrder(t, keys, each) // stopped in order, nothing was handled twice either
}

func TestAStopDoesNotWaitForeverForAHandler(t *testing.T) {
	t.Parallel()
	w := newWorld(t)
	w.start(w.newRelay())
	began := make(chan struct{})
	var cancelled atomic.Bool
	stop := w.start(w.newConsumer(events.ConsumerOptions{Grace: 200 * time.Millisecond}, events.On("test", func(ctx context.Context, e counted) error {
		close(began)
		<-ctx.Done()
		cancelled.Store(true)
		return ctx.Err()
	})))
	w.append(counted{Name: "slow"})
	select {
	case <-began:
	case <-time.After(30 * time.Second):
		t.Fatal("the handler is not called in 30 s")
	}
	stop()
	if !cancelled.Load() || w.count("select count(*) from inbox") != 0 {
		t.Error("the handler was not given up, or its event counts as handled")
	}
	j := &journal{}
	w.start(w.newConsumer(events.ConsumerOptions{}, events.On("test", j.on)))
	eventually(t, "the next consumer handles it", func() bool { return j.total() == 1 })
}

func TestTheRequestTravelsWithTheEvent(t *testing.T) {
	t.Parallel()
	w := newWorld(t)
	w.start(w.newRelay())
	got := make(chan string, 1)
	w.start(w.newConsumer(events.ConsumerOptions{}, events.On("test", func(ctx context.Context, _ counted) error {
		got <- events.RequestID(ctx)
		return nil
	})))
	w.appendAs(events.WithRequestID(t.Context(), "req-1"), counted{Name: "traced"})
	select {
	case id := <-got:
		if id != "req-1" {
			t.Errorf("request id %q, want req-1", id)
		}
	case <-time.After(30 * time.Second):
		t.Error("nothing is handled in 30 s")
	}
}

func TestAGroupThatMakesNoSenseIsRefused(t *testing.T) {
	t.Parallel()
	on := func(context.Context, counted) error { return nil }
	cases := map[string][]events.Subscription{
		"listens to nothing":       nil,
		"listens to bookings":      {events.On("test", on), events.On("test", on)},
		"is of group else":         {events.On("else", on)},
		"nowhere.x is of no known": {events.On("test", func(context.Context, lost) error { return nil })},
	}
	for want, subscriptions := range cases {
		w := &world{t: t}
		_, err := events.NewConsumer(events.ConsumerOptions{Group: "test", Subscriptions: subscriptions, Log: silent()})
		if !errs.Is(err, errs.Invalid) || !strings.Contains(err.Error(), want) {
			w.t.Errorf("%v, want %q", err, want)
		}
	}
}

type lost struct{}

func (lost) EventType() string { return "nowhere.x" }
func (lost) EventKey() string  { return "" }
