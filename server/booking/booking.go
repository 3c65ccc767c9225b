// Package booking is who stays where and when: quotes, bookings and what becomes of them.
package booking

import (
	"fmt"
	"time"

	"github.com/google/uuid"

	"github.com/rentora/rentora/server/calendar"
	"github.com/rentora/rentora/server/date"
	"github.com/rentora/rentora/server/identity"
	"github.com/rentora/rentora/server/media"
	"github.com/rentora/rentora/server/pricing"
)

// Status of a booking.
type Status string

// The statuses that a booking can have now. The schema knows those to come.
const (
	StatusPending          Status = "PENDING" // holds its nights until ExpiresAt
	StatusConfirmed        Status = "CONFIRMED"
	StatusDeclined         Status = "DECLINED"
	StatusExpired          Status = "EXPIRED"
	StatusCancelledByGuest Status = "CANCELLED_BY_GUEST"
	StatusCancelledByHost  Status = "CANCELLED_BY_HOST"
	StatusCancelledByAdmin Status = "CANCELLED_BY_ADMIN"
	StatusCheckedIn        Status = "CHECKED_IN"
	StatusCompleted        Status = "COMPLETED"
)

// Party is somebody in a booking, as the other side sees them.
type Party struct {
	ID   uuid.UUID
	Name string
}

// Place is the listing of a booking. The address is empty and Exact is nil for who may not know them yet.
type Place struct {
	ID          uuid.UUID
	Title       string
	City        string
	CountryCode string
	AddressLine string
	PostalCode  string
	Exact       *Point
	Cover       *Cover // nil: the listing has no photo, or the booking was made just now
}

// Cover is the first photo of a listing, in the sizes that a card needs.
type Cover struct {
	AltText, Blurhash string
	Variants          []media.Variant
}

// Point is a place on the map, in degrees.
type Point struct{ Lat, Lng float64 }

// Booking is a stay that somebody asked for. Price, policy and times are those of the quote that it was made of.
type Booking struct {
	ID          uuid.UUID
	Code        string // for people
	Status      Status
	Version     int64
	Listing     Place
	Host, Guest Party
	CheckIn     date.Date
	CheckOut    date.Date
	Guests      int
	Message     string
	Lines       []pricing.Line
	TotalMinor  int64
	RefundMinor *int64 // of a cancelled one
	Currency    string // ISO 4217, of all amounts
	Policy      Policy
	Timezone    string // IANA
	CheckInFrom string // HH:MM on the wall clock of Timezone
	ExpiresAt   *time.Time
	Reason      string // of the last refusal or cancellation
	CreatedAt   time.Time
	UpdatedAt   time.Time
}

// stay gives what the booking's events say.
func (b Booking) stay(version int64) Stay {
	return Stay{BookingID: b.ID, ListingID: b.Listing.ID, HostID: b.Host.ID, GuestID: b.Guest.ID,
		CheckIn: b.CheckIn, CheckOut: b.CheckOut, Version: version}
}

// expired tells whether a request waited for its answer too long, noticed or not.
func (b Booking) expired(now time.Time) bool {
	return b.Status == StatusPending && b.ExpiresAt != nil && !now.Before(*b.ExpiresAt)
}

// CheckInMoment is the instant from which the guest may come.
func (b Booking) CheckInMoment() (time.Time, error) {
	return wallClock(b.CheckIn, b.CheckInFrom, b.Timezone)
}

// Part is as what somebody acts on a booking.
type Part string

// The parts, as history and events name them.
const (
	asGuest  Part = "guest"
	asHost   Part = "host"
	asAdmin  Part = "admin"
	asNobody Part = ""
)

// partOf tells as what the actor acts; an admin who is a side of the booking acts as that side.
func (b Booking) partOf(actor identity.Actor) Part {
	switch {
	case !actor.SignedIn():
		return asNobody
	case actor.ID == b.Guest.ID:
		return asGuest
	case actor.ID == b.Host.ID:
		return asHost
	case actor.IsAdmin():
		return asAdmin
	}
	return asNobody
}

// seenBy gives the booking as the actor may see it: a guest learns the exact place once the stay is certain.
func (b Booking) seenBy(actor identity.Actor) Booking {
	certain := b.Status == StatusConfirmed || b.Status == StatusCheckedIn || b.Status == StatusCompleted
	if part := b.partOf(actor); part == asHost || part == asAdmin || part == asGuest && certain {
		return b
	}
	b.Listing.AddressLine, b.Listing.PostalCode, b.Listing.Exact = "", "", nil
	return b
}

// wallClock is the instant at which a clock on the wall of a zone shows HH:MM on a date.
func wallClock(d date.Date, clock, zone string) (time.Time, error) {
	location, err := calendar.Zone(zone)
	if err != nil {
		return time.Time{}, err
	}
	var hour, minute int
	if _, err := fmt.Sscanf(clock, "%d:%d", &hour, &minute); err != nil {
		return time.Time{}, fmt.Errorf("booking: check-in time %q: %w", clock, err)
	}
	return d.At(hour, minute, location), nil
}
