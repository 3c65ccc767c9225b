package booking

import (
	"context"
	"errors"
	"time"
	"unicode/utf8"

	"github.com/google/uuid"
	"github.com/jackc/pgx/v5"

	"github.com/rentora/rentora/server/booking/internal/query"
	"github.com/rentora/rentora/server/calendar"
	"github.com/rentora/rentora/server/date"
	"github.com/rentora/rentora/server/errs"
	"github.com/rentora/rentora/server/idempotency"
	"github.com/rentora/rentora/server/identity"
	"github.com/rentora/rentora/server/postgres"
)

// NewBooking is what a guest sends to book a quote.
type NewBooking struct {
	QuoteToken string
	Message    string // to the host
}

// errNotPlaced says that the one statement inserted nothing: a night is taken, or the listing is not live any more.
var errNotPlaced = errors.New("booking: not placed")

// codeTries bounds how often a short code that exists already is drawn anew; one collision in 2^40 per booking is rare enough.
const codeTries = 4

// Create books a quoted stay for the actor, at the quote's price: confirmed at once or, on request, PENDING until the host
// answers. Refusals: a token that is not ours is errs.Invalid, an expired one and taken dates are errs.Conflict with the
// codes quote_expired and dates_taken (details as for Quote). It is one round trip to the database, with a key too, unless
// something stands in the way.
func (s *Service) Create(ctx context.Context, actor identity.Actor, n NewBooking, key idempotency.Key) (Booking, error) {
	t, err := s.signer.read(n.QuoteToken)
	if err != nil {
		return Booking{}, err
	}
	if utf8.RuneCountInString(n.Message) > 2000 {
		return Booking{}, errs.InvalidField("message", "max_length", "message must have at most 2000 characters.")
	}
	var b Booking
	for range codeTries {
		if b, err = s.create(ctx, actor, t, n.Message, key); !postgres.Violates(err, "bookings_code_key") {
			break
		}
	}
	if errors.Is(err, errNotPlaced) {
		return Booking{}, s.refusal(ctx, t)
	}
	if err != nil {
		return Booking{}, postgres.Translate(err)
	}
	return b.seenBy(actor), nil
}

// create tries the bare statement first, which nearly always does it: the key is claimed and remembered in it. A key that
// was used, or a night that an expired request still holds, needs a transaction of several.
func (s *Service) create(ctx context.Context, actor identity.Actor, t terms, message string, key idempotency.Key) (Booking, error) {
	now := s.now()
	refused := t.check(actor, now)
	if refused != nil && key.Value == "" {
		return Booking{}, refused
	}
	if refused == nil {
		b, err := s.place(ctx, s.query(), actor, t, message, key, now)
		if !errors.Is(err, errNotPlaced) && !postgres.Retryable(err) && !postgres.Violates(err, "idempotency_keys_pkey") {
			return b, err
		}
	}
	return s.createInSteps(ctx, actor, t, message, key, now)
}

// createInSteps replays what the key has made already, or makes it, over expired requests if need be.
func (s *Service) createInSteps(ctx context.Context, actor identity.Actor, t terms, message string, key idempotency.Key, now time.Time) (Booking, error) {
	var b Booking
	var replayed bool
	var id uuid.UUID
	err := postgres.Tx(ctx, s.pool, func(tx pgx.Tx) (err error) {
		id, replayed, err = idempotency.Once(ctx, tx, key, func() (uuid.UUID, error) {
			if err := t.check(actor, now); err != nil {
				return uuid.Nil, err
			}
			b, err = s.placeOverExpired(ctx, tx, actor, t, message, now)
			return b.ID, err
		})
		return err
	})
	if err == nil && replayed {
		return s.load(ctx, actor, id)
	}
	return b, err
}

// placeOverExpired flips the requests in the way that nobody answered in time, and tries again if there were any.
func (s *Service) placeOverExpired(ctx context.Context, tx pgx.Tx, actor identity.Actor, t terms, message string, now time.Time) (Booking, error) {
	b, err := s.place(ctx, query.New(tx), actor, t, message, idempotency.Key{}, now)
	if !errors.Is(err, errNotPlaced) {
		return b, err
	}
	// Also when there is none to flip: the sweep may have been quicker, and the nights are free by now.
	if err := expireOverlapping(ctx, tx, t, now); err != nil {
		return Booking{}, err
	}
	return s.place(ctx, query.New(tx), actor, t, message, idempotency.Key{}, now)
}

// check says what has changed since the quote was given.
func (t terms) check(actor identity.Actor, now time.Time) error {
	if !actor.SignedIn() {
		return errs.E(errs.Unauthenticated, "Sign in to book.")
	}
	if actor.ID == t.HostID {
		return errs.E(errs.Forbidden, "You cannot book your own listing. Block the nights in its calendar instead.").Coded("own_listing")
	}
	today, err := calendar.Today(now, t.Timezone)
	if err != nil {
		return err
	}
	if !now.Before(t.ExpiresAt) || t.CheckIn < today+date.Date(t.NoticeDays) {
		return errs.E(errs.Conflict, "This quote has expired. Ask for a new one.").Coded("quote_expired")
	}
	if t.Mode == Request {
		begins, err := wallClock(t.CheckIn, t.CheckInFrom, t.Timezone)
		if err != nil {
			return err
		}
		if !now.Before(begins) {
			return errs.E(errs.Conflict, "The host could no longer answer a request for today. Choose a later check-in.").Coded("quote_expired")
		}
	}
	return nil
}

// refusal looks, after the transaction, why nothing was placed.
func (s *Service) refusal(ctx context.Context, t terms) error {
	stay := date.Range{Start: t.CheckIn, End: t.CheckOut}
	o, err := s.offer(ctx, t.ListingID, stay, s.now())
	if err != nil {
		return err
	}
	if o.Status != "live" {
		return notBookable()
	}
	if !o.isTaken(stay) {
		return errs.E(errs.Conflict, "Somebody held these nights a moment ago and has let them go. Please try again.").Coded("dates_contended").After(time.Second)
	}
	return o.taken(stay)
}
