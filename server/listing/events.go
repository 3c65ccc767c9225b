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

// Changed says that what a listing shows is no longer what it was.
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

// RevisionSubmitted says that a host changed what guests rely on of an approved listing, for review.
type RevisionSubmitted struct {
	ListingID  uuid.UUID `json:"listing_id"`
	RevisionID uuid.UUID `json:"revision_id"`
	HostID     uuid.UUID `json:"host_id"`
}

// RevisionApproved says that such a change passed; the listing's own Changed stands beside it.
type RevisionApproved struct {
	ListingID  uuid.UUID `json:"listing_id"`
	RevisionID uuid.UUID `json:"revision_id"`
	HostID     uuid.UUID `json:"host_id"`
}

// RevisionRejected says that such a change went back to its host.
type RevisionRejected struct {
	ListingID  uuid.UUID `json:"listing_id"`
	RevisionID uuid.UUID `json:"revision_id"`
	HostID     uuid.UUID `json:"host_id"`
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

// EventType names the event.
func (RevisionSubmitted) EventType() string { return "listings.revision_submitted" }

// EventKey orders by listing.
func (e RevisionSubmitted) EventKey() string { return e.ListingID.String() }

// EventType names the event.
func (RevisionApproved) EventType() string { return "listings.revision_approved" }

// EventKey orders by listing.
func (e RevisionApproved) EventKey() string { return e.ListingID.String() }

// EventType names the event.
func (RevisionRejected) EventType() string { return "listings.revision_rejected" }

// EventKey orders by listing.
func (e RevisionRejected) EventKey() string { return e.ListingID.String() }
