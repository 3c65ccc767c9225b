package booking

import (
	"fmt"
	"sync"
	"testing"

	"github.com/google/go-cmp/cmp"
	"github.com/google/uuid"

	"github.com/rentora/rentora/server/errs"
	"github.com/rentora/rentora/server/idempotency"
	"github.com/rentora/rentora/server/page"
	"github.com/rentora/rentora/server/testkit"
)

func TestBookingIsOneRoundTrip(t *testing.T) {
	t.Parallel()
	w := newWorld(t)
	pool, trips := testkit.CountTrips(t, w.pool)
	instant := w.addListing(Instant, Moderate, "Europe/Lisbon")
	for i, listing := range []uuid.UUID{w.listing, instant} {
		for value, dates := range map[string][2]string{"": {"2026-07-01", "2026-07-04"}, fmt.Sprint("k-", i): {"2026-07-10", "2026-07-14"}} {
			q := w.quote(listing, dates[0], dates[1])
			counted := *w.service
			counted.pool = pool
			trips.Made()
			b, err := counted.Create(t.Context(), w.guest, NewBooking{QuoteToken: q.Token, Message: "We come by train."}, idempotency.NewKey(w.guest.ID, value, "createBooking"))
			if err != nil {
				t.Fatal(err)
			}
			if made := trips.Made(); len(made) != 1 {
				t.Errorf("key %q: %d round trips: %q", value, len(made), made)
			}
			read, err := w.service.Get(t.Context(), w.guest, b.ID)
			if err != nil {
				t.Fatal(err)
			}
			if diff := cmp.Diff(read, b); diff != "" {
				t.Errorf("what was answered is not what is read: %s", diff)
			}
		}
	}
	w.assertTruth()
}

func TestAListIsOneRoundTrip(t *testing.T) {
	t.Parallel()
	w := newWorld(t)
	w.book(w.listing, "2026-07-01", "2026-07-04")
	pool, trips := testkit.CountTrips(t, w.pool)
	counted := *w.service
	counted.pool = pool
	if _, err := counted.List(t.Context(), w.guest, Filter{}, page.Request{}); err != nil {
		t.Fatal(err)
	}
	if made := trips.Made(); len(made) != 1 {
		t.Errorf("%d round trips: %q", len(made), made)
	}
}

// One key used by many at the same moment makes one booking; everybody else hears of it or is asked to wait.
func TestOneKeyUsedAtOnce(t *testing.T) {
	t.Parallel()
	w := newWorld(t)
	key := idempotency.NewKey(w.guest.ID, "k-1", "createBooking")
	var wg sync.WaitGroup
	var mu sync.Mutex
	ids := map[uuid.UUID]int{}
	gate := make(chan struct{})
	for range 32 {
		q := w.quote(w.listing, "2026-07-01", "2026-07-04")
		wg.Go(func() {
			<-gate
			b, err := w.create(w.guest, q, key)
			if err != nil {
				wantCode(t, err, errs.Conflict, "still_running")
				return
			}
			mu.Lock()
			defer mu.Unlock()
			ids[b.ID]++
		})
	}
	close(gate)
	wg.Wait()
	if len(ids) != 1 || w.count(`select count(*) from bookings`) != 1 || w.count(`select count(*) from idempotency_keys`) != 1 {
		t.Errorf("made %v, %d bookings", ids, w.count(`select count(*) from bookings`))
	}
	w.assertTruth()
}
