package events

import (
	"context"
	"slices"

	"github.com/google/uuid"
	"github.com/segmentio/kafka-go"

	"github.com/rentora/rentora/server/errs"
	"github.com/rentora/rentora/server/trace"
)

// Many handles several events in one go: it only needs to know what they are about, by their keys.
type Many struct {
	handle func(ctx context.Context, keys []string) error
}

// NewMany makes one of a function that is told different keys, at most 100 of them, and may be told one again at any time.
func NewMany(handle func(ctx context.Context, keys []string) error) *Many {
	return &Many{handle: handle}
}

// OnMany is On for a handler of many: consecutive events of a partition that wait already and share it are handled in one call,
// a thing that costs the same for one as for a hundred (a commit, an import) once. When that call fails, the first half of them is
// handled in one call, and so on: one bad event is found in a few calls and holds up no other.
func OnMany[T Event](group string, many *Many) Subscription {
	s := On(group, func(ctx context.Context, e T) error { return many.handle(ctx, []string{e.EventKey()}) })
	s.many = many
	s.key = func(payload []byte) (string, error) {
		e, err := payloadOf[T](payload)
		if err != nil {
			return "", err
		}
		return e.EventKey(), nil
	}
	return s
}

// together hands as much as it can of what stands at the head of a batch to one handler of many, and gives how many messages are
// handled with that; zero says that the first one is to be handled by itself. A part that is away is away for each of them: the
// first one waits for it, as 0010 says.
func (l *lane) together(ctx context.Context, batch []kafka.Message, opened []Envelope, seen map[uuid.UUID]bool) int {
	keys, many := l.shared(opened, seen)
	for n := len(keys); n > 1 && !l.ending(); n /= 2 {
		err := l.tracedTogether(ctx, batch[:n], opened[:n], keys[:n], many)
		if err == nil {
			l.noteTogether(batch[:n], opened[:n], seen)
			return n
		}
		if ctx.Err() != nil {
			return 0
		}
		l.tell(batch[0], opened[0], err)
		l.Metrics.result(l.Group, opened[0].Type, resultRetry)
		l.Log.Warn("events could not be handled together; fewer of them are tried", "events", n, "error", err)
		if errs.Is(err, errs.Unavailable) {
			return 0
		}
	}
	return 0
}

func (l *lane) noteTogether(batch []kafka.Message, opened []Envelope, seen map[uuid.UUID]bool) {
	for i, e := range opened {
		if seen[e.ID] { // published twice
			l.Metrics.result(l.Group, e.Type, resultRepeated)
			continue
		}
		l.handled(batch[i], e, "attempt", 1, "together", len(batch))
		seen[e.ID] = true
		l.done = append(l.done, e.ID)
	}
}

// shared gives the keys of the events at the head of a batch that have one handler of many, and that handler.
func (l *lane) shared(opened []Envelope, seen map[uuid.UUID]bool) (keys []string, many *Many) {
	for _, e := range opened {
		s := l.handlers[e.Type]
		if e.broken != nil || seen[e.ID] || s.many == nil || many != nil && s.many != many {
			break
		}
		key, err := s.key(e.Data)
		if err != nil {
			break
		}
		keys, many = append(keys, key), s.many
	}
	return keys, many
}

// distinct gives each key once, in the order of their first events.
func distinct(keys []string) (once []string) {
	for _, key := range keys {
		if !slices.Contains(once, key) {
			once = append(once, key)
		}
	}
	return once
}

// tracedTogether is one attempt for all of them, under a span in the trace of each. What the handler does stands in the first trace
// that is recorded.
func (l *lane) tracedTogether(ctx context.Context, batch []kafka.Message, opened []Envelope, keys []string, many *Many) error {
	spans := make([]trace.Span, len(batch))
	recorded := false
	work := ctx
	for i, m := range batch {
		var in context.Context
		in, spans[i] = l.begin(ctx, m, opened[i], 1, trace.Number("messaging.batch.message_count", len(batch)))
		if !recorded && (i == 0 || spans[i].Recorded()) {
			work, recorded = in, spans[i].Recorded()
		}
	}
	err := l.attempt(work, opened[0], Subscription{handle: func(ctx context.Context, _ []byte) error { return many.handle(ctx, distinct(keys)) }})
	for _, span := range spans {
		span.End(err)
	}
	return err
}
