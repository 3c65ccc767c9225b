package pricing

import (
	"context"
	"slices"

	"github.com/jackc/pgx/v5"

	"github.com/rentora/rentora/server/errs"
	"github.com/rentora/rentora/server/postgres"
)

// Import inserts many prices, 500 to a transaction, for seeding: of listings that exist and have no price. It tells
// nobody; whoever seeds has the listings indexed afterwards. A failure leaves the batches before it.
func (s *Service) Import(ctx context.Context, prices []Price) error {
	for batch := range slices.Chunk(prices, 500) {
		err := postgres.Tx(ctx, s.pool, func(tx pgx.Tx) error { return s.ImportIn(ctx, tx, batch) })
		if err != nil {
			return err
		}
	}
	return nil
}

// ImportIn is Import in the caller's transaction.
func (s *Service) ImportIn(ctx context.Context, tx pgx.Tx, prices []Price) error {
	for _, p := range prices {
		if err := p.validate(maxGuests); err != nil {
			return errs.Ef(errs.Invalid, "The price of listing %s is not one.", p.ListingID).Because(err)
		}
	}
	return s.copyIn(ctx, tx, prices)
}

func (s *Service) copyIn(ctx context.Context, tx pgx.Tx, batch []Price) error {
	columns := []string{"listing_id", "currency", "nightly_minor", "cleaning_minor", "included_guests", "extra_guest_minor", "tax_bps", "updated_at"}
	now := s.now()
	rows := pgx.CopyFromSlice(len(batch), func(i int) ([]any, error) {
		p := batch[i]
		return []any{p.ListingID, p.Currency, p.NightlyMinor, p.CleaningMinor, p.IncludedGuests, p.ExtraGuestMinor, p.TaxBps, now}, nil
	})
	_, err := tx.CopyFrom(ctx, pgx.Identifier{"listing_prices"}, columns, rows)
	return err
}
