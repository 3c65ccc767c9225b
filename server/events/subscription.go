package events

import (
	"context"
	"encoding/json"

	"github.com/rentora/rentora/server/errs"
)

// Subscription is one line of the event map: a consumer group listens to one type of event.
type Subscription struct {
	Group  string
	Type   string
	handle func(ctx context.Context, payload []byte) error
	many   *Many                                // handles several at once; nil: each by itself
	key    func(payload []byte) (string, error) // with many
}

// On subscribes a method to the events of type T for a consumer group. The handler may be called more than once with one
// event (a crash between its effect and our commit), and in one program never at the same time with two events of one
// topic and key; while a partition moves to another program, both may handle events that the one had read, for a moment.
// What it returns decides: nil is done, errs.Invalid goes to the dead letters at once, everything else is tried again.
func On[T Event](group string, handler func(context.Context, T) error) Subscription {
	var zero T
	return Subscription{Group: group, Type: zero.EventType(), handle: func(ctx context.Context, payload []byte) error {
		e, err := payloadOf[T](payload)
		if err != nil {
			return err
		}
		return handler(ctx, e)
	}}
}

func payloadOf[T Event](payload []byte) (e T, err error) {
	if err := json.Unmarshal(payload, &e); err != nil {
		return e, errs.Ef(errs.Invalid, "the payload of %s does not decode", e.EventType()).Because(err)
	}
	return e, nil
}
