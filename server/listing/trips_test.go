package listing_test

import (
	"testing"
	"time"

	"github.com/rentora/rentora/server/identity"
	"github.com/rentora/rentora/server/listing"
	"github.com/rentora/rentora/server/testkit"
)

func TestADetailIsOneRoundTrip(t *testing.T) {
	t.Parallel()
	w := newWorld(t)
	l := w.in(listing.StatusLive)
	pool, trips := testkit.CountTrips(t, w.pool)
	counted := listing.New(pool, []byte("a secret of the test"), time.Now)
	if _, err := counted.Get(t.Context(), identity.Actor{}, l.ID); err != nil {
		t.Fatal(err)
	}
	if made := trips.Made(); len(made) != 1 {
		t.Errorf("%d round trips: %q", len(made), made)
	}
}
