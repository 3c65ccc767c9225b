package journey_test

import (
	"fmt"
	"testing"
	"time"

	"github.com/rentora/rentora/server/contract"
	"github.com/rentora/rentora/server/identity"
	"github.com/rentora/rentora/server/testkit"
)

// TestDeclined gives the nights back and tells the guest why.
func TestDeclined(t *testing.T) {
	t.Parallel()
	p := testkit.StartProgram(t)
	worker := p.Worker("relay", "notify")
	host, admin, guest := signIn(t, p, identity.Host), signIn(t, p, identity.Admin), signIn(t, p, identity.Guest)
	id := live(t, p, host, admin, "A flat that is not for all", contract.BookingModeRequest)
	b := request(t, guest, id, stay(20, 2))

	declined, err := host.DeclineBookingWithResponse(t.Context(), b.Id, contract.ReasonRequest{Reason: new("The roof is being mended that week.")})
	expect(t, declined, err, 200)
	if got := declined.JSON200.Data; got.Status != contract.BookingStatusDECLINED || got.Refund != nil && got.Refund.Minor != 0 {
		t.Errorf("declined: %+v", got)
	}
	for what, try := range map[string]func() (answer, error){
		"confirm": func() (answer, error) { return host.ConfirmBookingWithResponse(t.Context(), b.Id) },
		"decline": func() (answer, error) {
			return host.DeclineBookingWithResponse(t.Context(), b.Id, contract.ReasonRequest{})
		},
		"cancel": func() (answer, error) {
			return guest.CancelBookingWithResponse(t.Context(), b.Id, nil, contract.ReasonRequest{})
		},
		"preview": func() (answer, error) { return guest.PreviewCancellationWithResponse(t.Context(), b.Id) },
	} {
		if a, err := try(); err != nil || a.StatusCode() != 409 {
			t.Errorf("%s after decline: %d %s %v", what, a.StatusCode(), a.GetBody(), err)
		}
	}
	m := awaitMail(t, p, guest.Email, "Declined: A flat")
	if want := "The roof is being mended that week."; !contains(m, want) {
		t.Errorf("the mail does not give the reason:\n%s", m.Text)
	}
	request(t, guest, id, stay(20, 2)) // the nights are free again
	p.API.Stop()                       // asked to end, both end in order
	worker.Stop()
}

// TestExpired lets a request and a quote run out of time.
func TestExpired(t *testing.T) {
	t.Parallel()
	p := testkit.StartProgram(t, "RENTORA_BOOKING_PENDING_LIFE", "1s", "RENTORA_BOOKING_QUOTE_LIFE", "1s")
	host, admin, guest := signIn(t, p, identity.Host), signIn(t, p, identity.Admin), signIn(t, p, identity.Guest)
	id := live(t, p, host, admin, "A flat of a slow host", contract.BookingModeRequest)
	old, err := guest.CreateQuoteWithResponse(t.Context(), id, quoteFor(stay(60, 2), 2))
	expect(t, old, err, 200)
	b := request(t, guest, id, stay(20, 2))

	// No worker runs yet: an expired request that nobody has flipped must neither be confirmed nor keep its nights.
	testkit.Eventually(t, 10*time.Second, func() error {
		got, err := host.GetBookingWithResponse(t.Context(), b.Id)
		expect(t, got, err, 200)
		if e := got.JSON200.Data.ExpiresAt; got.JSON200.Data.Status == contract.BookingStatusPENDING && e != nil && time.Now().Before(*e) {
			return fmt.Errorf("it can be answered until %s", e)
		}
		return nil
	})
	late, err := host.ConfirmBookingWithResponse(t.Context(), b.Id)
	expect(t, late, err, 409)
	if late.JSONDefault.Error.Code != "expired" {
		t.Errorf("a late confirmation: %s", late.Body)
	}
	second := request(t, guest, id, stay(20, 2))

	stale, err := guest.CreateBookingWithResponse(t.Context(), nil, contract.CreateBookingRequest{QuoteToken: old.JSON200.Data.Token})
	expect(t, stale, err, 409)
	if stale.JSONDefault.Error.Code != "quote_expired" {
		t.Errorf("an old quote: %s", stale.Body)
	}

	p.Worker("relay", "scheduler", "notify")
	for _, one := range []contract.Booking{b, second} {
		testkit.Eventually(t, 30*time.Second, func() error {
			got, err := guest.GetBookingWithResponse(t.Context(), one.Id)
			expect(t, got, err, 200)
			if got.JSON200.Data.Status != contract.BookingStatusEXPIRED {
				return fmt.Errorf("the request is %s", got.JSON200.Data.Status)
			}
			return nil
		})
	}
	testkit.Eventually(t, 20*time.Second, func() error {
		list, err := mailsTo(t, p, guest.Email)
		if err == nil && len(list) != 2 {
			err = fmt.Errorf("%d mails, want one for each expired request", len(list))
		}
		return err
	})
	if n := count(t.Context(), t, p, "select count(*) from occupancies"); n != 0 {
		t.Errorf("%d nights are still held", n)
	}
}
