package worker

import (
	"context"
	"slices"

	"github.com/google/uuid"

	"github.com/rentora/rentora/server/booking"
	"github.com/rentora/rentora/server/calendar"
	"github.com/rentora/rentora/server/errs"
	"github.com/rentora/rentora/server/events"
	"github.com/rentora/rentora/server/identity"
	"github.com/rentora/rentora/server/listing"
	"github.com/rentora/rentora/server/media"
	"github.com/rentora/rentora/server/pricing"
)

// Subscriptions is the event map of the product: who listens to what. The first word is the consumer group; a new name
// there starts at the oldest event that Kafka still has.
func Subscriptions(h Handlers) []events.Subscription {
	// The document is made from the record as it is by then, so that events that arrive late or twice do no harm.
	index := events.NewMany(func(ctx context.Context, keys []string) error { return byListing(ctx, keys, h.Search.Index) })
	return []events.Subscription{
		events.On("notify", h.Notify.OnUserRegistered),
		events.On("notify", h.Notify.OnVerificationRequested),
		events.On("notify", h.Notify.OnRegistrationRepeated),
		events.On("notify", h.Notify.OnPasswordResetRequested),
		events.On("notify", h.Notify.OnPasswordChanged),
		events.On("notify", h.Notify.OnInvited),
		events.On("notify", h.Notify.OnListingSubmitted),
		events.On("notify", h.Notify.OnListingApproved),
		events.On("notify", h.Notify.OnListingRejected),
		events.On("notify", h.Notify.OnRevisionSubmitted),
		events.On("notify", h.Notify.OnRevisionApproved),
		events.On("notify", h.Notify.OnRevisionRejected),
		events.On("notify", h.Notify.OnBookingRequested),
		events.On("notify", h.Notify.OnBookingConfirmed),
		events.On("notify", h.Notify.OnBookingDeclined),
		events.On("notify", h.Notify.OnBookingExpired),
		events.On("notify", h.Notify.OnBookingCancelled),

		events.On("cache", h.Cache.OnListingApproved),
		events.On("cache", h.Cache.OnListingChanged),
		events.On("cache", h.Cache.OnListingPaused),
		events.On("cache", h.Cache.OnListingResumed),
		events.On("cache", h.Cache.OnListingArchived),
		events.On("cache", h.Cache.OnPriceChanged),
		events.On("cache", h.Cache.OnRenamed),

		events.On("media", h.Media.OnUploadCompleted),

		events.On("numbers", h.Numbers.OnListingSubmitted),
		events.On("numbers", h.Numbers.OnListingApproved),
		events.On("numbers", h.Numbers.OnListingRejected),
		events.On("numbers", h.Numbers.OnBookingRequested),
		events.On("numbers", h.Numbers.OnBookingConfirmed),
		events.On("numbers", h.Numbers.OnBookingDeclined),
		events.On("numbers", h.Numbers.OnBookingExpired),
		events.On("numbers", h.Numbers.OnBookingCancelled),

		events.OnMany[listing.Approved]("search", index),
		events.OnMany[listing.Changed]("search", index),
		events.OnMany[listing.Paused]("search", index),
		events.OnMany[listing.Resumed]("search", index),
		events.OnMany[listing.Archived]("search", index),
		events.OnMany[pricing.Changed]("search", index),
		events.OnMany[calendar.Changed]("search", index),
		events.OnMany[booking.Requested]("search", index),
		events.OnMany[booking.Confirmed]("search", index),
		events.OnMany[booking.Declined]("search", index),
		events.OnMany[booking.Expired]("search", index),
		events.OnMany[booking.Cancelled]("search", index),
	}
}

// unheard are the types of events that nobody listens to, yet.
var unheard = []string{media.UploadReady{}.EventType(), media.UploadFailed{}.EventType()}

// Types of all events that exist in this release. A group keeps one of another type among its dead letters: it comes from
// a later release, whose group may listen to it.
func Types(subscriptions []events.Subscription) []string {
	types := slices.Clone(unheard)
	for _, s := range subscriptions {
		types = append(types, s.Type)
	}
	return types
}

// Handlers are the rooms that listen.
type Handlers struct {
	Notify  Notifier
	Media   Processor
	Numbers Counting
	Search  Indexer
	Cache   Forgetter
}

// Counting keeps the numbers of the business.
type Counting interface {
	OnListingSubmitted(context.Context, listing.Submitted) error
	OnListingApproved(context.Context, listing.Approved) error
	OnListingRejected(context.Context, listing.Rejected) error
	OnBookingRequested(context.Context, booking.Requested) error
	OnBookingConfirmed(context.Context, booking.Confirmed) error
	OnBookingDeclined(context.Context, booking.Declined) error
	OnBookingExpired(context.Context, booking.Expired) error
	OnBookingCancelled(context.Context, booking.Cancelled) error
}

// Notifier sends mails.
type Notifier interface {
	OnUserRegistered(context.Context, identity.UserRegistered) error
	OnVerificationRequested(context.Context, identity.VerificationRequested) error
	OnRegistrationRepeated(context.Context, identity.RegistrationRepeated) error
	OnPasswordResetRequested(context.Context, identity.PasswordResetRequested) error
	OnPasswordChanged(context.Context, identity.PasswordChanged) error
	OnInvited(context.Context, identity.Invited) error
	OnListingSubmitted(context.Context, listing.Submitted) error
	OnListingApproved(context.Context, listing.Approved) error
	OnListingRejected(context.Context, listing.Rejected) error
	OnRevisionSubmitted(context.Context, listing.RevisionSubmitted) error
	OnRevisionApproved(context.Context, listing.RevisionApproved) error
	OnRevisionRejected(context.Context, listing.RevisionRejected) error
	OnBookingRequested(context.Context, booking.Requested) error
	OnBookingConfirmed(context.Context, booking.Confirmed) error
	OnBookingDeclined(context.Context, booking.Declined) error
	OnBookingExpired(context.Context, booking.Expired) error
	OnBookingCancelled(context.Context, booking.Cancelled) error
}

// Processor makes the sizes of photographs.
type Processor interface {
	OnUploadCompleted(context.Context, media.UploadCompleted) error
}

// Indexer keeps the search index equal to the database.
type Indexer interface {
	Index(ctx context.Context, listingIDs ...uuid.UUID) error
}

// byListing takes keys of events as what they are in topics whose order is by listing.
func byListing(ctx context.Context, keys []string, do func(context.Context, ...uuid.UUID) error) error {
	ids := make([]uuid.UUID, len(keys))
	for i, key := range keys {
		id, err := uuid.Parse(key)
		if err != nil {
			return errs.Ef(errs.Invalid, "the key %q is no listing", key).Because(err)
		}
		ids[i] = id
	}
	return do(ctx, ids...)
}
