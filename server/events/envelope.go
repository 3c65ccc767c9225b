package events

import (
	"encoding/json"
	"time"

	"github.com/google/uuid"
	"github.com/segmentio/kafka-go"

	"github.com/rentora/rentora/server/errs"
	"github.com/rentora/rentora/server/events/internal/query"
	"github.com/rentora/rentora/server/trace"
)

// Envelope is the value of a message: what happened, with what is needed to handle it once and to trace it.
type Envelope struct {
	Version    int             `json:"v,omitempty"` // of this form: 1, which 0 means too
	ID         uuid.UUID       `json:"id"`
	Type       string          `json:"type"`
	Key        string          `json:"key"`
	OccurredAt time.Time       `json:"occurred_at"`
	RequestID  string          `json:"request_id,omitempty"`
	Data       json.RawMessage `json:"data"`

	broken error // why it is no event of ours
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

// messageLimit is far more than the relay ever sends: an envelope around the largest payload.
const messageLimit = 2 * payloadLimit

// open reads a message. One that is no envelope gives an envelope all the same: its id comes from its place, so that
// it is always the same one, its data carries the bytes, and broken says what is wrong.
func open(m kafka.Message) (e Envelope) {
	var reason error
	switch err := decode(m.Value, &e); {
	case len(m.Value) > messageLimit:
		reason = errs.Ef(errs.Invalid, "the message has %d bytes, more than %d", len(m.Value), messageLimit)
	case err != nil:
		reason = errs.E(errs.Invalid, "the message is not an envelope").Because(err)
	case e.Version > 1:
		reason = errs.Ef(errs.Invalid, "the message has version %d of the envelope, and this program knows 1", e.Version)
	case e.ID == uuid.Nil || e.Type == "":
		reason = errs.E(errs.Invalid, "the message has no id or no type")
	default:
		return e
	}
	place, _ := json.Marshal([]any{m.Topic, m.Partition, m.Offset})
	return Envelope{ID: uuid.NewSHA1(uuid.NameSpaceOID, place), Type: unreadable, Key: string(m.Key), OccurredAt: m.Time, Data: sealed(m.Value), broken: reason}
}

func decode(value []byte, e *Envelope) error {
	if len(value) > messageLimit {
		return nil // its size says enough
	}
	return json.Unmarshal(value, e)
}

// refusal says why nobody handles the event.
func (e Envelope) refusal() error {
	if e.broken != nil {
		return e.broken
	}
	return errs.Ef(errs.Invalid, "there is no event of type %q in this release", e.Type)
}

// sealedMost bounds what is kept of a message that nobody can read.
const sealedMost = 64 << 10

// sealed wraps bytes of any kind, the first of them when there are many, so that a jsonb column takes them.
func sealed(raw []byte) []byte {
	wrapped, _ := json.Marshal(struct {
		Base64 []byte `json:"base64"`
		Bytes  int    `json:"bytes"`
	}{raw[:min(len(raw), sealedMost)], len(raw)})
	return wrapped
}
