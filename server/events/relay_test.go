package events_test

import (
	"context"
	"errors"
	"fmt"
	"strings"
	"sync"
	"sync/atomic"
	"testing"

	"github.com/jackc/pgx/v5"
	"github.com/segmentio/kafka-go"

	"github.com/rentora/rentora/server/config"
	"github.com/rentora/rentora/server/events"
)

func TestEventsOfAKeyAreHandledInTheirOrder(t *testing.T) {
	t.Parallel()
	w, j := newWorld(t), &journal{}
	w.start(w.newRelay())
	w.start(w.newConsumer(events.ConsumerOptions{}, events.On("test", j.on)))
	const writers, keys, each = 6, 30, 12
	var all sync.WaitGroup
	for writer := range writers {
		all.Go(func() {
			for n := range each {
				for key := writer; key < keys; key += writers {
					w.append(counted{Name: fmt.Sprint("key-", key), N: n})
				}
			}
		})
	}
	all.Wait()
	eventually(t, "every event is handled", func() bool { return j.total() >= keys*each })
	j.inOrder(t, keys, each)
	eventually(t, "the relay has noted them all", func() bool { return w.unpublished() == 0 })
}

func TestAFullTableAndThenASingleRow(t *testing.T) {
	t.Parallel()
	w, j := newWorld(t), &journal{}
	const keys, each = 30, 60
	evs := make([]events.Event, 0, keys*each)
	for n := range each {
		for key := range keys {
			evs = append(evs, counted{Name: fmt.Sprint("key-", key), N: n, Text: strings.Repeat("x", 1000)}) // several calls by size
		}
	}
	w.append(evs...)
	w.start(w.newConsumer(events.ConsumerOptions{}, events.On("test", j.on)))
	w.start(w.newRelay())
	eventually(t, "every event is handled", func() bool { return j.total() == keys*each })
	j.inOrder(t, keys, each)
	eventually(t, "the relay rests", func() bool { return w.unpublished() == 0 })
	w.append(counted{Name: "single"})
	eventually(t, "the single event is handled", func() bool { return j.total() == keys*each+1 })
}

func TestARelayKilledBeforeItsNotePublishesAgainAndTheEffectIsOnce(t *testing.T) {
	t.Parallel()
	w, j := newWorld(t), &journal{}
	evs := make([]events.Event, 50)
	for i := range evs {
		evs[i] = counted{Name: fmt.Sprint("key-", i%5), N: i / 5}
	}
	w.append(evs...)
	killed := w.newRelay()
	ctx, kill := context.WithCancel(t.Context())
	killed.BeforeNoting(func() error { kill(); return errors.New("killed") })
	if err := killed.Run(ctx); err != nil {
		t.Fatal(err)
	}
	if n := w.unpublished(); n != len(evs) {
		t.Fatalf("%d unpublished after the kill, want %d", n, len(evs))
	}
	w.start(w.newRelay())
	w.start(w.newConsumer(events.ConsumerOptions{}, events.On("test", j.on)))
	eventually(t, "the second relay publishes", func() bool { return w.unpublished() == 0 })
	w.append(counted{Name: "key-0", N: 10}, counted{Name: "key-1", N: 10}, counted{Name: "key-2", N: 10}, counted{Name: "key-3", N: 10}, counted{Name: "key-4", N: 10})
	eventually(t, "every event is handled", func() bool { return j.total() >= 55 })
	// A partition whose leader is new may refuse its part of the first write: then only the others' messages are there twice.
	if n := w.onTopic(); n <= 55 || n > 105 {
		t.Errorf("%d messages, want 55 and again those that the killed relay had published, 50 at most", n)
	}
	j.inOrder(t, 5, 11)
	eventually(t, "the inbox has each once", func() bool { return w.count("select count(*) from inbox") == 55 })
}

