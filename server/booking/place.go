package booking

import (
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"time"

	"github.com/google/uuid"
	"github.com/jackc/pgx/v5"

	"github.com/rentora/rentora/server/booking/internal/query"
	"github.com/rentora/rentora/server/events"
	"github.com/rentora/rentora/server/idempotency"
	"github.com/rentora/rentora/server/identity"
	"github.com/rentora/rentora/server/trace"
)

// place runs the one statement; errNotPlaced when it inserted nothing. What it answers equals what a later read gives.
func (s *Service) place(ctx context.Context, q *query.Queries, actor identity.Actor, t terms, message string, key idempotency.Key, now time.Time) (Booking, error) {
	b, err := s.draft(actor, t, message, now)
	if err != nil {
		return Booking{}, err
	}
	p, err := placing(ctx, b, key)
	if err != nil {
		return Booking{}, err
	}
	row, err := q.Place(ctx, p)
	if errors.Is(err, pgx.ErrNoRows) {
		return Booking{}, errNotPlaced
	}
	if err != nil {
		return Booking{}, err
	}
	b.Listing = Place{ID: t.ListingID, Title: row.Title, City: row.City, CountryCode: row.CountryCode,
		AddressLine: row.AddressLine, PostalCode: row.PostalCode, Exact: &Point{Lat: row.Lat, Lng: row.Lng}}
	b.Host.Name, b.Guest.Name = row.HostName, row.GuestName
	return b, nil
}

// draft is the booking that the terms promise, before anybody knows whether its nights are free.
func (s *Service) draft(actor identity.Actor, t terms, message string, now time.Time) (Booking, error) {
	id, err := uuid.NewV7()
	if err != nil {
		return Booking{}, fmt.Errorf("booking: id: %w", err)
	}
	b := Booking{ID: id, Code: s.newCode(), Status: StatusConfirmed, Version: 1, Listing: Place{ID: t.ListingID}, Host: Party{ID: t.HostID}, Guest: Party{ID: actor.ID},
		CheckIn: t.CheckIn, CheckOut: t.CheckOut, Guests: t.Guests, Message: message, Lines: t.Lines, TotalMinor: t.TotalMinor, Currency: t.Currency,
		Policy: t.Policy, Timezone: t.Timezone, CheckInFrom: t.CheckInFrom, CreatedAt: now, UpdatedAt: now}
	if t.Mode == Instant {
		return b, nil
	}
	expires, err := s.answerBy(t, now)
	b.Status, b.ExpiresAt = StatusPending, &expires
	return b, err
}

// answerBy is until when the host can answer: never after the guest could stand at the door.
func (s *Service) answerBy(t terms, now time.Time) (time.Time, error) {
	begins, err := wallClock(t.CheckIn, t.CheckInFrom, t.Timezone)
	if expires := now.Add(s.conf.PendingLife); err != nil || expires.Before(begins) {
		return expires, err
	}
	return begins.UTC(), nil
}

// placing is a draft as the statement takes it, with its event and its request's key.
func placing(ctx context.Context, b Booking, key idempotency.Key) (query.PlaceParams, error) {
	lines, err := json.Marshal(b.Lines)
	if err != nil {
		return query.PlaceParams{}, fmt.Errorf("booking: lines: %w", err)
	}
	occupancy, err := uuid.NewV7()
	if err != nil {
		return query.PlaceParams{}, fmt.Errorf("booking: id: %w", err)
	}
	p := query.PlaceParams{ID: b.ID, OccupancyID: occupancy, Code: b.Code, ListingID: b.Listing.ID, HostID: b.Host.ID, GuestID: b.Guest.ID,
		CheckIn: b.CheckIn, CheckOut: b.CheckOut, Guests: int32(b.Guests), Status: string(b.Status), Message: b.Message, Currency: b.Currency,
		TotalMinor: b.TotalMinor, Lines: lines, CancellationPolicy: string(b.Policy), Timezone: b.Timezone, CheckInFrom: b.CheckInFrom,
		ExpiresAt: b.ExpiresAt, At: b.CreatedAt, RequestID: events.RequestID(ctx), Traceparent: trace.Parent(ctx),
		Key: key.Value, KeyLock: key.Lock(), Operation: key.Operation, RequestHash: key.Hash[:]}
	if b.Status == StatusPending {
		return announce(p, Requested(b.stay(b.Version)))
	}
	p.DecidedAt = &b.CreatedAt
	return announce(p, confirmed(b.stay(b.Version), true))
}

func announce(p query.PlaceParams, e events.Event) (query.PlaceParams, error) {
	payload, err := json.Marshal(e)
	if err != nil {
		return p, fmt.Errorf("booking: encode %s: %w", e.EventType(), err)
	}
	if p.EventID, err = uuid.NewV7(); err != nil {
		return p, fmt.Errorf("booking: id: %w", err)
	}
	p.Topic, p.EventKey, p.EventType, p.Payload = events.TopicOf(e.EventType()), e.EventKey(), e.EventType(), payload
	return p, nil
}
