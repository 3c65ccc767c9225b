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
	"github.com/rentora/rentora/server/media"
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

func bookingOf(r query.GetRow) (Booking, error) {
	b := r.Booking
	var lines []pricing.Line
	if err := json.Unmarshal(b.Lines, &lines); err != nil {
		return Booking{}, fmt.Errorf("booking: lines of %s: %w", b.ID, err)
	}
	cover, err := coverOf(r)
	if err != nil {
		return Booking{}, fmt.Errorf("booking: cover of listing %s: %w", b.ListingID, err)
	}
	return Booking{ID: b.ID, Code: b.Code, Status: Status(b.Status), Version: b.Version,
		Listing: Place{ID: b.ListingID, Title: r.Title, City: r.City, CountryCode: r.CountryCode,
			AddressLine: r.AddressLine, PostalCode: r.PostalCode, Exact: &Point{Lat: r.Lat, Lng: r.Lng}, Cover: cover},
		Host: Party{ID: b.HostID, Name: r.HostName}, Guest: Party{ID: b.GuestID, Name: r.GuestName},
		CheckIn: b.CheckIn, CheckOut: b.CheckOut, Guests: int(b.Guests), Message: b.Message, Lines: lines,
		TotalMinor: b.TotalMinor, RefundMinor: b.RefundMinor, Currency: b.Currency, Policy: Policy(b.CancellationPolicy),
		Timezone: b.Timezone, CheckInFrom: b.CheckInFrom, ExpiresAt: b.ExpiresAt, Reason: b.Reason, CreatedAt: b.CreatedAt, UpdatedAt: b.UpdatedAt}, nil
}

// coverOf gives the first photo of a booking's listing; nil when it has none that is ready.
func coverOf(r query.GetRow) (*Cover, error) {
	variants, err := media.DecodeVariants(r.CoverVariants)
	if err != nil || len(variants) == 0 {
		return nil, err
	}
	return &Cover{AltText: r.CoverAltText, Blurhash: r.CoverBlurhash, Variants: media.ForCards(variants)}, nil
}

func noBooking() error { return errs.E(errs.NotFound, "There is no such booking.") }
