package booking

import (
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"time"
	"unicode/utf8"

	"github.com/google/uuid"
	"github.com/jackc/pgx/v5"

	"github.com/rentora/rentora/server/booking/internal/query"
	"github.com/rentora/rentora/server/calendar"
	"github.com/rentora/rentora/server/date"
	"github.com/rentora/rentora/server/errs"
	"github.com/rentora/rentora/server/events"
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
// codes quote_expired and dates_taken (details as for Quote). Without a key it is one statement in one transaction.
func (s *Service) Create(ctx context.Context, actor identity.Actor, n NewBooking, key idempotency.Key) (Booking, error) {
	t, err := s.signer.read(n.QuoteToken)
	if err != nil {
		return Booking{}, err
	}
	if utf8.RuneCountInString(n.Message) > 2000 {
		return Booking{}, errs.InvalidField("message", "max_length", "message must have at most 2000 characters.")
	}
	var id uuid.UUID
	for range codeTries {
		if id, err = s.create(ctx, actor, t, n.Message, key); !postgres.Violates(err, "bookings_code_key") {
			break
		}
	}
	if errors.Is(err, errNotPlaced) {
		return Booking{}, s.refusal(ctx, t)
	}
	if err != nil {
		return Booking{}, postgres.Translate(err)
	}
	return s.Get(ctx, actor, id)
}

// create tries the bare statement first, which nearly always does it; a key or a night that an expired request still holds
// needs a transaction of several.
func (s *Service) create(ctx context.Context, actor identity.Actor, t terms, message string, key idempotency.Key) (uuid.UUID, error) {
	now := s.now()
	if key.Value == "" {
		if err := t.check(actor, now); err != nil {
			return uuid.Nil, err
		}
		id, err := s.place(ctx, s.query(), actor, t, message, now)
		if !errors.Is(err, errNotPlaced) && !postgres.Retryable(err) {
			return id, err
		}
	}
	var id uuid.UUID
	err := postgres.Tx(ctx, s.pool, func(tx pgx.Tx) error {
		var err error
		id, _, err = idempotency.Once(ctx, tx, key, func() (uuid.UUID, error) {
			if err := t.check(actor, now); err != nil {
				return uuid.Nil, err
			}
			return s.placeOverExpired(ctx, tx, actor, t, message, now)
		})
		return err
	})
	return id, err
}

// placeOverExpired flips the requests in the way that nobody answered in time, and tries again if there were any.
func (s *Service) placeOverExpired(ctx context.Context, tx pgx.Tx, actor identity.Actor, t terms, message string, now time.Time) (uuid.UUID, error) {
	id, err := s.place(ctx, query.New(tx), actor, t, message, now)
	if !errors.Is(err, errNotPlaced) {
		return id, err
	}
	// Also when there is none to flip: the sweep may have been quicker, and the nights are free by now.
	if err := expireOverlapping(ctx, tx, t, now); err != nil {
		return uuid.Nil, err
	}
	return s.place(ctx, query.New(tx), actor, t, message, now)
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

// place runs the one statement; errNotPlaced when it inserted nothing.
func (s *Service) place(ctx context.Context, q *query.Queries, actor identity.Actor, t terms, message string, now time.Time) (uuid.UUID, error) {
	p, err := s.placing(ctx, actor, t, message, now)
	if err != nil {
		return uuid.Nil, err
	}
	id, err := q.Place(ctx, p)
	if errors.Is(err, pgx.ErrNoRows) {
		return uuid.Nil, errNotPlaced
	}
	return id, err
}

func (s *Service) placing(ctx context.Context, actor identity.Actor, t terms, message string, now time.Time) (query.PlaceParams, error) {
	var ids [3]uuid.UUID
	for i := range ids {
		var err error
		if ids[i], err = uuid.NewV7(); err != nil {
			return query.PlaceParams{}, fmt.Errorf("booking: id: %w", err)
		}
	}
	lines, err := json.Marshal(t.Lines)
	if err != nil {
		return query.PlaceParams{}, fmt.Errorf("booking: lines: %w", err)
	}
	p := query.PlaceParams{ID: ids[0], OccupancyID: ids[1], EventID: ids[2], Code: s.newCode(), ListingID: t.ListingID, HostID: t.HostID, GuestID: actor.ID,
		CheckIn: t.CheckIn, CheckOut: t.CheckOut, Guests: int32(t.Guests), Message: message, Currency: t.Currency, TotalMinor: t.TotalMinor, Lines: lines,
		CancellationPolicy: string(t.Policy), Timezone: t.Timezone, CheckInFrom: t.CheckInFrom, At: now, RequestID: events.RequestID(ctx)}
	stay := Stay{BookingID: p.ID, ListingID: t.ListingID, HostID: t.HostID, GuestID: actor.ID, CheckIn: t.CheckIn, CheckOut: t.CheckOut, Version: 1}
	if t.Mode == Instant {
		p.Status, p.DecidedAt = string(StatusConfirmed), &now
		return announce(p, confirmed(stay, true))
	}
	expires, err := s.answerBy(t, now)
	if err != nil {
		return p, err
	}
	p.Status, p.ExpiresAt = string(StatusPending), &expires
	return announce(p, Requested(stay))
}

// answerBy is until when the host can answer: never after the guest could stand at the door.
func (s *Service) answerBy(t terms, now time.Time) (time.Time, error) {
	begins, err := wallClock(t.CheckIn, t.CheckInFrom, t.Timezone)
	if expires := now.Add(s.conf.PendingLife); err != nil || expires.Before(begins) {
		return expires, err
	}
	return begins, nil
}

func announce(p query.PlaceParams, e events.Event) (query.PlaceParams, error) {
	payload, err := json.Marshal(e)
	if err != nil {
		return p, fmt.Errorf("booking: encode %s: %w", e.EventType(), err)
	}
	p.Topic, p.EventKey, p.EventType, p.Payload = events.TopicOf(e.EventType()), e.EventKey(), e.EventType(), payload
	return p, nil
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
