package calendar

import (
	"context"
	"slices"

	"github.com/google/uuid"
	"github.com/jackc/pgx/v5"
	"github.com/jackc/pgx/v5/pgxpool"

	"github.com/rentora/rentora/server/date"
	"github.com/rentora/rentora/server/postgres"
)

// Imported is the calendar of one listing as Import takes it.
type Imported struct {
	ListingID uuid.UUID
	Rules     Rules
	Taken     []Taken
}

// Taken is a run of nights. A zero BookingID is a block of the host's.
type Taken struct {
	During    date.Range
	BookingID uuid.UUID
}

// Import inserts rules and taken nights of listings that have none, 500 listings to a transaction, for seeding. It tells
// nobody; whoever seeds has the listings indexed afterwards. Overlaps are refused by the constraint as ever.
func (s *Service) Import(ctx context.Context, calendars []Imported) error {
	for batch := range slices.Chunk(calendars, 500) {
		if err := importBatch(ctx, s.pool, batch); err != nil {
			return err
		}
	}
	return nil
}

func importBatch(ctx context.Context, pool *pgxpool.Pool, batch []Imported) error {
	var rules, taken [][]any
	for _, c := range batch {
		rules = append(rules, []any{c.ListingID, c.Rules.MinNights, c.Rules.MaxNights, c.Rules.AdvanceNoticeDays, c.Rules.HorizonDays})
		for _, t := range c.Taken {
			id, err := uuid.NewV7()
			if err != nil {
				return err
			}
			kind, ref := "booking", t.BookingID
			if ref == uuid.Nil {
				kind, ref = "block", id
			}
			taken = append(taken, []any{id, c.ListingID, t.During, kind, ref})
		}
	}
	return postgres.Tx(ctx, pool, func(tx pgx.Tx) error {
		_, err := tx.CopyFrom(ctx, pgx.Identifier{"availability_rules"},
			[]string{"listing_id", "min_nights", "max_nights", "advance_notice_days", "horizon_days"}, pgx.CopyFromRows(rules))
		if err != nil {
			return err
		}
		_, err = tx.CopyFrom(ctx, pgx.Identifier{"occupancies"}, []string{"id", "listing_id", "during", "kind", "ref_id"}, pgx.CopyFromRows(taken))
		return err
	})
}
