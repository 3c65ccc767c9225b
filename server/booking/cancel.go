package booking

import (
	"context"
	"time"

	"github.com/google/uuid"
	"github.com/jackc/pgx/v5"

	"github.com/rentora/rentora/server/booking/internal/query"
	"github.com/rentora/rentora/server/calendar"
	"github.com/rentora/rentora/server/errs"
	"github.com/rentora/rentora/server/events"
	"github.com/rentora/rentora/server/idempotency"
	"github.com/rentora/rentora/server/identity"
	"github.com/rentora/rentora/server/postgres"
)

// Cancel ends a PENDING or CONFIRMED booking for its guest, its host or an admin, gives its nights back and notes the
// refund, which is what PreviewCancellation gives at the same instant. A repeated key gives the booking as it is by now.
func (s *Service) Cancel(ctx context.Context, actor identity.Actor, id uuid.UUID, reason string, key idempotency.Key) (Booking, error) {
	now := s.now()
	err := postgres.Tx(ctx, s.pool, func(tx pgx.Tx) error {
		_, _, err := idempotency.Once(ctx, tx, key, func() (uuid.UUID, error) { return id, cancel(ctx, tx, actor, id, reason, now) })
		return err
	})
	return s.moved(ctx, actor, id, "cancel", err)
}

func cancel(ctx context.Context, tx pgx.Tx, actor identity.Actor, id uuid.UUID, reason string, now time.Time) error {
	b, c, err := cancellation(ctx, query.New(tx), actor, id, now)
	if err != nil {
		return err
	}
	by := b.partOf(actor)
	to := map[Part]Status{asGuest: StatusCancelledByGuest, asHost: StatusCancelledByHost, asAdmin: StatusCancelledByAdmin}[by]
	return apply(ctx, tx, actor, b, move{to: to, verb: "cancel", by: by, reason: reason, frees: true, refund: &c.RefundMinor,
		event: func(s Stay) events.Event { return cancelled(s, by) }}, now)
}

// PreviewCancellation tells what Cancel would give back now, or why it would refuse.
func (s *Service) PreviewCancellation(ctx context.Context, actor identity.Actor, id uuid.UUID) (Cancellation, error) {
	_, c, err := cancellation(ctx, s.query(), actor, id, s.now())
	return c, err
}

func cancellation(ctx context.Context, q *query.Queries, actor identity.Actor, id uuid.UUID, now time.Time) (Booking, Cancellation, error) {
	b, err := load(ctx, q, actor, id)
	if err != nil {
		return Booking{}, Cancellation{}, err
	}
	by := b.partOf(actor)
	if err := b.cancellable(by, now); err != nil {
		return Booking{}, Cancellation{}, err
	}
	c, err := b.cancellation(by, now)
	return b, c, err
}

func (b Booking) cancellable(by Part, now time.Time) error {
	if b.Status != StatusPending && b.Status != StatusConfirmed || b.expired(now) {
		return b.refuses("cancel", now)
	}
	today, err := calendar.Today(now, b.Timezone)
	if err != nil {
		return err
	}
	if today >= b.CheckOut {
		return errs.Ef(errs.Conflict, "You cannot cancel this booking: the stay ended on %s.", b.CheckOut).Coded("stay_ended")
	}
	begins, err := b.CheckInMoment()
	if err != nil {
		return err
	}
	if by == asGuest && !now.Before(begins) {
		return errs.Ef(errs.Conflict, "You cannot cancel this booking: the stay began on %s. Ask the host.", local(begins, b.Timezone)).Coded("stay_began")
	}
	return nil
}
