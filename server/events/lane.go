package events

import (
	"context"
	"slices"
	"time"

	"github.com/google/uuid"
	"github.com/segmentio/kafka-go"

	"github.com/rentora/rentora/server/events/internal/query"
)

const (
	flushCount = 100                   // handled events that are noted and committed together at most
	flushAfter = 50 * time.Millisecond // and how long the first of them waits for that
)

// lane is one partition's work, in order. It has a reader of its own, which waits when the lane does, so that a lane that
// stands still costs a bounded number of messages and holds up no other one. What is handled collects in done until it is
// flushed. The context that its methods take is that of the work: it ends later than stopping, and means to give up.
type lane struct {
	*running
	place
	tier       int   // of a retry topic, from 1; 0 is a main topic
	from       int64 // the offset to begin with
	stopping   context.Context
	gone       <-chan struct{} // closed: the generation has ended without us, nothing can be committed
	generation *kafka.Generation
	done       []uuid.UUID
	last       kafka.Message // the newest message that needs no handling any more
	since      time.Time     // when the first of those that are not flushed was finished; zero when all are
}

func (l *lane) run(ctx context.Context) {
	turn := l.turns.of(l.place)
	select {
	case turn <- struct{}{}:
		defer func() { <-turn }()
	case <-l.stopping.Done():
		return
	}
	queue := make(chan kafka.Message, flushCount)
	go l.read(queue)
	for first := range queue {
		if l.tier > 0 {
			if !l.untilDue(first) || !l.take(ctx, []kafka.Message{first}) {
				return
			}
			continue
		}
		if !l.take(ctx, l.gather(queue, first)) {
			return
		}
	}
}

// read fills the queue until the lane stops. What FetchMessage reports passes by itself.
func (l *lane) read(queue chan<- kafka.Message) {
	defer close(queue)
	reader := newReader(l.Kafka, l.place, l.Log)
	defer func() { _ = reader.Close() }() // it commits nothing
	complain, failures := quiet(l.Log, "reading"), 0
	if err := reader.SetOffset(l.from); err != nil {
		complain("%v", err) // only a closed reader or one of a group refuses
		return
	}
	for l.stopping.Err() == nil {
		m, err := reader.FetchMessage(l.stopping)
		if err != nil {
			if failures++; l.stopping.Err() == nil {
				complain("%v", err)
			}
			wait(l.stopping, doubling{100 * time.Millisecond, 5 * time.Second}.after(failures))
			continue
		}
		failures = 0
		select {
		case queue <- m:
		case <-l.stopping.Done():
		}
	}
}

func (l *lane) ending() bool { return l.stopping.Err() != nil }

// gather takes what else waits already; it never waits for more.
func (l *lane) gather(queue <-chan kafka.Message, first kafka.Message) []kafka.Message {
	batch := []kafka.Message{first}
	for len(batch) < flushCount {
		select {
		case m, open := <-queue:
			if !open {
				return batch
			}
			batch = append(batch, m)
		default:
			return batch
		}
	}
	return batch
}

// take handles a batch in order and flushes; false says that the lane has to end.
func (l *lane) take(ctx context.Context, batch []kafka.Message) bool {
	opened := make([]Envelope, len(batch))
	ids := make([]uuid.UUID, len(batch))
	for i, m := range batch {
		opened[i] = open(m)
		ids[i] = opened[i].ID
	}
	seen, ok := l.seen(ctx, ids)
	for i := 0; ok && i < len(batch); {
		if n := l.together(ctx, batch[i:], opened[i:], seen); n > 0 {
			i += n
			ok = l.passed(ctx, batch[i-1])
			continue
		}
		if l.ending() {
			l.flush(ctx)
			return false
		}
		ok = l.one(ctx, batch[i], opened[i], seen)
		i++
	}
	return l.flush(ctx) && ok
}

