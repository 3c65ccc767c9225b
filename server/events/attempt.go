package events

import (
	"context"
	"errors"
	"time"

	"github.com/rentora/rentora/server/errs"
	"github.com/rentora/rentora/server/postgres"
)

const (
	// abandonedMost bounds how many handlers of a group may run on after they were given up.
	abandonedMost = 16
	// leeway is how much later than its deadline a handler may come back before it is given up.
	leeway = time.Second
)

// errTooSlow marks the error of a handler whose deadline passed: another try at once would take as long.
var errTooSlow = errors.New("the deadline has passed")

// attempt calls the handler once, in a slot, with a deadline. A handler that does not come back after its deadline is
// abandoned: it keeps running, and the group goes on without it.
func (l *lane) attempt(ctx context.Context, e Envelope, s Subscription) error {
	if s.handle == nil {
		return e.refusal()
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
	done := make(chan error, 1)
	go func() { done <- guarded(func() error { return s.handle(ctx, e.Data) }) }()
	err := l.patiently(ctx, done)
	if err != nil && errors.Is(ctx.Err(), context.DeadlineExceeded) {
		l.Metrics.timedOut(l.Group, e.Type)
		// Not Unavailable, whatever the handler says: one that never ends in time must not be tried for ever.
		return errs.Ef(errs.Internal, "the handler did not finish in %s", l.HandlerTimeout).Because(errors.Join(errTooSlow, err))
	}
	return postgres.Translate(err)
}

// patiently gives what the handler says. When it says nothing for the leeway after its time is over, it is abandoned,
// unless too many are already: then there is no memory to spend on more of them, and the lane waits.
func (l *lane) patiently(ctx context.Context, done chan error) error {
	select {
	case err := <-done:
		return err
	case <-ctx.Done():
	}
	timer := time.NewTimer(leeway)
	defer timer.Stop()
	select {
	case err := <-done:
		return err
	case <-timer.C:
	}
	select {
	case err := <-done:
		return err
	case l.abandoned <- struct{}{}:
	}
	l.Metrics.abandon(l.Group, 1)
	l.Log.Error("a handler ignores its deadline; it is abandoned", "abandoned", len(l.abandoned), "most", abandonedMost)
	go func() {
		<-done //nolint:errcheck // nobody waits for what it says
		<-l.abandoned
		l.Metrics.abandon(l.Group, -1)
	}()
	return ctx.Err()
}

// Stuck tells whether so many handlers ignored their deadlines that no further one can be abandoned: only a new process helps.
func (c *Consumer) Stuck() bool { return len(c.abandoned) == cap(c.abandoned) }

// guarded turns a panic into an Internal error with its stack.
func guarded(fn func() error) (err error) {
	defer func() {
		if p := recover(); p != nil {
			err = errs.E(errs.Internal, "the handler panicked").Because(errs.Recovered(p))
		}
	}()
	return fn()
}
