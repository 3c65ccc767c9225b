package notify

import (
	"context"
	"errors"
	"fmt"
	"strings"

	"github.com/google/uuid"

	"github.com/rentora/rentora/server/booking"
	"github.com/rentora/rentora/server/date"
	"github.com/rentora/rentora/server/money"
	"github.com/rentora/rentora/server/notify/internal/query"
)

// What a mail says must still be true when it is sent: an event that the booking has moved past sends none.

// OnBookingRequested asks the host for an answer.
func (s *Service) OnBookingRequested(ctx context.Context, e booking.Requested) error {
	b, err := s.booking(ctx, e.BookingID)
	if err != nil {
		return err
	}
	if b.Status != "PENDING" || b.ExpiresAt != nil && !s.now().Before(*b.ExpiresAt) {
		return s.tooLate(ctx, b.HostID, "booking_requested")
	}
	c := content{
		Subject: fmt.Sprintf("Request: %s, %s", b.Title, nights(b)), Preview: b.GuestName + " would like to stay with you.", Heading: "A guest asks to stay",
		Paragraphs: []string{b.GuestName + " would like to stay at " + b.Title + "."}, Quote: b.Message, Facts: facts(b),
		Action: &action{"Answer the request", s.publicURL + "/host/bookings/" + b.ID.String()},
	}
	if b.ExpiresAt != nil {
		c.Footnote = "The request expires at " + local(*b.ExpiresAt, b.Timezone) + " if you do not answer."
	}
	return s.toAccount(ctx, b.HostID, "booking_requested", c)
}

// OnBookingConfirmed tells the guest where to go and, when nobody had to ask, the host that somebody comes.
func (s *Service) OnBookingConfirmed(ctx context.Context, e booking.Confirmed) error {
	b, err := s.booking(ctx, e.BookingID)
	if err != nil {
		return err
	}
	if b.Status != "CONFIRMED" {
		return errors.Join(s.tooLate(ctx, b.GuestID, "booking_confirmed"), s.tooLate(ctx, b.HostID, "booking_confirmed_host"))
	}
	guest := content{
		Subject: "Confirmed: " + b.Title, Preview: nights(b) + ", booking " + b.Code, Heading: "Your stay is confirmed",
		Paragraphs: []string{b.HostName + " is looking forward to your stay at " + b.Title + "."},
		Facts:      append(facts(b), fact{"Address", address(b)}, fact{"Check-in from", b.CheckInFrom}),
		Action:     &action{"See your trip", s.publicURL + "/trips/" + b.ID.String()},
	}
	toGuest := s.toAccount(ctx, b.GuestID, "booking_confirmed", guest)
	if !e.Instant {
		return toGuest
	}
	return together(toGuest, s.toAccount(ctx, b.HostID, "booking_confirmed_host", content{
		Subject: fmt.Sprintf("Booked: %s, %s", b.Title, nights(b)), Preview: b.GuestName + " has booked.", Heading: "You have a new booking",
		Paragraphs: []string{b.GuestName + " has booked " + b.Title + " at once."}, Quote: b.Message, Facts: facts(b),
		Action: &action{"See the booking", s.publicURL + "/host/bookings/" + b.ID.String()},
	}))
}

// OnBookingDeclined tells the guest.
func (s *Service) OnBookingDeclined(ctx context.Context, e booking.Declined) error {
	return s.ended(ctx, e.BookingID, "DECLINED", "booking_declined", "Declined", "The host cannot take this stay",
		"The host declined your request. You owe nothing, and the dates are free again.")
}

// OnBookingExpired tells the guest.
func (s *Service) OnBookingExpired(ctx context.Context, e booking.Expired) error {
	return s.ended(ctx, e.BookingID, "EXPIRED", "booking_expired", "Expired", "Your request was not answered in time",
		"The host did not answer in time, so the request has ended. You owe nothing, and the dates are free again.")
}

func (s *Service) ended(ctx context.Context, id uuid.UUID, status, template, subject, heading, sentence string) error {
	b, err := s.booking(ctx, id)
	if err != nil {
		return err
	}
	if b.Status != status {
		return s.tooLate(ctx, b.GuestID, template)
	}
	return s.toAccount(ctx, b.GuestID, template, content{
		Subject: subject + ": " + b.Title, Preview: sentence, Heading: heading, Paragraphs: []string{sentence}, Quote: b.Reason, Facts: facts(b),
		Action: &action{"Find another place", s.publicURL + "/stays?check_in=" + b.CheckIn.String() + "&check_out=" + b.CheckOut.String()},
	})
}

// OnBookingCancelled tells both sides, with the refund.
func (s *Service) OnBookingCancelled(ctx context.Context, e booking.Cancelled) error {
	b, err := s.booking(ctx, e.BookingID)
	if err != nil {
		return err
	}
	if !strings.HasPrefix(b.Status, "CANCELLED_") {
		return errors.Join(s.tooLate(ctx, b.HostID, "booking_cancelled"), s.tooLate(ctx, b.GuestID, "booking_cancelled"))
	}
	all := facts(b)
	if b.RefundMinor != nil {
		all = append(all, fact{"Refund", money.Amount{Minor: *b.RefundMinor, Currency: b.Currency}.String()})
	}
	c := content{
		Subject: fmt.Sprintf("Cancelled: %s, %s", b.Title, nights(b)), Preview: "Booking " + b.Code, Heading: "A booking was cancelled",
		Paragraphs: []string{fmt.Sprintf("Booking %s at %s was cancelled by %s. The dates are free again.", b.Code, b.Title, who(e.By))},
		Quote:      b.Reason, Facts: all, Action: &action{"See the booking", s.publicURL + "/host/bookings/" + b.ID.String()},
	}
	toHost := s.toAccount(ctx, b.HostID, "booking_cancelled", c)
	c.Action = &action{"See your trip", s.publicURL + "/trips/" + b.ID.String()}
	return together(toHost, s.toAccount(ctx, b.GuestID, "booking_cancelled", c))
}

func who(by string) string {
	switch by {
	case "guest", "host":
		return "the " + by
	}
	return "Rentora"
}

func (s *Service) booking(ctx context.Context, id uuid.UUID) (query.BookingOfRow, error) {
	b, err := s.queries.BookingOf(ctx, id)
	return b, missing(err, "booking")
}

func facts(b query.BookingOfRow) []fact {
	return []fact{
		{"Booking", b.Code}, {"Place", b.Title + ", " + b.City}, {"Check-in", day(b.CheckIn)}, {"Check-out", day(b.CheckOut)},
		{"Guests", fmt.Sprint(b.Guests)}, {"Total", money.Amount{Minor: b.TotalMinor, Currency: b.Currency}.String()},
	}
}

func address(b query.BookingOfRow) string {
	out := b.City + ", " + b.CountryCode
	if b.PostalCode != "" {
		out = b.PostalCode + " " + out
	}
	if b.AddressLine != "" {
		out = b.AddressLine + ", " + out
	}
	return out
}

func nights(b query.BookingOfRow) string { return day(b.CheckIn) + " to " + day(b.CheckOut) }

func day(d date.Date) string { return d.Time().Format("Mon 2 Jan 2006") }
