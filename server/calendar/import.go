package calendar

import (
	"context"

	"github.com/google/uuid"
	"github.com/jackc/pgx/v5"

	"github.com/rentora/rentora/server/date"
)

// Imported is the calendar of one listing as Import takes it.
type Imported struct {
	ListingID uuid.UUID
	Rules     Rules
	Taken     []Taken
}

// Taken is a run of nights. A zero BookingID is a block of the host's.
type Taken struct {
	ID        uuid.UUID
	During    date.Range
	BookingID uuid.UUID
}

// ImportIn inserts rules and taken nights of listings that have none, in the caller's transaction, for seeding. It tells
// nobody; whoever seeds has the listings indexed afterwards. Overlaps are refused by the constraint as ever.
func (s *Service) ImportIn(ctx context.Context, tx pgx.Tx, calendars []Imported) error {
	var rules, taken [][]any
	for _, c := range calendars {
		rules = append(rules, []any{c.ListingID, c.Rules.MinNights, c.Rules.MaxNights, c.Rules.AdvanceNoticeDays, c.Rules.HorizonDays})
		for _, t := range c.Taken {
			kind, ref := "booking", t.BookingID
			if ref == uuid.Nil {
				kind, ref = "block", t.ID
			}
			taken = append(taken, []any{t.ID, c.ListingID, t.During, kind, ref})
		}
	}
	_, err := tx.CopyFrom(ctx, pgx.Identifier{"availability_rules"},
		[]string{"listing_id", "min_nights", "max_nights", "advance_notice_days", "horizon_days"}, pgx.CopyFromRows(rules))
	if err != nil {
		return err
	}
	_, err = tx.CopyFrom(ctx, pgx.Identifier{"occupancies"}, []string{"id", "listing_id", "during", "kind", "ref_id"}, pgx.CopyFromRows(taken))
	return err
}