func TestAWriteThatFailsInPartKeepsTheOrder(t *testing.T) {
	t.Parallel()
	w, j := newWorld(t), &journal{}
	relay := w.newRelay()
	var calls atomic.Int32
	relay.AroundWrite(func(ctx context.Context, write func(context.Context, ...kafka.Message) error, msgs []kafka.Message) error {
		if calls.Add(1)%2 == 0 {
			return write(ctx, msgs...)
		}
		var sent []kafka.Message
		refused := make(kafka.WriteErrors, len(msgs))
		for i, m := range msgs { // half of the keys are refused, as when one partition has no leader
			if m.Key[len(m.Key)-1]%2 == 0 {
				refused[i] = kafka.LeaderNotAvailable
			} else {
				sent = append(sent, m)
			}
		}
		if err := write(ctx, sent...); err != nil {
			return errors.New("nothing is known to have arrived: " + err.Error())
		}
		return refused
	})
	w.start(relay)
	w.start(w.newConsumer(events.ConsumerOptions{}, events.On("test", j.on)))
	const keys, each = 10, 30
	for n := range each {
		for key := range keys {
			w.append(counted{Name: fmt.Sprint("key-", key), N: n})
		}
	}
	eventually(t, "every event is handled", func() bool { return j.total() >= keys*each })
	j.inOrder(t, keys, each)
	if calls.Load() < 2 {
		t.Error("no write failed")
	}
}

func TestOneRelayPublishesAndAnotherTakesOver(t *testing.T) {
	t.Parallel()
	w := newWorld(t)
	var first, second atomic.Int32
	a, b := w.newRelay(), w.newRelay()
	a.AroundWrite(counting(&first))
	b.AroundWrite(counting(&second))
	w.start(a)
	holder := "select count(*) from pg_locks where locktype = 'advisory' and granted and database = (select oid from pg_database where datname = current_database())"
	eventually(t, "the first holds the lock", func() bool { return w.count(holder) == 1 })
	w.start(b)
	sessions := "select count(*) from pg_stat_activity where datname = current_database() and application_name = 'rentora-lock'"
	eventually(t, "the second stands by", func() bool { return w.count(sessions) == 2 })
	for i := range 20 {
		w.append(counted{Name: fmt.Sprint(i)})
	}
	eventually(t, "all is published", func() bool { return w.unpublished() == 0 })
	if first.Load() != 20 || second.Load() != 0 {
		t.Fatalf("the first published %d, the second %d", first.Load(), second.Load())
	}
	w.cutOff()
	for i := range 20 {
		w.append(counted{Name: fmt.Sprint(i), N: 1})
	}
	eventually(t, "all is published", func() bool { return w.unpublished() == 0 })
	if first.Load() != 20 || second.Load() != 20 {
		t.Errorf("the first published %d, the second %d", first.Load(), second.Load())
	}
	if n := w.onTopic(); n != 40 {
		t.Errorf("%d messages, want 40", n)
	}
}

// counting counts what was written: a topic that is new may have no leader yet, and then a message is written again.
func counting(n *atomic.Int32) func(context.Context, func(context.Context, ...kafka.Message) error, []kafka.Message) error {
	return func(ctx context.Context, write func(context.Context, ...kafka.Message) error, msgs []kafka.Message) error {
		err := write(ctx, msgs...)
		var each kafka.WriteErrors
		switch {
		case err == nil:
			n.Add(int32(len(msgs)))
		case errors.As(err, &each):
			n.Add(int32(len(msgs) - each.Count()))
		}
		return err
	}
}

// cutOff ends the session that holds the lock, and lets nobody new into the database: who stands by already is next.
func (w *world) cutOff() {
	w.t.Helper()
	conf := w.pool.Config().ConnConfig.Copy()
	name := conf.Database
	conf.Database = "postgres"
	admin, err := pgx.ConnectConfig(w.t.Context(), conf)
	if err != nil {
		w.t.Fatal(err)
	}
	defer admin.Close(context.Background())
	if _, err := admin.Exec(w.t.Context(), "alter database "+name+" allow_connections false"); err != nil {
		w.t.Fatal(err)
	}
	if n := w.count("select count(pg_terminate_backend(pid)) from pg_locks where locktype = 'advisory' and granted and database = (select oid from pg_database where datname = current_database())"); n != 1 {
		w.t.Fatalf("%d sessions held the lock", n)
	}
}

