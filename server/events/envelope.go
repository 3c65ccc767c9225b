package events

import (
	"encoding/json"
	"time"

	"github.com/google/uuid"
	"github.com/segmentio/kafka-go"

	"github.com/rentora/rentora/server/events/internal/query"
	"github.com/rentora/rentora/server/trace"
)

// Envelope is the value of a message: what happened, with what is needed to handle it once and to trace it.
type Envelope struct {
	ID         uuid.UUID       `json:"id"`
	Type       string          `json:"type"`
	Key        string          `json:"key"`
	OccurredAt time.Time       `json:"occurred_at"`
	RequestID  string          `json:"request_id,omitempty"`
	Data       json.RawMessage `json:"data"`
}

var jsonHeader = []kafka.Header{{Key: "content-type", Value: []byte("application/json")}}

// headersOf are those of every message, and the trace of what appended the event.
func headersOf(traceparent string) []kafka.Header {
	if traceparent == "" {
		return jsonHeader
	}
	return []kafka.Header{jsonHeader[0], {Key: trace.Header, Value: []byte(traceparent)}}
}

// traceparentOf gives the trace that a message belongs to; empty when it belongs to none.
func traceparentOf(m kafka.Message) string {
	for _, h := range m.Headers {
		if h.Key == trace.Header {
			return string(h.Value)
		}
	}
	return ""
}

func newMessage(prefix string, r query.UnpublishedRow) (kafka.Message, error) {
	value, err := json.Marshal(Envelope{ID: r.EventID, Type: r.Type, Key: r.Key, OccurredAt: r.CreatedAt.UTC(), RequestID: r.RequestID, Data: r.Payload})
	return kafka.Message{Topic: prefix + r.Topic, Key: []byte(r.Key), Value: value, Headers: headersOf(r.Traceparent)}, err
}

// unreadable is the type under which a message is kept that is no envelope.
const unreadable = "unreadable"

// open reads a message. One that is no envelope gives an envelope all the same: its id comes from its place, so that
// it is always the same one, and its data carries the bytes; ok is false then.
func open(m kafka.Message) (e Envelope, ok bool) {
	if err := json.Unmarshal(m.Value, &e); err == nil && e.ID != uuid.Nil && e.Type != "" {
		return e, true
	}
	place, _ := json.Marshal([]any{m.Topic, m.Partition, m.Offset})
	return Envelope{ID: uuid.NewSHA1(uuid.NameSpaceOID, place), Type: unreadable, Key: string(m.Key), OccurredAt: m.Time, Data: sealed(m.Value)}, false
}

// sealed wraps bytes of any kind so that a jsonb column takes them.
func sealed(raw []byte) []byte {
	wrapped, _ := json.Marshal(map[string][]byte{"base64": raw})
	return wrapped
}
