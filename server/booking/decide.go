package booking

import (
	"context"
	"errors"
	"time"
	"unicode/utf8"

	"github.com/google/uuid"
	"github.com/jackc/pgx/v5"

	"github.com/rentora/rentora/server/audit"
	"github.com/rentora/rentora/server/booking/internal/query"
	"github.com/rentora/rentora/server/errs"
	"github.com/rentora/rentora/server/events"
	"github.com/rentora/rentora/server/identity"
	"github.com/rentora/rentora/server/postgres"
)

// move is one transition of a booking.
type move struct {
	to     Status
	verb   string // for sentences: "confirm"
	by     Part
	reason string
	frees  bool // gives the nights back
	refund *int64
	event  func(Stay) events.Event
}

// Confirm takes a request, for its host or an admin. After its time it is errs.Conflict, code expired.
func (s *Service) Confirm(ctx context.Context, actor identity.Actor, id uuid.UUID) (Booking, error) {
	return s.decide(ctx, actor, id, move{to: StatusConfirmed, verb: "confirm", event: func(s Stay) events.Event { return confirmed(s, false) }})
}

// Decline refuses a request, for its host or an admin, and gives its nights back.
func (s *Service) Decline(ctx context.Context, actor identity.Actor, id uuid.UUID, reason string) (Booking, error) {
	return s.decide(ctx, actor, id, move{to: StatusDeclined, verb: "decline", reason: reason, frees: true, event: func(s Stay) events.Event { return Declined(s) }})
}

func (s *Service) decide(ctx context.Context, actor identity.Actor, id uuid.UUID, m move) (Booking, error) {
	b, err := s.load(ctx, actor, id)
	if err != nil {
		return Booking{}, err
	}
	if m.by = b.partOf(actor); m.by == asGuest {
		return Booking{}, errs.Ef(errs.Forbidden, "Only the host can %s a request.", m.verb)
	}
	now := s.now()
	if b.Status != StatusPending || b.expired(now) {
		return Booking{}, b.refuses(m.verb, now)
	}
	err = postgres.Tx(ctx, s.pool, func(tx pgx.Tx) error { return apply(ctx, tx, actor, b, m, now) })
	return s.moved(ctx, actor, id, m.verb, err)
}

// errOvertaken says that the booking is not any more as it was read.
var errOvertaken = errors.New("booking: overtaken")

// apply writes the transition with its history, event and, for an admin, audit record. Where somebody else was quicker it is
// errOvertaken.
func apply(ctx context.Context, tx pgx.Tx, actor identity.Actor, b Booking, m move, now time.Time) error {
	if utf8.RuneCountInString(m.reason) > 500 {
		return errs.InvalidField("reason", "max_length", "reason must have at most 500 characters.")
	}
	p := query.MoveParams{ID: b.ID, FromStatus: string(b.Status), Version: b.Version, ToStatus: string(m.to), At: now, Reason: m.reason, RefundMinor: m.refund,
		Frees: m.frees, ActorID: actor.ID, ActorRole: string(m.by)}
	if m.to == StatusConfirmed || m.to == StatusDeclined {
		p.DecidedAt = &now
	} else {
		p.EndedAt = &now
	}
	version, err := query.New(tx).Move(ctx, p)
	if errors.Is(err, pgx.ErrNoRows) {
		return errOvertaken
	}
	if err != nil {
		return err
	}
	if err := events.Append(ctx, tx, m.event(b.stay(version))); err != nil || m.by != asAdmin {
		return err
	}
	return audit.Append(ctx, tx, audit.Entry{ActorID: &actor.ID, ActorRole: string(actor.Role), Action: "booking." + m.verb, TargetType: "booking",
		TargetID: &b.ID, Diff: map[string]any{"from": b.Status, "to": m.to, "reason": m.reason}, Address: actor.Address})
}

// moved is the answer to a transition that ended with err.
func (s *Service) moved(ctx context.Context, actor identity.Actor, id uuid.UUID, verb string, err error) (Booking, error) {
	if errors.Is(err, errOvertaken) {
		return Booking{}, s.overtaken(ctx, actor, id, verb)
	}
	if err != nil {
		return Booking{}, err
	}
	return s.Get(ctx, actor, id)
}

// overtaken names the state that another transition left.
func (s *Service) overtaken(ctx context.Context, actor identity.Actor, id uuid.UUID, verb string) error {
	b, err := s.load(ctx, actor, id)
	if err != nil {
		return err
	}
	return b.refuses(verb, s.now())
}

// refuses is the sentence for a transition that the booking's state does not allow.
func (b Booking) refuses(verb string, now time.Time) error {
	if b.expired(now) || b.Status == StatusExpired {
		return errs.Ef(errs.Conflict, "You cannot %s this booking: the request was not answered in time and has expired.", verb).Coded("expired")
	}
	return errs.Ef(errs.Conflict, "You cannot %s this booking: it is %s.", verb, b.Status).Coded("wrong_status").With(map[string]any{"status": b.Status})
}
