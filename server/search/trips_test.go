package search

import (
	"testing"

	"github.com/rentora/rentora/server/testkit"
)

func TestAPageOfResultsIsOneRoundTrip(t *testing.T) {
	t.Parallel()
	w := newWorld(t, plain(nil), plain(nil), plain(nil))
	pool, trips := testkit.CountTrips(t, w.pool)
	counted, err := New(pool, w.config, w.now)
	if err != nil {
		t.Fatal(err)
	}
	r, err := counted.Search(t.Context(), Query{Guests: 2})
	if err != nil || len(r.Hits) != 3 {
		t.Fatalf("%d hits, %v", len(r.Hits), err)
	}
	if made := trips.Made(); len(made) != 1 {
		t.Errorf("%d round trips: %q", len(made), made)
	}
	if r, err := counted.Search(t.Context(), Query{Guests: 40}); err != nil || r.Found != 0 {
		t.Fatalf("%d found, %v", r.Found, err)
	}
	if made := trips.Made(); len(made) != 0 {
		t.Errorf("nothing found, %d round trips: %q", len(made), made)
	}
}
