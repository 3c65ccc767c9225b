// Package events carries what happened: from the outbox in the caller's transaction through Kafka to the groups that listen.
package events

import (
	"context"
	"encoding/json"
	"fmt"
	"strings"

	"github.com/google/uuid"
	"github.com/jackc/pgx/v5"

	"github.com/rentora/rentora/server/trace"
)

// Event is a plain struct of ids and facts in the past tense, never of secrets. Its JSON form is part of the contract
// between releases: add fields, never change their meaning.
type Event interface {
	// EventType is "<topic's room>.<what happened>", e.g. "bookings.requested"; the part before the dot names the topic.
	EventType() string
	// EventKey orders: events of one topic with one key are handled in the order in which they were appended.
	EventKey() string
}

// Topics that exist, without the prefix. The part before the dot of every event type is one of them.
var Topics = []string{"identity", "media", "listings", "pricing", "calendar", "bookings"}

// TopicOf gives the topic of an event type, without the prefix.
func TopicOf(eventType string) string {
	topic, _, _ := strings.Cut(eventType, ".")
	return topic
}

// Queue adds the outbox rows of evs to a batch that runs in the caller's transaction. The request id and the trace come from ctx.
func Queue(ctx context.Context, batch *pgx.Batch, evs ...Event) error {
	for _, e := range evs {
		row, err := newRow(ctx, e)
		if err != nil {
			return err
		}
		batch.Queue(insertOutbox, row.eventID, row.topic, row.key, row.kind, row.payload, row.requestID, row.traceparent)
	}
	return nil
}

// Append writes evs to the outbox in the caller's transaction, in order, in one round trip.
// They are published if and only if the transaction commits.
func Append(ctx context.Context, tx pgx.Tx, evs ...Event) error {
	var batch pgx.Batch
	if err := Queue(ctx, &batch, evs...); err != nil {
		return err
	}
	return tx.SendBatch(ctx, &batch).Close()
}

// payloadLimit keeps an event far below what the broker takes in one request: it carries ids and facts. A larger one
// would block the relay for ever, so it fails in the transaction that appends it.
const payloadLimit = 256 << 10

const insertOutbox = `insert into outbox (event_id, topic, key, type, payload, request_id, traceparent) values ($1, $2, $3, $4, $5, $6, $7)`

type row struct {
	eventID          uuid.UUID
	topic, key, kind string
	payload          []byte
	requestID        string
	traceparent      string
}

func newRow(ctx context.Context, e Event) (row, error) {
	payload, err := json.Marshal(e)
	if err != nil {
		return row{}, fmt.Errorf("events: encode %s: %w", e.EventType(), err)
	}
	if len(payload) > payloadLimit {
		return row{}, fmt.Errorf("events: %s has a payload of %d bytes, more than %d", e.EventType(), len(payload), payloadLimit)
	}
	id, err := uuid.NewV7()
	if err != nil {
		return row{}, fmt.Errorf("events: id: %w", err)
	}
	return row{eventID: id, topic: TopicOf(e.EventType()), key: e.EventKey(), kind: e.EventType(), payload: payload,
		requestID: RequestID(ctx), traceparent: trace.Parent(ctx)}, nil
}

type requestIDKey struct{}

// WithRequestID puts the id of the request that causes everything below into ctx; it travels with events to the handlers.
func WithRequestID(ctx context.Context, id string) context.Context {
	return context.WithValue(ctx, requestIDKey{}, id)
}

// RequestID of the request that caused this; empty when there is none.
func RequestID(ctx context.Context) string {
	id, _ := ctx.Value(requestIDKey{}).(string)
	return id
}

type eventIDKey struct{}

// WithID puts the id of the event that is being handled into ctx. The consumer does so for every handler.
func WithID(ctx context.Context, id uuid.UUID) context.Context {
	return context.WithValue(ctx, eventIDKey{}, id)
}

// ID of the event that is being handled: the same at every delivery of it, so that a handler can key its effect on it.
func ID(ctx context.Context) uuid.UUID {
	id, _ := ctx.Value(eventIDKey{}).(uuid.UUID)
	return id
}
