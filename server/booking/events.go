package booking

import (
	"github.com/google/uuid"

	"github.com/rentora/rentora/server/date"
)

// Stay is what every event of a booking says. Version grows with each: a listener that saw a higher one ignores a lower.
type Stay struct {
	BookingID uuid.UUID `json:"booking_id"`
	ListingID uuid.UUID `json:"listing_id"`
	HostID    uuid.UUID `json:"host_id"`
	GuestID   uuid.UUID `json:"guest_id"`
	CheckIn   date.Date `json:"check_in"`
	CheckOut  date.Date `json:"check_out"`
	Version   int64     `json:"version"`
}

// Requested says that a guest waits for the host's answer.
type Requested Stay

// Declined says that the host refused a request.
type Declined Stay

// Expired says that a request was not answered in time.
type Expired Stay

// Confirmed says that a stay will take place: the host took the request, or the listing is booked instantly.
type Confirmed struct {
	BookingID uuid.UUID `json:"booking_id"`
	ListingID uuid.UUID `json:"listing_id"`
	HostID    uuid.UUID `json:"host_id"`
	GuestID   uuid.UUID `json:"guest_id"`
	CheckIn   date.Date `json:"check_in"`
	CheckOut  date.Date `json:"check_out"`
	Version   int64     `json:"version"`
	Instant   bool      `json:"instant"`
}

// Cancelled says that a booking which was asked for or confirmed will not take place.
type Cancelled struct {
	BookingID uuid.UUID `json:"booking_id"`
	ListingID uuid.UUID `json:"listing_id"`
	HostID    uuid.UUID `json:"host_id"`
	GuestID   uuid.UUID `json:"guest_id"`
	CheckIn   date.Date `json:"check_in"`
	CheckOut  date.Date `json:"check_out"`
	Version   int64     `json:"version"`
	By        string    `json:"by"` // guest, host, admin
}

// EventType names the event.
func (Requested) EventType() string { return "bookings.requested" }

// EventType names the event.
func (Confirmed) EventType() string { return "bookings.confirmed" }

// EventType names the event.
func (Declined) EventType() string { return "bookings.declined" }

// EventType names the event.
func (Expired) EventType() string { return "bookings.expired" }

// EventType names the event.
func (Cancelled) EventType() string { return "bookings.cancelled" }

// EventKey orders by listing.
func (e Requested) EventKey() string { return e.ListingID.String() }

// EventKey orders by listing.
func (e Confirmed) EventKey() string { return e.ListingID.String() }

// EventKey orders by listing.
func (e Declined) EventKey() string { return e.ListingID.String() }

// EventKey orders by listing.
func (e Expired) EventKey() string { return e.ListingID.String() }

// EventKey orders by listing.
func (e Cancelled) EventKey() string { return e.ListingID.String() }

func confirmed(s Stay, instant bool) Confirmed {
	return Confirmed{BookingID: s.BookingID, ListingID: s.ListingID, HostID: s.HostID, GuestID: s.GuestID,
		CheckIn: s.CheckIn, CheckOut: s.CheckOut, Version: s.Version, Instant: instant}
}

func cancelled(s Stay, by Part) Cancelled {
	return Cancelled{BookingID: s.BookingID, ListingID: s.ListingID, HostID: s.HostID, GuestID: s.GuestID,
		CheckIn: s.CheckIn, CheckOut: s.CheckOut, Version: s.Version, By: string(by)}
}
