package journey_test

import (
	"fmt"
	"io"
	"net/http"
	"strings"
	"testing"
	"time"

	"github.com/rentora/rentora/server/contract"
	"github.com/rentora/rentora/server/identity"
	"github.com/rentora/rentora/server/testkit"
)

// TestNumbers lets the business happen and reads its numbers: each thing once, money apart by what came and what went back.
func TestNumbers(t *testing.T) {
	t.Parallel()
	p := testkit.StartProgram(t)
	w := p.Worker("relay", "numbers")
	host, admin, guest := signIn(t, p, identity.Host), signIn(t, p, identity.Admin), signIn(t, p, identity.Guest)
	id := live(t, p, host, admin, "Flat that is counted", contract.BookingModeRequest)
	kept, returned, refused, asked := request(t, guest, id, stay(60, 2)), request(t, guest, id, stay(70, 2)), request(t, guest, id, stay(80, 2)), request(t, guest, id, stay(90, 2))
	for _, b := range []contract.Booking{kept, returned} {
		confirmed, err := host.ConfirmBookingWithResponse(t.Context(), b.Id)
		expect(t, confirmed, err, 200)
	}
	declined, err := host.DeclineBookingWithResponse(t.Context(), refused.Id, contract.ReasonRequest{})
	expect(t, declined, err, 200)
	var back int64
	for _, b := range []contract.Booking{returned, asked} {
		cancelled, err := guest.CancelBookingWithResponse(t.Context(), b.Id, nil, contract.ReasonRequest{})
		expect(t, cancelled, err, 200)
		if b.Id == returned.Id {
			back = cancelled.JSON200.Data.Refund.Minor
		}
	}
	currency := kept.Total.Currency
	wantNumbers(t, admin, contract.CurrencyValue{Currency: currency, ConfirmedMinor: kept.Total.Minor + returned.Total.Minor})
	wanted := []string{
		`rentora_listing_events_total{event="submitted"} 1`, `rentora_listing_events_total{event="approved"} 1`,
		`rentora_listing_verification_seconds_count 1`, `rentora_booking_answer_seconds_count 3`,
		`rentora_booking_events_total{event="requested"} 4`, `rentora_booking_events_total{event="confirmed"} 2`,
		`rentora_booking_events_total{event="declined"} 1`, `rentora_booking_events_total{event="cancelled"} 2`,
		`rentora_booking_events_total{event="expired"} 0`,
		fmt.Sprintf(`rentora_revenue_confirmed_minor_total{currency="%s"} %d`, currency, kept.Total.Minor+returned.Total.Minor),
		fmt.Sprintf(`rentora_revenue_refunded_minor_total{currency="%s"} %d`, currency, back),
	}
	testkit.Eventually(t, 20*time.Second, func() error {
		answer, err := http.Get(w.Base() + "/metrics")
		if err != nil {
			return err
		}
		defer answer.Body.Close()
		text, err := io.ReadAll(answer.Body)
		for _, line := range wanted {
			if !strings.Contains(string(text), line+"\n") {
				return fmt.Errorf("there is no %s: %w", line, err)
			}
		}
		return err
	})
}

// wantNumbers looks at what staff see of the same. The day may have ended since.
func wantNumbers(t *testing.T, admin account, value contract.CurrencyValue) {
	t.Helper()
	answer, err := admin.GetNumbersWithResponse(t.Context(), &contract.GetNumbersParams{Days: new(2)})
	expect(t, answer, err, 200)
	n := answer.JSON200.Data
	var all contract.NumbersDay
	for _, d := range n.Days {
		all.BookingsRequested += d.BookingsRequested
		all.BookingsConfirmed += d.BookingsConfirmed
		all.BookingsCancelled += d.BookingsCancelled
		all.NightsConfirmed += d.NightsConfirmed
		all.NewAccounts += d.NewAccounts
		all.NewListings += d.NewListings
	}
	if want := (contract.NumbersDay{BookingsRequested: 4, BookingsConfirmed: 2, BookingsCancelled: 2, NightsConfirmed: 4, NewAccounts: 3, NewListings: 1}); all != want || len(n.Days) != 2 {
		t.Errorf("the days are %+v", n.Days)
	}
	if n.Now != (contract.NumbersNow{LiveListings: 1}) || len(n.Value) != 1 || n.Value[0] != value {
		t.Errorf("now there is %+v, and the value is %+v", n.Now, n.Value)
	}
}
