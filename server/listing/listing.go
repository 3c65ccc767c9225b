// Package listing is the places that hosts offer: what they are, their photos' order, and their way from draft to live.
package listing

import (
	"time"

	"github.com/google/uuid"

	"github.com/rentora/rentora/server/media"
)

// Status is where a listing stands in its life.
type Status string

// The states: draft → pending → live or rejected; live ⇄ paused; archived is the end.
const (
	StatusDraft    Status = "draft"    // being written; nobody else sees it
	StatusPending  Status = "pending"  // waits for verification; not to be edited meanwhile
	StatusRejected Status = "rejected" // sent back with a reason; may be mended and handed in again
	StatusLive     Status = "live"     // public
	StatusPaused   Status = "paused"   // taken out by the host for a while
	StatusArchived Status = "archived" // retired for good
)

// Listing is one place as an actor may see it.
type Listing struct {
	ID      uuid.UUID
	Status  Status
	Version int64 // grows with every change of the listing, its photos included
	Host    Host
	Facts
	PublicPoint Point // near the place and always the same: what everyone may see
	Exact       bool  // Location and Address are exact and Review is told; otherwise Location is PublicPoint
	Timezone    string
	Photos      []Photo // in the host's order
	Review      Review
	Revision    *Revision // the newest, while it waits or after it was rejected; for the host and admins
	CreatedAt   time.Time
	UpdatedAt   time.Time
}

// Facts are what a host says about a place.
type Facts struct {
	Title, Description     string
	PropertyType, RoomType string
	MaxGuests              int
	Bedrooms, Beds         int
	Bathrooms              float64 // in halves
	Amenities              []string
	Address                Address
	Location               Point
	Terms
}

// Terms are, with the amenities, the facts that a host may change while guests are looking.
type Terms struct {
	HouseRules                 string
	CheckInFrom, CheckOutUntil string // HH:MM on the listing's wall clock
	CancellationPolicy         string // flexible, moderate, strict
	BookingMode                string // instant, request
}

// Address of a place; Line and PostalCode are private.
type Address struct {
	Line        string `json:"line"`
	City        string `json:"city"`
	Region      string `json:"region"`
	PostalCode  string `json:"postal_code"`
	CountryCode string `json:"country_code"` // ISO 3166-1 alpha-2
}

// Point in WGS 84 degrees.
type Point struct {
	Lat float64 `json:"lat"`
	Lng float64 `json:"lng"`
}

// Host is what is told about the owner.
type Host struct {
	ID    uuid.UUID
	Name  string
	Since time.Time
}

// Photo is an upload at its place in a listing. Until it is Ready it has no size and no variants, and only the host
// and admins see it.
type Photo struct {
	UploadID      uuid.UUID
	Caption       string
	AltText       string
	Ready         bool
	Width, Height int
	Blurhash      string
	Variants      []media.Variant
}

// Review is what became of the verification so far.
type Review struct {
	SubmittedAt, ApprovedAt *time.Time
	RejectionReason         string // empty unless it was rejected last
	Notes                   []Note
}

// Note is a remark of an admin on one field.
type Note struct {
	Field string `json:"field"`
	Note  string `json:"note"`
}

// public takes out what only the host and admins may see.
func (l Listing) public() Listing {
	l.Exact, l.Location, l.Review, l.Revision = false, l.PublicPoint, Review{}, nil
	l.Address.Line, l.Address.PostalCode = "", ""
	ready := make([]Photo, 0, len(l.Photos))
	for _, p := range l.Photos {
		if p.Ready {
			ready = append(ready, p)
		}
	}
	l.Photos = ready
	return l
}
