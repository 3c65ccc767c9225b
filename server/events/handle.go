package events

import (
	"context"
	"errors"
	"log/slog"
	"time"

	"github.com/segmentio/kafka-go"

	"github.com/rentora/rentora/server/errs"
	"github.com/rentora/rentora/server/trace"
)

// outcome says what became of an event.
type outcome int

const (
	stopped outcome = iota // neither done nor kept, because time is up
	settled                // handled
	buried                 // among the dead letters, and in the inbox
	movedOn                // in a retry topic
)

// handle calls the handler until the event is done, buried or moved to a retry topic.
func (l *lane) handle(ctx context.Context, m kafka.Message, e Envelope, s Subscription) outcome {
	log := l.logOf(m, e)
	t := trailOf(m)
	for quick := 1; ; quick++ {
		t.attempts++
		err := l.tracedAttempt(ctx, m, e, s, t.attempts)
		switch {
		case err == nil:
			l.handled(m, e, "attempt", t.attempts)
			return settled
		case ctx.Err() != nil:
			return stopped
		}
		l.tell(m, e, err)
		switch {
		case errs.Is(err, errs.Invalid):
			return l.bury(ctx, log, m, e, t, err)
		case !errs.Is(err, errs.Unavailable) && l.tier == Tiers:
			return l.bury(ctx, log, m, e, t, err)
		case !errs.Is(err, errs.Unavailable) && (l.tier > 0 || quick >= l.Retry.Attempts || errors.Is(err, errTooSlow)):
			return l.move(ctx, log, m, e, t, err)
		}
		if l.ending() {
			return stopped // the next reader begins with it
		}
		l.Metrics.result(l.Group, e.Type, resultRetry)
		pause := l.pause(err, quick)
		log.Warn("an event could not be handled; it is tried again", "error", err, "attempt", t.attempts, "pause", pause)
		if !l.flush(ctx) || !l.rest(pause) {
			return stopped
		}
	}
}

// logOf names an event, its request and its trace in every line.
func (l *lane) logOf(m kafka.Message, e Envelope) *slog.Logger {
	log := l.Log.With("event", e.ID, "type", e.Type, "key", e.Key, "request_id", e.RequestID)
	if id := trace.IDOf(traceparentOf(m)); id != "" {
		log = log.With("trace_id", id)
	}
	return log
}

// handled counts and logs that an event is done.
func (l *lane) handled(m kafka.Message, e Envelope, how ...any) {
	l.Metrics.result(l.Group, e.Type, resultDone)
	l.Metrics.age(l.Group, time.Since(e.OccurredAt).Seconds())
	l.logOf(m, e).Info("event handled", how...)
}

func (l *lane) tell(m kafka.Message, e Envelope, err error) {
	if l.Failed != nil {
		l.Failed(l.Group+" "+e.Type, e.RequestID, trace.IDOf(traceparentOf(m)), err)
	}
}

// rest waits; false says that the stop came first.
func (l *lane) rest(pause time.Duration) bool { return wait(l.stopping, pause) }

// pause grows with the attempts and is never shorter than what the error asks for.
func (l *lane) pause(err error, attempt int) time.Duration {
	pause := doubling{l.Retry.First, l.Retry.Most}.after(attempt)
	var e *errs.Error
	if errors.As(err, &e) {
		pause = min(max(pause, e.RetryAfter), l.Retry.Most)
	}
	return pause
}

// tracedAttempt is attempt under a span of the event's trace.
func (l *lane) tracedAttempt(ctx context.Context, m kafka.Message, e Envelope, s Subscription, attempt int) error {
	ctx, span := l.begin(ctx, m, e, attempt)
	err := l.attempt(ctx, e, s)
	span.End(err)
	return err
}

// begin begins an event's span; without tracing it costs nothing.
func (l *lane) begin(ctx context.Context, m kafka.Message, e Envelope, attempt int, facts ...trace.Attribute) (context.Context, trace.Span) {
	if l.Tracing == nil {
		return ctx, trace.Span{}
	}
	facts = append(facts, trace.Text("messaging.system", "kafka"), trace.Text("messaging.consumer.group.name", l.Group),
		trace.Text("messaging.message.id", e.ID.String()), trace.Number("rentora.attempt", attempt))
	return l.Tracing.Begin(ctx, trace.Consumer, l.Group+" "+e.Type, traceparentOf(m), facts...)
}
