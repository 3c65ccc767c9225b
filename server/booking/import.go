package booking

import (
	"context"
	"encoding/json"
	"time"

	"github.com/google/uuid"
	"github.com/jackc/pgx/v5"

	"github.com/rentora/rentora/server/date"
	"github.com/rentora/rentora/server/pricing"
)

// Imported is a booking as ImportIn takes it. Its nights are the calendar's to import.
type Imported struct {
	ID, ListingID, HostID, GuestID uuid.UUID
	Number                         uint64 // gives its code: distinct for each
	Status                         Status
	Stay                           date.Range
	Guests                         int
	Price                          pricing.Price
	Policy                         Policy
	Timezone, CheckInFrom          string
	CreatedAt                      time.Time
	ExpiresAt                      *time.Time // of one that asked the host first
	DecidedAt                      *time.Time // nil when the host never decided; CreatedAt when it was confirmed at once
	EndedAt                        *time.Time // cancelled or expired
}

var (
	importedColumns = []string{"id", "code", "listing_id", "host_id", "guest_id", "check_in", "check_out", "guests", "status", "version", "currency",
		"total_minor", "lines", "cancellation_policy", "timezone", "check_in_from", "expires_at", "decided_at", "ended_at", "refund_minor", "created_at", "updated_at"}
	importedEventColumns = []string{"booking_id", "from_status", "to_status", "actor_id", "actor_role", "at"}
)

// ImportIn inserts bookings with their whole history in the caller's transaction, for seeding: the history and the refund
// are what the rules say of the status and its times. It tells nobody.
func (s *Service) ImportIn(ctx context.Context, tx pgx.Tx, bookings []Imported) error {
	var rows, history [][]any
	for _, b := range bookings {
		row, past, err := b.rows()
		if err != nil {
			return err
		}
		rows, history = append(rows, row), append(history, past...)
	}
	if _, err := tx.CopyFrom(ctx, pgx.Identifier{"bookings"}, importedColumns, pgx.CopyFromRows(rows)); err != nil {
		return err
	}
	_, err := tx.CopyFrom(ctx, pgx.Identifier{"booking_events"}, importedEventColumns, pgx.CopyFromRows(history))
	return err
}

func (b Imported) rows() (row []any, history [][]any, err error) {
	lines, total := b.Price.Lines(b.Stay.Nights(), b.Guests)
	stored, err := json.Marshal(lines)
	if err != nil {
		return nil, nil, err
	}
	steps, err := b.history()
	if err != nil {
		return nil, nil, err
	}
	refund, err := b.refund(total)
	if err != nil {
		return nil, nil, err
	}
	from := Status("")
	for _, s := range steps {
		history = append(history, []any{b.ID, string(from), string(s.to), s.actor, s.role, s.at})
		from = s.to
	}
	return []any{b.ID, numberedCode(b.Number), b.ListingID, b.HostID, b.GuestID, b.Stay.Start, b.Stay.End, b.Guests, string(b.Status), len(steps),
		b.Price.Currency, total, stored, string(b.Policy), b.Timezone, b.CheckInFrom, b.ExpiresAt, b.DecidedAt, b.EndedAt, refund, b.CreatedAt,
		steps[len(steps)-1].at}, history, nil
}

// event is one row of a history.
type event struct {
	to    Status
	actor *uuid.UUID // nil: the system
	role  string
	at    time.Time
}

const bySystem = "system"

// history tells how a booking came to its status.
func (b Imported) history() ([]event, error) {
	steps := []event{{StatusConfirmed, &b.GuestID, string(asGuest), b.CreatedAt}}
	if b.ExpiresAt != nil {
		steps[0].to = StatusPending
		if b.DecidedAt != nil && b.Status != StatusDeclined {
			steps = append(steps, event{StatusConfirmed, &b.HostID, string(asHost), *b.DecidedAt})
		}
	}
	switch b.Status {
	case StatusDeclined:
		return append(steps, event{b.Status, &b.HostID, string(asHost), *b.DecidedAt}), nil
	case StatusExpired:
		return append(steps, event{b.Status, nil, bySystem, *b.EndedAt}), nil
	case StatusCancelledByGuest:
		return append(steps, event{b.Status, &b.GuestID, string(asGuest), *b.EndedAt}), nil
	case StatusCancelledByHost:
		return append(steps, event{b.Status, &b.HostID, string(asHost), *b.EndedAt}), nil
	case StatusCancelledByAdmin:
		return append(steps, event{b.Status, nil, string(asAdmin), *b.EndedAt}), nil
	case StatusCheckedIn, StatusCompleted:
		return b.stayed(steps)
	}
	return steps, nil
}

func (b Imported) stayed(steps []event) ([]event, error) {
	came, err := wallClock(b.Stay.Start, b.CheckInFrom, b.Timezone)
	if err != nil {
		return nil, err
	}
	steps = append(steps, event{StatusCheckedIn, nil, bySystem, came})
	if b.Status == StatusCheckedIn {
		return steps, nil
	}
	left, err := wallClock(b.Stay.End, "12:00", b.Timezone)
	return append(steps, event{StatusCompleted, nil, bySystem, left}), err
}

// refund is what the cancellation gave back; nil for what was not cancelled.
func (b Imported) refund(total int64) (*int64, error) {
	by, cancelled := map[Status]Part{StatusCancelledByGuest: asGuest, StatusCancelledByHost: asHost, StatusCancelledByAdmin: asAdmin}[b.Status]
	if !cancelled {
		return nil, nil //nolint:nilnil // no refund is a fact, not a failure
	}
	before := Booking{Status: StatusConfirmed, CheckIn: b.Stay.Start, CheckInFrom: b.CheckInFrom, Timezone: b.Timezone, Policy: b.Policy,
		TotalMinor: total, Currency: b.Price.Currency, CreatedAt: b.CreatedAt}
	c, err := before.cancellation(by, *b.EndedAt)
	return &c.RefundMinor, err
}
