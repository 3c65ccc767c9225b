package booking

import (
	"context"
	"encoding/json"
	"slices"
	"time"

	"github.com/google/uuid"
	"github.com/jackc/pgx/v5"

	"github.com/rentora/rentora/server/date"
	"github.com/rentora/rentora/server/postgres"
	"github.com/rentora/rentora/server/pricing"
)

// Imported is a confirmed booking as Import takes it. Its nights are the calendar's to import.
type Imported struct {
	ID, ListingID, HostID, GuestID uuid.UUID
	Stay                           date.Range
	Guests                         int
	Price                          pricing.Price
	Policy                         string
	Timezone, CheckInFrom          string
	CreatedAt                      time.Time
}

var importedColumns = []string{"id", "code", "listing_id", "host_id", "guest_id", "check_in", "check_out", "guests", "status", "currency",
	"total_minor", "lines", "cancellation_policy", "timezone", "check_in_from", "decided_at", "created_at", "updated_at"}

// Import inserts many confirmed bookings with the first row of their history, 500 to a transaction, for seeding. It tells
// nobody.
func (s *Service) Import(ctx context.Context, bookings []Imported) error {
	for batch := range slices.Chunk(bookings, 500) {
		rows, history, err := s.importedRows(batch)
		if err != nil {
			return err
		}
		err = postgres.Tx(ctx, s.pool, func(tx pgx.Tx) error {
			if _, err := tx.CopyFrom(ctx, pgx.Identifier{"bookings"}, importedColumns, pgx.CopyFromRows(rows)); err != nil {
				return err
			}
			_, err := tx.CopyFrom(ctx, pgx.Identifier{"booking_events"}, []string{"booking_id", "to_status", "actor_id", "actor_role", "at"}, pgx.CopyFromRows(history))
			return err
		})
		if err != nil {
			return err
		}
	}
	return nil
}

func (s *Service) importedRows(batch []Imported) (rows, history [][]any, err error) {
	for _, b := range batch {
		lines, total := b.Price.Lines(b.Stay.Nights(), b.Guests)
		stored, err := json.Marshal(lines)
		if err != nil {
			return nil, nil, err
		}
		rows = append(rows, []any{b.ID, s.newCode(), b.ListingID, b.HostID, b.GuestID, b.Stay.Start, b.Stay.End, b.Guests, "CONFIRMED", b.Price.Currency,
			total, stored, b.Policy, b.Timezone, b.CheckInFrom, b.CreatedAt, b.CreatedAt, b.CreatedAt})
		history = append(history, []any{b.ID, "CONFIRMED", b.GuestID, "guest", b.CreatedAt})
	}
	return rows, history, nil
}
