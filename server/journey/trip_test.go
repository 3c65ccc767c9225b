package journey_test

import (
	"strings"
	"testing"

	"github.com/google/uuid"

	"github.com/rentora/rentora/server/contract"
	"github.com/rentora/rentora/server/date"
)

// expectTrip looks at the lists that both see, each with the photo of the place.
func expectTrip(t *testing.T, host, guest account, id uuid.UUID, s date.Range) {
	t.Helper()
	for when, n := range map[contract.BookingPhase]int{contract.BookingPhaseUpcoming: 1, contract.BookingPhaseCurrent: 0, contract.BookingPhasePast: 0} {
		for as, who := range map[contract.ListBookingsParamsAs]account{contract.ListBookingsParamsAsGuest: guest, contract.ListBookingsParamsAsHost: host} {
			list, err := who.ListBookingsWithResponse(t.Context(), &contract.ListBookingsParams{As: &as, When: &when, StayFrom: &s.Start, StayTo: &s.End})
			expect(t, list, err, 200)
			if len(list.JSON200.Data) != n {
				t.Fatalf("%d bookings are %s for the %s: %s", len(list.JSON200.Data), when, as, list.Body)
			}
			for _, b := range list.JSON200.Data {
				if c := b.Listing.Cover; b.Id != id || c == nil || c.Blurhash == "" || len(c.Variants) < 2 || !strings.HasPrefix(c.Variants[0].Url, "http") {
					t.Errorf("for the %s the trip is %s", as, list.Body)
				}
			}
		}
	}
}
