package events

import (
	"context"
	"encoding/json"
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
// a thing that costs the same for one as for a hundred (a commit, an import) once. When that call fails, each of them is handled
// by itself, so that one bad event is found and holds up no other.
func OnMany[T Event](group string, many *Many) Subscription {
	var zero T
	s := On(group, func(ctx context.Context, e T) error { return many.handle(ctx, []string{e.EventKey()}) })
	s.many = many
	s.key = func(payload []byte) (string, error) {
		var e T
		if err := json.Unmarshal(payload, &e); err != nil {
			return "", errs.Ef(errs.Invalid, "the payload of %s does not decode", zero.EventType()).Because(err)
		}
		return e.EventKey(), nil
	}
	return s
}

// together hands what stands at the head of a batch to one handler of many, and gives how many messages share it; done says that
// they are handled, else each is to be handled by itself.
func (l *lane) together(ctx context.Context, batch []kafka.Message, opened []Envelope, seen map[uuid.UUID]bool) (n int, done bool) {
	n, many, keys := l.shared(opened, seen)
	if n < 2 || l.ending() {
		return 1, false
	}
	err := l.tracedTogether(ctx, batch[:n], opened[:n], Subscription{handle: func(ctx context.Context, _ []byte) error { return many.handle(ctx, keys) }})
	if err != nil {
		l.Log.Warn("events could not be handled together; each is tried by itself", "events", n, "error", err)
		return n, false
	}
	for i, e := range opened[:n] {
		l.handled(batch[i], e, "attempt", 1, "together", n)
		seen[e.ID] = true
		l.done = append(l.done, e.ID)
	}
	return n, true
}

// shared gives how many events at the head of a batch have one handler of many, that handler, and their keys, each once.
func (l *lane) shared(opened []Envelope, seen map[uuid.UUID]bool) (n int, many *Many, keys []string) {
	for i, e := range opened {
		s := l.handlers[e.Type]
		if e.broken != nil || seen[e.ID] || s.many == nil || many != nil && s.many != many {
			return i, many, keys
		}
		key, err := s.key(e.Data)
		if err != nil {
			return i, many, keys
		}
		many = s.many
		if !slices.Contains(keys, key) {
			keys = append(keys, key)
		}
	}
	return len(opened), many, keys
}

// tracedTogether is one attempt for all of them, under a span in the trace of each.
func (l *lane) tracedTogether(ctx context.Context, batch []kafka.Message, opened []Envelope, s Subscription) error {
	spans := make([]trace.Span, len(batch))
	first := ctx
	for i, m := range batch {
		in, span := l.begin(ctx, m, opened[i], 1, trace.Number("messaging.batch.message_count", len(batch)))
		if spans[i] = span; i == 0 {
			first = in
		}
	}
	err := l.attempt(first, opened[0], s)
	for _, span := range spans {
		span.End(err)
	}
	return err
}
