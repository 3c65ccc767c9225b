package search

import (
	"context"

	"github.com/rentora/rentora/server/booking"
	"github.com/rentora/rentora/server/calendar"
	"github.com/rentora/rentora/server/listing"
	"github.com/rentora/rentora/server/pricing"
)

// What the index listens to. Each handler only names the listing: the document is made from the record as it is when the
// handler runs, so that events which arrive late or twice do no harm.

// OnListingApproved makes a listing findable.
func (s *Service) OnListingApproved(ctx context.Context, e listing.Approved) error {
	return s.Index(ctx, e.ListingID)
}

// OnListingChanged takes an edit over.
func (s *Service) OnListingChanged(ctx context.Context, e listing.Changed) error {
	return s.Index(ctx, e.ListingID)
}

// OnListingPaused takes a listing out.
func (s *Service) OnListingPaused(ctx context.Context, e listing.Paused) error {
	return s.Index(ctx, e.ListingID)
}

// OnListingResumed puts it back.
func (s *Service) OnListingResumed(ctx context.Context, e listing.Resumed) error {
	return s.Index(ctx, e.ListingID)
}

// OnListingArchived takes it out for good.
func (s *Service) OnListingArchived(ctx context.Context, e listing.Archived) error {
	return s.Index(ctx, e.ListingID)
}

// OnPriceChanged takes a price over.
func (s *Service) OnPriceChanged(ctx context.Context, e pricing.Changed) error {
	return s.Index(ctx, e.ListingID)
}

// OnCalendarChanged takes blocks and rules over.
func (s *Service) OnCalendarChanged(ctx context.Context, e calendar.Changed) error {
	return s.Index(ctx, e.ListingID)
}

// OnBookingRequested closes the nights that a request holds.
func (s *Service) OnBookingRequested(ctx context.Context, e booking.Requested) error {
	return s.Index(ctx, e.ListingID)
}

// OnBookingConfirmed closes the nights of an instant booking.
func (s *Service) OnBookingConfirmed(ctx context.Context, e booking.Confirmed) error {
	return s.Index(ctx, e.ListingID)
}

// OnBookingDeclined opens the nights again.
func (s *Service) OnBookingDeclined(ctx context.Context, e booking.Declined) error {
	return s.Index(ctx, e.ListingID)
}

// OnBookingExpired opens the nights again.
func (s *Service) OnBookingExpired(ctx context.Context, e booking.Expired) error {
	return s.Index(ctx, e.ListingID)
}

// OnBookingCancelled opens the nights again.
func (s *Service) OnBookingCancelled(ctx context.Context, e booking.Cancelled) error {
	return s.Index(ctx, e.ListingID)
}
