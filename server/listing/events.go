package listing

import "github.com/google/uuid"

// Submitted says that a host handed a listing in for verification.
type Submitted struct {
	ListingID uuid.UUID `json:"listing_id"`
	HostID    uuid.UUID `json:"host_id"`
}

// Approved says that a listing passed verification and went live.
type Approved struct {
	ListingID uuid.UUID `json:"listing_id"`
	HostID    uuid.UUID `json:"host_id"`
}

// Rejected says that a listing went back to its host.
type Rejected struct {
	ListingID uuid.UUID `json:"listing_id"`
	HostID    uuid.UUID `json:"host_id"`
}

// Changed says that what a live or paused listing shows is no longer what it was; a paused one may be a draft by now.
type Changed struct {
	ListingID uuid.UUID `json:"listing_id"`
}

// Paused says that a live listing left the public's sight for a while.
type Paused struct {
	ListingID uuid.UUID `json:"listing_id"`
}

// Resumed says that a paused listing is live again.
type Resumed struct {
	ListingID uuid.UUID `json:"listing_id"`
}

// Archived says that a listing was retired for good.
type Archived struct {
	ListingID uuid.UUID `json:"listing_id"`
}

// EventType names the event.
func (Submitted) EventType() string { return "listings.submitted" }

// EventType names the event.
func (Approved) EventType() string { return "listings.approved" }

// EventType names the event.
func (Rejected) EventType() string { return "listings.rejected" }

// EventType names the event.
func (Changed) EventType() string { return "listings.changed" }

// EventType names the event.
func (Paused) EventType() string { return "listings.paused" }

// EventType names the event.
func (Resumed) EventType() string { return "listings.resumed" }

// EventType names the event.
func (Archived) EventType() string { return "listings.archived" }

// EventKey orders by listing.
func (e Submitted) EventKey() string { return e.ListingID.String() }

// EventKey orders by listing.
func (e Approved) EventKey() string { return e.ListingID.String() }

// EventKey orders by listing.
func (e Rejected) EventKey() string { return e.ListingID.String() }

// EventKey orders by listing.
func (e Changed) EventKey() string { return e.ListingID.String() }

// EventKey orders by listing.
func (e Paused) EventKey() string { return e.ListingID.String() }

// EventKey orders by listing.
func (e Resumed) EventKey() string { return e.ListingID.String() }

// EventKey orders by listing.
func (e Archived) EventKey() string { return e.ListingID.String() }
