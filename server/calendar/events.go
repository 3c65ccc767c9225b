package calendar

import "github.com/google/uuid"

// Changed says that a listing has other rules or blocks than before.
type Changed struct {
	ListingID uuid.UUID `json:"listing_id"`
}

// EventType names the event.
func (Changed) EventType() string { return "calendar.changed" }

// EventKey orders by listing.
func (e Changed) EventKey() string { return e.ListingID.String() }
