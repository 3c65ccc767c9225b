package events

import (
	"context"
	"log/slog"
	"strings"

	"github.com/google/uuid"
	"github.com/segmentio/kafka-go"

	"github.com/rentora/rentora/server/errs"
	"github.com/rentora/rentora/server/events/internal/query"
	"github.com/rentora/rentora/server/postgres"
)

// bury keeps the event in the dead letters, so that the partition goes on and nothing is lost in silence.
func (l *lane) bury(ctx context.Context, log *slog.Logger, m kafka.Message, e Envelope, t trail, cause error) outcome {
	data, whole := storable(e.Data)
	topic := strings.TrimPrefix(m.Topic, l.Kafka.TopicPrefix)
	if l.tier > 0 && e.broken == nil {
		topic = TopicOf(e.Type) // where it came from
	}
	letter := query.BuryParams{Consumer: l.Group, EventID: e.ID, Topic: text(topic), Key: text(e.Key),
		Type: text(e.Type), Payload: data, RequestID: text(e.RequestID), Error: text(cause.Error()), Attempts: int32(t.attempts),
		OccurredAt: e.OccurredAt, Retriable: whole && e.broken == nil}
	if !l.insist(ctx, "keeping a dead letter", func(ctx context.Context) (err error) {
		if letter.ID, err = uuid.NewV7(); err != nil {
			return err
		}
		return l.store(ctx, letter, e.Data)
	}) {
		return stopped
	}
	l.Metrics.result(l.Group, l.label(e), resultDead)
	log.Error("an event went to the dead letters", "error", cause, "attempts", t.attempts)
	return buried
}

// shortMost bounds the type and the key of a message that cannot be kept as it is; an index refuses long ones.
const shortMost = 200

// store writes the letter. There is always one more thing that Postgres refuses (half a surrogate, a number without end, a
// type that fits into no index): repeated, it would hold up its partition for ever, so it is kept in a form that none refuses.
func (l *lane) store(ctx context.Context, letter query.BuryParams, data []byte) error {
	q := query.New(l.Pool)
	err := q.Bury(ctx, letter)
	if postgres.Code(err) == "" || postgres.Retryable(err) || errs.Is(postgres.Translate(err), errs.Unavailable) {
		return err
	}
	letter.Payload, letter.Retriable = sealed(data), false
	letter.Type, letter.Key = text(start(letter.Type)), text(start(letter.Key))
	return q.Bury(ctx, letter)
}

func start(s string) string { return s[:min(len(s), shortMost)] }

// text makes a string that a text column takes.
func text(s string) string {
	return strings.ReplaceAll(strings.ToValidUTF8(s, "\uFFFD"), "\x00", "")
}

// storable gives data as a jsonb column mostly takes it, and whether that is still the data: a zero character, which JSON
// allows and jsonb refuses, seals it.
func storable(data []byte) (stored []byte, whole bool) {
	if len(data) == 0 || strings.Contains(string(data), `\u0000`) {
		return sealed(data), false
	}
	return data, true
}
