package seed

import (
	"time"

	"github.com/google/uuid"

	"github.com/rentora/rentora/server/booking"
	"github.com/rentora/rentora/server/calendar"
	"github.com/rentora/rentora/server/date"
)

// house writes the bookings and the calendar of one listing.
type house struct {
	*loaded
	draft    Draft
	today    date.Date
	calendar *calendar.Imported
	booked   booking.Imported // what all have in common
	n        int
}

// mostBookings bounds those of one listing, so that each has a number of its own.
const mostBookings = 64

func (h *house) fill() {
	for _, o := range h.draft.Occupied {
		taken := calendar.Taken{During: h.during(o.StartDay, o.Nights)}
		if o.Kind == Booking {
			taken.BookingID = h.book(h.coming(o), taken.During, o.Guests)
		}
		h.take(taken)
	}
	for _, s := range h.draft.Stays {
		during := h.during(s.StartDay, s.Nights)
		id := h.book(h.gone(s), during, s.Guests)
		if s.Status == string(booking.StatusCompleted) || s.Status == string(booking.StatusCheckedIn) {
			h.take(calendar.Taken{During: during, BookingID: id})
		}
	}
}

func (h *house) during(start, nights int) date.Range {
	return date.Range{Start: h.today + date.Date(start), End: h.today + date.Date(start+nights)}
}

func (h *house) take(t calendar.Taken) {
	t.ID = h.id("nights", h.draft.Index*mostBookings+len(h.calendar.Taken), h.base)
	h.calendar.Taken = append(h.calendar.Taken, t)
}

// minute spreads instants over a day, the same ones each time.
func (h *house) minute(within int) time.Duration {
	return time.Duration((h.draft.Index*37+h.n*151)%within) * time.Minute
}

// book completes a booking and gives its id.
func (h *house) book(b booking.Imported, during date.Range, guests int) uuid.UUID {
	number := h.draft.Index*mostBookings + h.n
	h.n++
	b.ID, b.Number = h.id("booking", number, b.CreatedAt), uint64(number)
	b.GuestID = h.guestID(int(mix(uint64(number)^h.seed<<40) % uint64(h.guests())))
	b.Stay, b.Guests = during, guests
	h.bookings = append(h.bookings, b)
	return b.ID
}

func (h *house) coming(o Occupied) booking.Imported {
	b := h.booked
	if o.Waiting {
		b.Status, b.CreatedAt = booking.StatusPending, h.base.Add(-h.minute(int(h.Waits.Minutes())*3/4)-time.Minute)
		b.ExpiresAt = h.after(b.CreatedAt, h.Waits)
		return b
	}
	b.Status, b.CreatedAt = booking.StatusConfirmed, h.made(o.AgeDays)
	return h.decided(b)
}

func (h *house) gone(s Stay) booking.Imported {
	b := h.booked
	b.Status, b.CreatedAt = booking.Status(s.Status), h.made(s.AgeDays)
	switch b = h.decided(b); b.Status {
	case booking.StatusDeclined:
	case booking.StatusExpired:
		b.DecidedAt, b.EndedAt = nil, b.ExpiresAt
	case booking.StatusCancelledByGuest, booking.StatusCancelledByHost, booking.StatusCancelledByAdmin:
		b.EndedAt = h.after(b.CreatedAt, time.Duration(s.EndHours)*time.Hour)
	}
	return b
}

// made is the instant at which something of some days ago was booked.
func (h *house) made(daysAgo int) time.Time {
	return h.base.AddDate(0, 0, -daysAgo).Add(-h.minute(600))
}

// decided is a booking that was confirmed at once, or by the host within some hours.
func (h *house) decided(b booking.Imported) booking.Imported {
	b.DecidedAt = &b.CreatedAt
	if h.draft.BookingMode == string(booking.Request) {
		b.ExpiresAt = h.after(b.CreatedAt, h.Waits)
		b.DecidedAt = h.after(b.CreatedAt, h.minute(int(h.Waits.Minutes())*3/4)+time.Minute)
	}
	at := *b.DecidedAt
	b.DecidedAt = &at
	return b
}

func (h *house) after(at time.Time, by time.Duration) *time.Time {
	at = at.Add(by)
	return &at
}
