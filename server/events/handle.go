package events

import (
	"context"
	"errors"
	"fmt"
	"log/slog"
	"runtime/debug"
	"strings"
	"time"

	"github.com/segmentio/kafka-go"

	"github.com/rentora/rentora/server/errs"
	"github.com/rentora/rentora/server/events/internal/query"
	"github.com/rentora/rentora/server/postgres"
	"github.com/rentora/rentora/server/trace"
)

// handle calls the handler until the event is done or buried; false says that it is neither, because time is up.
func (l *lane) handle(ctx context.Context, m kafka.Message, e Envelope, s Subscription) bool {
	log := l.Log.With("event", e.ID, "type", e.Type, "key", e.Key, "request_id", e.RequestID)
	if id := trace.IDOf(traceparentOf(m)); id != "" {
		log = log.With("trace_id", id)
	}
	for attempt := 1; ; attempt++ {
		err := l.tracedAttempt(ctx, m, e, s, attempt)
		switch {
		case err == nil:
			l.Metrics.result(l.Group, e.Type, resultDone)
			l.Metrics.age(l.Group, time.Since(e.OccurredAt).Seconds())
			log.Info("event handled", "attempt", attempt)
			return true
		case ctx.Err() != nil:
			return false
		case l.hopeless(err, attempt):
			return l.bury(ctx, log, m, e, attempt, err)
		}
		if l.ending() {
			return false // the next reader begins with it
		}
		l.Metrics.result(l.Group, e.Type, resultRetry)
		pause := l.pause(err, attempt)
		log.Warn("an event could not be handled; it is tried again", "error", err, "attempt", attempt, "pause", pause)
		if !l.flush(ctx) || !l.rest(pause) {
			return false
		}
	}
}

// rest waits before the next attempt; false says that the stop came first.
func (l *lane) rest(pause time.Duration) bool {
	timer := time.NewTimer(pause)
	defer timer.Stop()
	select {
	case <-l.stopping:
		return false
	case <-timer.C:
		return true
	}
}

func (l *lane) hopeless(err error, attempt int) bool {
	switch errs.KindOf(err) {
	case errs.Invalid:
		return true
	case errs.Unavailable:
		return false
	default:
		return attempt >= l.Retry.Attempts
	}
}

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
	if l.Tracing == nil {
		return l.attempt(ctx, e, s)
	}
	ctx, span := l.Tracing.Begin(ctx, trace.Consumer, l.Group+" "+e.Type, traceparentOf(m), trace.Text("messaging.system", "kafka"),
		trace.Text("messaging.consumer.group.name", l.Group), trace.Text("messaging.message.id", e.ID.String()), trace.Number("rentora.attempt", attempt))
	err := l.attempt(ctx, e, s)
	span.End(err)
	return err
}

// attempt calls the handler once, in a slot, with a deadline.
func (l *lane) attempt(ctx context.Context, e Envelope, s Subscription) (err error) {
	if s.handle == nil {
		return errs.E(errs.Invalid, "the message is not an event of ours")
	}
	select {
	case l.slots <- struct{}{}:
		defer func() { <-l.slots }()
	case <-ctx.Done():
		return ctx.Err()
	}
	ctx, cancel := context.WithTimeout(WithID(WithRequestID(ctx, e.RequestID), e.ID), l.HandlerTimeout)
	defer cancel()
	begin := time.Now()
	defer func() { l.Metrics.took(l.Group, e.Type, time.Since(begin).Seconds()) }()
	err = guarded(func() error { return s.handle(ctx, e.Data) })
	if err != nil && errors.Is(ctx.Err(), context.DeadlineExceeded) {
		// Not Unavailable, whatever the handler says: one that never ends in time must not be tried for ever.
		return errs.Ef(errs.Internal, "the handler did not finish in %s", l.HandlerTimeout).Because(err)
	}
	return postgres.Translate(err)
}

// guarded turns a panic into an Internal error with its stack.
func guarded(fn func() error) (err error) {
	defer func() {
		if p := recover(); p != nil {
			err = errs.E(errs.Internal, "the handler panicked").Because(fmt.Errorf("%v\n%s", p, debug.Stack()))
		}
	}()
	return fn()
}

// bury keeps the event in the dead letters, so that the partition goes on and nothing is lost in silence.
func (l *lane) bury(ctx context.Context, log *slog.Logger, m kafka.Message, e Envelope, attempts int, cause error) bool {
	letter := query.BuryParams{Consumer: l.Group, EventID: e.ID, Topic: text(strings.TrimPrefix(m.Topic, l.Kafka.TopicPrefix)), Key: text(e.Key),
		Type: text(e.Type), Payload: storable(e.Data), RequestID: text(e.RequestID), Error: text(cause.Error()), Attempts: int32(attempts)}
	if !l.insist(ctx, "keeping a dead letter", func(ctx context.Context) error { return query.New(l.Pool).Bury(ctx, letter) }) {
		return false
	}
	l.Metrics.result(l.Group, e.Type, resultDead)
	log.Error("an event went to the dead letters", "error", cause, "attempts", attempts)
	return true
}

// text makes a string that a text column takes.
func text(s string) string {
	return strings.ReplaceAll(strings.ToValidUTF8(s, "\uFFFD"), "\x00", "")
}

// storable gives data as a jsonb column takes it: a zero character, which JSON allows and jsonb refuses, seals it.
func storable(data []byte) []byte {
	if len(data) == 0 || strings.Contains(string(data), `\u0000`) {
		return sealed(data)
	}
	return data
}
