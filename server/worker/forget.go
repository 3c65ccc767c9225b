package worker

import (
	"context"

	"github.com/google/uuid"

	"github.com/rentora/rentora/server/errs"
	"github.com/rentora/rentora/server/listing"
	"github.com/rentora/rentora/server/pricing"
)

// Forgetter drops what the API keeps of a listing, when something of it has changed. A nil one has nothing to drop.
type Forgetter func(ctx context.Context, listingID uuid.UUID) error

// drop is tried until Redis takes it: an event that gave up would leave the old answer to processes that start later.
func (f Forgetter) drop(ctx context.Context, listingID uuid.UUID) error {
	if err := f(ctx, listingID); err != nil {
		return errs.E(errs.Unavailable, "What is kept of the listing could not be dropped.").Because(err)
	}
	return nil
}

// OnListingApproved drops the listing's detail.
func (f Forgetter) OnListingApproved(ctx context.Context, e listing.Approved) error {
	return f.drop(ctx, e.ListingID)
}

// OnListingChanged drops the listing's detail.
func (f Forgetter) OnListingChanged(ctx context.Context, e listing.Changed) error {
	return f.drop(ctx, e.ListingID)
}

// OnListingPaused drops the listing's detail.
func (f Forgetter) OnListingPaused(ctx context.Context, e listing.Paused) error {
	return f.drop(ctx, e.ListingID)
}

// OnListingResumed drops the listing's detail.
func (f Forgetter) OnListingResumed(ctx context.Context, e listing.Resumed) error {
	return f.drop(ctx, e.ListingID)
}

// OnListingArchived drops the listing's detail.
func (f Forgetter) OnListingArchived(ctx context.Context, e listing.Archived) error {
	return f.drop(ctx, e.ListingID)
}

// OnPriceChanged drops the listing's detail.
func (f Forgetter) OnPriceChanged(ctx context.Context, e pricing.Changed) error {
	return f.drop(ctx, e.ListingID)
}
