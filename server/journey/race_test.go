package journey_test

import (
	"net/http"
	"sync"
	"testing"

	"github.com/rentora/rentora/server/contract"
	"github.com/rentora/rentora/server/identity"
	"github.com/rentora/rentora/server/testkit"
)

// TestOneOfSixtyFour lets 64 guests book the same nights at the same moment.
func TestOneOfSixtyFour(t *testing.T) {
	t.Parallel()
	p := testkit.StartProgram(t)
	host, admin := signIn(t, p, identity.Host), signIn(t, p, identity.Admin)
	for _, mode := range []contract.BookingMode{contract.BookingModeInstant, contract.BookingModeRequest} {
		id := live(t, p, host, admin, "Only one gets this flat", mode)
		guests, forms := make([]account, 64), make([]contract.CreateBookingRequest, 64)
		for i := range guests {
			guests[i] = signIn(t, p, identity.Guest)
			// Not quite the same nights: every two of these stays have at least one night in common.
			quoted, err := guests[i].CreateQuoteWithResponse(t.Context(), id, quoteFor(stay(30+i%2, 4), 2))
			expect(t, quoted, err, 200)
			forms[i].QuoteToken = quoted.JSON200.Data.Token
		}
		answers := together(t, guests, forms)
		statuses := map[int]int{}
		for _, a := range answers {
			statuses[a.StatusCode()]++
			if a.StatusCode() == http.StatusConflict {
				expectNearest(t, a.JSONDefault)
			}
		}
		if statuses[http.StatusCreated] != 1 || statuses[http.StatusConflict] != 63 {
			t.Errorf("%s: statuses %v, want one 201 and 63 times 409", mode, statuses)
		}
		if n := count(t.Context(), t, p, "select count(*) from bookings where listing_id = $1", id); n != 1 {
			t.Errorf("%s: %d bookings", mode, n)
		}
		overlaps := count(t.Context(), t, p, `select count(*) from bookings a join bookings b on a.id < b.id and a.listing_id = b.listing_id
			and daterange(a.check_in, a.check_out) && daterange(b.check_in, b.check_out)
			where a.status in ('PENDING', 'CONFIRMED') and b.status in ('PENDING', 'CONFIRMED')`)
		if overlaps != 0 {
			t.Errorf("%s: %d overlaps", mode, overlaps)
		}
	}
}

// together sends all the bookings at once.
func together(t *testing.T, guests []account, forms []contract.CreateBookingRequest) []*contract.CreateBookingResponse {
	t.Helper()
	answers, failed := make([]*contract.CreateBookingResponse, len(guests)), make([]error, len(guests))
	start := make(chan struct{})
	var all sync.WaitGroup
	for i := range guests {
		all.Go(func() {
			<-start
			answers[i], failed[i] = guests[i].CreateBookingWithResponse(t.Context(), nil, forms[i])
		})
	}
	close(start)
	all.Wait()
	for _, err := range failed {
		if err != nil {
			t.Fatal(err)
		}
	}
	return answers
}
