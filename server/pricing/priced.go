package pricing

import (
	"context"
	"errors"

	"github.com/google/uuid"
	"github.com/jackc/pgx/v5"

	"github.com/rentora/rentora/server/errs"
	"github.com/rentora/rentora/server/identity"
	"github.com/rentora/rentora/server/listing"
	"github.com/rentora/rentora/server/postgres"
	"github.com/rentora/rentora/server/pricing/internal/query"
)

// Priced is a listing with its price, nil while it has none.
type Priced struct {
	listing.Listing
	Price *Price
}

// GetPriced gives a listing as the actor may see it, with its price, in one query. It never comes from a replica: what is
// kept of it after a change must not be older than the change.
func (s *Service) GetPriced(ctx context.Context, actor identity.Actor, listingID uuid.UUID) (Priced, error) {
	row, err := query.New(s.pool).Priced(ctx, listingID)
	if errors.Is(err, pgx.ErrNoRows) {
		return Priced{}, errs.E(errs.NotFound, "There is no such listing.")
	}
	if err != nil {
		return Priced{}, postgres.Translate(err)
	}
	l, err := listing.Row{Listing: listing.Record(row.Listing), HostName: row.HostName, HostSince: row.HostSince, Photos: row.Photos}.SeenBy(actor)
	if err != nil || !row.Priced {
		return Priced{Listing: l}, err
	}
	return Priced{Listing: l, Price: &Price{ListingID: listingID, Currency: row.Currency, NightlyMinor: row.NightlyMinor, CleaningMinor: row.CleaningMinor,
		IncludedGuests: int(row.IncludedGuests), ExtraGuestMinor: row.ExtraGuestMinor, TaxBps: int(row.TaxBps), Version: row.PriceVersion}}, nil
}
