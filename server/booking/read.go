package booking

import (
	"context"
	"errors"
	"fmt"
	"time"

	"github.com/goccy/go-json"
	"github.com/google/uuid"
	"github.com/jackc/pgx/v5"

	"github.com/rentora/rentora/server/booking/internal/query"
	"github.com/rentora/rentora/server/errs"
	"github.com/rentora/rentora/server/identity"
	"github.com/rentora/rentora/server/page"
	"github.com/rentora/rentora/server/postgres"
	"github.com/rentora/rentora/server/pricing"
)

// Change is one row of a booking's history.
type Change struct {
	From, To  Status // From is empty at creation
	ActorID   *uuid.UUID
	ActorRole string // as what they acted: guest, host, admin, system
	Reason    string
	At        time.Time
}

// Filter narrows List; empty fields do not.
type Filter struct {
	AsHost    bool // stays at the actor's listings instead of stays that the actor booked
	Status    *Status
	ListingID *uuid.UUID
}

// Get gives a booking to its guest, its host or an admin; to others it does not exist.
func (s *Service) Get(ctx context.Context, actor identity.Actor, id uuid.UUID) (Booking, error) {
	b, err := s.load(ctx, actor, id)
	return b.seenBy(actor), err
}

// load is Get with all that the booking holds.
func (s *Service) load(ctx context.Context, actor identity.Actor, id uuid.UUID) (Booking, error) {
	return load(ctx, s.query(), actor, id)
}

func load(ctx context.Context, q *query.Queries, actor identity.Actor, id uuid.UUID) (Booking, error) {
	row, err := q.Get(ctx, id)
	if errors.Is(err, pgx.ErrNoRows) {
		return Booking{}, noBooking()
	}
	if err != nil {
		return Booking{}, postgres.Translate(err)
	}
	b, err := bookingOf(row)
	if err != nil {
		return Booking{}, err
	}
	if b.partOf(actor) == asNobody {
		return Booking{}, noBooking()
	}
	return b, nil
}

// History gives every change of a booking's status, oldest first, to who may see the booking.
func (s *Service) History(ctx context.Context, actor identity.Actor, id uuid.UUID) ([]Change, error) {
	if _, err := s.load(ctx, actor, id); err != nil {
		return nil, err
	}
	rows, err := s.query().History(ctx, id)
	if err != nil {
		return nil, postgres.Translate(err)
	}
	changes := make([]Change, len(rows))
	for i, r := range rows {
		changes[i] = Change{From: Status(r.FromStatus), To: Status(r.ToStatus), ActorID: r.ActorID, ActorRole: r.ActorRole, Reason: r.Reason, At: r.At}
	}
	return changes, nil
}

// List gives a page of the actor's bookings, newest first, in one query.
func (s *Service) List(ctx context.Context, actor identity.Actor, f Filter, req page.Request) (page.Page[Booking], error) {
	if f.AsHost && !actor.CanHost() {
		return page.Page[Booking]{}, errs.E(errs.Forbidden, "Only hosts have bookings at their listings.")
	}
	fetch := func(ctx context.Context, key *uuid.UUID, back bool, n int) ([]Booking, error) {
		rows, err := s.rows(ctx, actor, f, key, back, n)
		if err != nil {
			return nil, postgres.Translate(err)
		}
		bookings := make([]Booking, len(rows))
		for i, r := range rows {
			b, err := bookingOf(r)
			if err != nil {
				return nil, err
			}
			bookings[i] = b.seenBy(actor)
		}
		return bookings, nil
	}
	return page.Keyset(ctx, req, fetch, func(b Booking) uuid.UUID { return b.ID })
}

// rows asks one of four queries, so that each has its index.
func (s *Service) rows(ctx context.Context, actor identity.Actor, f Filter, key *uuid.UUID, back bool, n int) ([]query.GetRow, error) {
	p := query.GuestBeforeParams{ActorID: actor.ID, Key: uuid.Max, Status: (*string)(f.Status), ListingID: f.ListingID, N: int32(n)}
	if key != nil {
		p.Key = *key
	}
	q := s.query()
	switch {
	case f.AsHost && back:
		rows, err := q.HostAfter(ctx, query.HostAfterParams(p))
		return convert(rows, func(r query.HostAfterRow) query.GetRow { return query.GetRow(r) }), err
	case f.AsHost:
		rows, err := q.HostBefore(ctx, query.HostBeforeParams(p))
		return convert(rows, func(r query.HostBeforeRow) query.GetRow { return query.GetRow(r) }), err
	case back:
		rows, err := q.GuestAfter(ctx, query.GuestAfterParams(p))
		return convert(rows, func(r query.GuestAfterRow) query.GetRow { return query.GetRow(r) }), err
	}
	rows, err := q.GuestBefore(ctx, p)
	return convert(rows, func(r query.GuestBeforeRow) query.GetRow { return query.GetRow(r) }), err
}

func convert[A, B any](in []A, f func(A) B) []B {
	out := make([]B, len(in))
	for i, a := range in {
		out[i] = f(a)
	}
	return out
}

func bookingOf(r query.GetRow) (Booking, error) {
	b := r.Booking
	var lines []pricing.Line
	if err := json.Unmarshal(b.Lines, &lines); err != nil {
		return Booking{}, fmt.Errorf("booking: lines of %s: %w", b.ID, err)
	}
	return Booking{ID: b.ID, Code: b.Code, Status: Status(b.Status), Version: b.Version,
		Listing: Place{ID: b.ListingID, Title: r.Title, City: r.City, CountryCode: r.CountryCode,
			AddressLine: r.AddressLine, PostalCode: r.PostalCode, Exact: &Point{Lat: r.Lat, Lng: r.Lng}},
		Host: Party{ID: b.HostID, Name: r.HostName}, Guest: Party{ID: b.GuestID, Name: r.GuestName},
		CheckIn: b.CheckIn, CheckOut: b.CheckOut, Guests: int(b.Guests), Message: b.Message, Lines: lines,
		TotalMinor: b.TotalMinor, RefundMinor: b.RefundMinor, Currency: b.Currency, Policy: Policy(b.CancellationPolicy),
		Timezone: b.Timezone, CheckInFrom: b.CheckInFrom, ExpiresAt: b.ExpiresAt, Reason: b.Reason, CreatedAt: b.CreatedAt, UpdatedAt: b.UpdatedAt}, nil
}

func noBooking() error { return errs.E(errs.NotFound, "There is no such booking.") }
