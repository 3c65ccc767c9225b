package worker

import (
	"context"

	"github.com/google/uuid"

	"github.com/rentora/rentora/server/errs"
	"github.com/rentora/rentora/server/identity"
	"github.com/rentora/rentora/server/listing"
	"github.com/rentora/rentora/server/pricing"
)

// Forgetter drops what the API keeps of a listing, when something of it has changed.
type Forgetter struct {
	Drop   func(ctx context.Context, listingID uuid.UUID) error
	LiveOf func(ctx context.Context, hostID uuid.UUID) ([]uuid.UUID, error) // the ids of the host's live listings
}

// drop is tried until Redis takes it: an event that gave up would leave the old answer to processes that start later.
func (f Forgetter) drop(ctx context.Context, listingID uuid.UUID) error {
	if err := f.Drop(ctx, listingID); err != nil {
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

// OnRenamed drops the details of the host's live listings: they show the name.
func (f Forgetter) OnRenamed(ctx context.Context, e identity.Renamed) error {
	ids, err := f.LiveOf(ctx, e.UserID)
	if err != nil {
		return err
	}
	for _, id := range ids {
		if err := f.drop(ctx, id); err != nil {
			return err
		}
	}
	return nil
}
