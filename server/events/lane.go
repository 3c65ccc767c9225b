package events

import (
	"context"
	"sync"
	"time"

	"github.com/google/uuid"
	"github.com/segmentio/kafka-go"

	"github.com/rentora/rentora/server/events/internal/query"
)

const (
	laneDepth  = 1000                  // messages that wait in a lane before the reader waits too
	flushCount = 100                   // handled events that are noted and committed together at most
	flushAfter = 50 * time.Millisecond // and how long the first of them waits for that
)

type place struct {
	topic     string
	partition int
}

// lanes are the partitions that this reader has seen, each with one goroutine that handles its messages in order. The
// context that its methods take is that of the work: it ends later than stopping is closed, and means to give up.
type lanes struct {
	*Consumer
	reader   *kafka.Reader
	stopping <-chan struct{} // closed: begin nothing more
	open     map[place]chan kafka.Message
	running  sync.WaitGroup
}

// put hands a message to its lane; false says that there was no room before the stop.
func (l *lanes) put(ctx context.Context, m kafka.Message) bool {
	at := place{m.Topic, m.Partition}
	queue, known := l.open[at]
	if !known {
		queue = make(chan kafka.Message, laneDepth)
		l.open[at] = queue
		l.running.Go(func() { (&lane{lanes: l, queue: queue}).run(ctx) })
	}
	select {
	case queue <- m:
		return true
	case <-l.stopping:
		return false
	}
}

func (l *lanes) ending() bool {
	select {
	case <-l.stopping:
		return true
	default:
		return false
	}
}

func (l *lanes) finish() {
	for _, queue := range l.open {
		close(queue)
	}
	l.running.Wait()
}

// lane is one partition's work. What is handled collects in done until it is flushed.
type lane struct {
	*lanes
	queue chan kafka.Message
	done  []uuid.UUID
	last  kafka.Message // the newest message that needs no handling any more
	since time.Time     // when the first of those that are not flushed was finished; zero when all are
}

func (l *lane) run(ctx context.Context) {
	for first := range l.queue {
		if !l.take(ctx, l.gather(first)) {
			return
		}
	}
}

// gather takes what else waits already; it never waits for more.
func (l *lane) gather(first kafka.Message) []kafka.Message {
	batch := []kafka.Message{first}
	for len(batch) < flushCount {
		select {
		case m, open := <-l.queue:
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
	readable := make([]bool, len(batch))
	for i, m := range batch {
		opened[i], readable[i] = open(m)
		ids[i] = opened[i].ID
	}
	seen, ok := l.seen(ctx, ids)
	for i := 0; ok && i < len(batch); i++ {
		if l.ending() {
			l.flush(ctx)
			return false
		}
		ok = l.one(ctx, batch[i], opened[i], readable[i], seen)
	}
	return l.flush(ctx) && ok
}

// one deals with one message; false says that it is not done, because the lane has to end.
func (l *lane) one(ctx context.Context, m kafka.Message, e Envelope, readable bool, seen map[uuid.UUID]bool) bool {
	subscription, listens := l.handlers[e.Type]
	switch {
	case !listens && readable:
		l.Metrics.result(l.Group, e.Type, resultSkipped)
	case seen[e.ID]:
		l.Metrics.result(l.Group, e.Type, resultRepeated)
	case !l.handle(ctx, m, e, subscription):
		l.flush(ctx)
		return false
	default:
		seen[e.ID] = true
		l.done = append(l.done, e.ID)
	}
	l.last = m
	if l.since.IsZero() {
		l.since = time.Now()
	}
	return time.Since(l.since) < flushAfter || l.flush(ctx)
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
	if err := l.reader.CommitMessages(context.Background(), l.last); err != nil && !l.ending() {
		// Not lost: the next commit of this partition covers it, and the inbox knows what comes again.
		l.Log.Warn("an offset could not be committed", "topic", l.last.Topic, "partition", l.last.Partition, "error", err)
	}
	l.done, l.since = nil, time.Time{}
	return true
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
