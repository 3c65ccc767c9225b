package listing

import (
	"reflect"
	"slices"
	"time"

	"github.com/google/uuid"

	"github.com/rentora/rentora/server/errs"
)

// RevisionStatus is what became of a change that is reviewed.
type RevisionStatus string

// The states; a listing has at most one open revision.
const (
	RevisionOpen       RevisionStatus = "pending"    // waits for an admin; the host's later edits join it
	RevisionApplied    RevisionStatus = "approved"   // is what the listing says now
	RevisionRefused    RevisionStatus = "rejected"   // went back to the host
	RevisionWithdrawn  RevisionStatus = "withdrawn"  // the host took it back, or edited it away
	RevisionSuperseded RevisionStatus = "superseded" // the listing was archived meanwhile
)

// Revision is a change of what guests rely on, of a listing that was approved already.
type Revision struct {
	ID          uuid.UUID
	Status      RevisionStatus
	Version     int64 // grows with every edit
	Change      Proposal
	Photos      []Photo // of Change, with what is known of their uploads
	SubmittedAt time.Time
	Reason      string // why it was rejected
	Notes       []Note
}

// Proposal is the fields that a revision changes, as they shall be; nil ones stay as they are.
type Proposal struct {
	Title        *string       `json:"title,omitempty"`
	Description  *string       `json:"description,omitempty"`
	PropertyType *string       `json:"property_type,omitempty"`
	RoomType     *string       `json:"room_type,omitempty"`
	MaxGuests    *int          `json:"max_guests,omitempty"`
	Bedrooms     *int          `json:"bedrooms,omitempty"`
	Beds         *int          `json:"beds,omitempty"`
	Bathrooms    *float64      `json:"bathrooms,omitempty"`
	Address      *Address      `json:"address,omitempty"`
	Location     *Point        `json:"location,omitempty"`
	Photos       *[]PhotoInput `json:"photos,omitempty"`
}

func (c Proposal) empty() bool { return c == Proposal{} }

func (c Proposal) on(f Facts) Facts {
	return Patch{
		Title: c.Title, Description: c.Description, PropertyType: c.PropertyType, RoomType: c.RoomType, MaxGuests: c.MaxGuests,
		Bedrooms: c.Bedrooms, Beds: c.Beds, Bathrooms: c.Bathrooms, Address: c.Address, Location: c.Location,
	}.on(f)
}

// lacks names what the fields that change still lack for f to be reviewed, with so many photos. What was approved as it
// is does not count.
func (c Proposal) lacks(f Facts, photos int) []errs.Field {
	touched := map[string]bool{"title": c.Title != nil, "description": c.Description != nil, "photos": c.Photos != nil}
	return slices.DeleteFunc(lacks(c.on(f), photos), func(e errs.Field) bool { return !touched[e.Field] })
}

// changeOf is what has to be reviewed for a listing to become as wanted.
func changeOf(l Listing, f Facts, photos []PhotoInput) Proposal {
	c := Proposal{
		Title: other(l.Title, f.Title), Description: other(l.Description, f.Description), PropertyType: other(l.PropertyType, f.PropertyType),
		RoomType: other(l.RoomType, f.RoomType), MaxGuests: other(l.MaxGuests, f.MaxGuests), Bedrooms: other(l.Bedrooms, f.Bedrooms),
		Beds: other(l.Beds, f.Beds), Bathrooms: other(l.Bathrooms, f.Bathrooms), Address: other(l.Address, f.Address), Location: other(l.Location, f.Location),
	}
	if !reflect.DeepEqual(inputs(l.Photos), photos) {
		c.Photos = &photos
	}
	return c
}

func other[T comparable](is, shall T) *T {
	if is == shall {
		return nil
	}
	return &shall
}

// atOnce gives the approved facts with what needs no review taken from f.
func atOnce(approved, f Facts) Facts {
	approved.Amenities, approved.Terms = f.Amenities, f.Terms
	return approved
}

// approved tells whether the listing has a version that guests rely on.
func (l Listing) approved() bool { return l.Status == StatusLive || l.Status == StatusPaused }

// open gives the revision that waits, or nil.
func (l Listing) open() *Revision {
	if l.Revision != nil && l.Revision.Status == RevisionOpen {
		return l.Revision
	}
	return nil
}

// wanted is the listing as it would be with the revision that waits.
func (l Listing) wanted() Listing {
	r := l.open()
	if r == nil {
		return l
	}
	l.Facts = r.Change.on(l.Facts)
	if r.Change.Photos != nil {
		l.Photos = r.Photos
	}
	return l
}

func inputs(photos []Photo) []PhotoInput {
	out := make([]PhotoInput, len(photos))
	for i, p := range photos {
		out[i] = PhotoInput{UploadID: p.UploadID, Caption: p.Caption, AltText: p.AltText}
	}
	return out
}