// one deals with one message; false says that it is not done, because the lane has to end.
func (l *lane) one(ctx context.Context, m kafka.Message, e Envelope, seen map[uuid.UUID]bool) bool {
	subscription, listens := l.handlers[e.Type]
	switch {
	case seen[e.ID]:
		l.Metrics.result(l.Group, l.label(e), resultRepeated)
	case !listens && l.exists(e):
		l.Metrics.result(l.Group, l.label(e), resultSkipped)
	default:
		switch l.handle(ctx, m, e, subscription) {
		case stopped:
			l.flush(ctx)
			return false
		case settled:
			seen[e.ID] = true
			l.done = append(l.done, e.ID)
		case buried:
			seen[e.ID] = true
		case movedOn: // not in the inbox: its retry would be taken for a repetition
		}
	}
	return l.passed(ctx, m)
}

// passed remembers that nothing up to a message needs handling any more, and flushes when that has waited for long enough.
func (l *lane) passed(ctx context.Context, m kafka.Message) bool {
	l.last = m
	if l.since.IsZero() {
		l.since = time.Now()
	}
	return time.Since(l.since) < flushAfter || l.flush(ctx)
}

// label is the type for a metric: whatever else is on the topic must not become one.
func (l *lane) label(e Envelope) string {
	if _, listens := l.handlers[e.Type]; listens || e.broken != nil {
		return e.Type
	}
	return "other"
}

// exists tells whether a type that the group does not listen to may be left alone.
func (l *lane) exists(e Envelope) bool {
	return e.broken == nil && (len(l.Known) == 0 || slices.Contains(l.Known, e.Type))
}

// flush notes in the inbox what was handled and commits up to it; the order of the two makes a crash repeat, never skip.
func (l *lane) flush(ctx context.Context) bool {
	if l.since.IsZero() {
		return true
	}
	if len(l.done) > 0 && !l.insist(ctx, "noting what is handled", func(ctx context.Context) error {
		return query.New(l.Pool).NoteHandled(ctx, query.NoteHandledParams{Consumer: l.Group, EventIds: l.done})
	}) {
		return false
	}
	l.commit()
	l.done, l.since = nil, time.Time{}
	return true
}

// commitTries bounds how often an offset is offered to a broker that refuses it.
const commitTries = 3

// commit tells the broker where the next reader begins. What cannot be committed is read again, and the inbox knows it:
// a broker that refuses a commit mostly wants the group to join anew.
func (l *lane) commit() {
	for try := 1; ; try++ {
		select {
		case <-l.gone:
			return
		default:
		}
		err := l.generation.CommitOffsets(map[string]map[int]int64{l.topic: {l.partition: l.last.Offset + 1}})
		switch {
		case err == nil || l.ending():
			return
		case try == commitTries:
			l.Log.Warn("an offset could not be committed", "topic", l.topic, "partition", l.partition, "error", err)
			return
		}
		wait(l.stopping, doubling{100 * time.Millisecond, time.Second}.after(try))
	}
}

// seen asks the inbox which of the events are handled already.
func (l *lane) seen(ctx context.Context, ids []uuid.UUID) (map[uuid.UUID]bool, bool) {
	seen := map[uuid.UUID]bool{}
	ok := l.insist(ctx, "asking the inbox", func(ctx context.Context) error {
		handled, err := query.New(l.Pool).Handled(ctx, query.HandledParams{Consumer: l.Group, EventIds: ids})
		for _, id := range handled {
			seen[id] = true
		}
		return err
	})
	return seen, ok
}

// insist repeats a use of the database until it succeeds; false says that there is no time left for it.
func (l *lane) insist(ctx context.Context, what string, use func(ctx context.Context) error) bool {
	for failures := 1; ; failures++ {
		limited, cancel := context.WithTimeout(ctx, patience)
		err := use(limited)
		cancel()
		if err == nil {
			return true
		}
		if ctx.Err() != nil || (l.ending() && failures > 2) {
			return false
		}
		l.Log.Warn(what+" failed; it is tried again", "error", err, "failures", failures)
		wait(ctx, doubling{l.Retry.First, 5 * time.Second}.after(failures))
	}
}