func TestARowThatCommitsLateIsPublished(t *testing.T) {
	t.Parallel()
	w, j := newWorld(t), &journal{}
	w.start(w.newRelay())
	w.start(w.newConsumer(events.ConsumerOptions{}, events.On("test", j.on)))
	slow, err := w.pool.Begin(t.Context())
	if err != nil {
		t.Fatal(err)
	}
	defer slow.Rollback(context.Background())
	if err := events.Append(t.Context(), slow, counted{Name: "late"}); err != nil {
		t.Fatal(err)
	}
	w.append(counted{Name: "soon"})
	eventually(t, "the higher id is handled", func() bool { return j.total() == 1 })
	if err := slow.Commit(t.Context()); err != nil {
		t.Fatal(err)
	}
	eventually(t, "the lower id is handled", func() bool { return j.total() == 2 })
}

func TestShardsShareTheKeys(t *testing.T) {
	t.Parallel()
	w, j := newWorld(t), &journal{}
	for shard := range 3 {
		w.start(events.NewRelay(events.RelayOptions{DirectURL: w.pool.Config().ConnString(), Kafka: w.kafka, Shard: shard, Shards: 3, Log: w.log, Metrics: w.metrics}))
	}
	w.start(w.newConsumer(events.ConsumerOptions{}, events.On("test", j.on)))
	const keys, each = 20, 5
	for n := range each {
		for key := range keys {
			w.append(counted{Name: fmt.Sprint("key-", key), N: n})
		}
	}
	eventually(t, "every event is handled", func() bool { return j.total() == keys*each })
	j.inOrder(t, keys, each)
	if n := w.onTopic(); n != keys*each {
		t.Errorf("%d messages, want %d", n, keys*each)
	}
}

func TestARelayWithoutKafkaKeepsTheRowsAndStopsWhenAsked(t *testing.T) {
	t.Parallel()
	w := newWorld(t)
	w.append(counted{Name: "kept"})
	relay := events.NewRelay(events.RelayOptions{DirectURL: w.pool.Config().ConnString(), Kafka: config.Kafka{Brokers: []string{"127.0.0.1:1"}}, Log: w.log})
	var tries atomic.Int32
	relay.AroundWrite(func(ctx context.Context, write func(context.Context, ...kafka.Message) error, msgs []kafka.Message) error {
		tries.Add(1)
		return write(ctx, msgs...)
	})
	stop := w.start(relay)
	eventually(t, "it tries again", func() bool { return tries.Load() >= 2 })
	stop()
	if n := w.unpublished(); n != 1 {
		t.Errorf("%d unpublished, want 1", n)
	}
}

// The events of the lost partition are the oldest, and more than one step reads.
func TestAPartitionWithoutALeaderHoldsUpNoOtherOne(t *testing.T) {
	t.Parallel()
	w, j := newWorld(t), &journal{}
	relay := w.newRelay()
	var mended atomic.Bool
	relay.AroundWrite(func(ctx context.Context, write func(context.Context, ...kafka.Message) error, msgs []kafka.Message) error {
		var sent []kafka.Message
		refused, lost := make(kafka.WriteErrors, len(msgs)), false
		for i, m := range msgs {
			if strings.HasPrefix(string(m.Key), "lost-") && !mended.Load() {
				refused[i], lost = kafka.LeaderNotAvailable, true
			} else {
				sent = append(sent, m)
			}
		}
		if err := write(ctx, sent...); err != nil || !lost {
			return err
		}
		return refused
	})
	const keys, each, others = 300, 4, 20
	var evs []events.Event
	for n := range each {
		for key := range keys {
			evs = append(evs, counted{Name: fmt.Sprint("lost-", key), N: n})
		}
	}
	w.append(evs...)
	w.start(relay)
	w.start(w.newConsumer(events.ConsumerOptions{}, events.On("test", j.on)))
	for n := range others {
		w.append(counted{Name: "other", N: n})
		eventually(t, "the other partition flows", func() bool { return j.total() == n+1 })
	}
	if n := w.count("select count(*) from outbox where published_at is null and key like 'lost-%'"); n != keys*each {
		t.Errorf("%d wait, want %d", n, keys*each)
	}
	mended.Store(true)
	eventually(t, "what waited is handled", func() bool { return j.total() == keys*each+others })
	delete(j.seen, "other")
	j.inOrder(t, keys, each)
}
