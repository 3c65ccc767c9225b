package pricing_test

import (
	"testing"
	"time"

	"github.com/rentora/rentora/server/identity"
	"github.com/rentora/rentora/server/listing"
	"github.com/rentora/rentora/server/pricing"
	"github.com/rentora/rentora/server/testkit"
)

// The page of a listing is this one call, whoever asks.
func TestAPricedDetailIsOneRoundTrip(t *testing.T) {
	t.Parallel()
	w := newWorld(t)
	id := w.listing(listing.StatusLive)
	pool, trips := testkit.CountTrips(t, w.pool)
	counted := pricing.New(pool, time.Now)
	for _, actor := range []identity.Actor{{}, w.other, w.host, w.admin} {
		if _, err := counted.GetPriced(t.Context(), actor, id); err != nil {
			t.Fatal(err)
		}
		if made := trips.Made(); len(made) != 1 {
			t.Errorf("%s: %d round trips: %q", actor.Role, len(made), made)
		}
	}
}
