package booking

import (
	"fmt"
	"sync"
	"sync/atomic"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"
	"github.com/google/uuid"

	"github.com/rentora/rentora/server/errs"
	"github.com/rentora/rentora/server/idempotency"
	"github.com/rentora/rentora/server/identity"
	"github.com/rentora/rentora/server/testkit"
)

func (w *world) create(a identity.Actor, q Quote, key idempotency.Key) (Booking, error) {
	return w.service.Create(w.Context(), a, NewBooking{QuoteToken: q.Token, Message: "We come by train."}, key)
}

func TestARequestWaitsForTheHost(t *testing.T) {
	t.Parallel()
	w := newWorld(t)
	q := w.quote(w.listing, "2026-07-01", "2026-07-04")
	w.exec(`update listing_prices set nightly_minor = 99999`) // the quote holds
	b, err := w.create(w.guest, q, noKey)
	if err != nil {
		t.Fatal(err)
	}
	if b.Status != StatusPending || b.Version != 1 || b.TotalMinor != q.TotalMinor || b.Message != "We come by train." || len(b.Code) != 8 ||
		!b.ExpiresAt.Equal(w.now().Add(24*time.Hour)) || b.Listing.Title != "A house" || b.Guest.ID != w.guest.ID || b.Host.ID != w.host.ID || b.Host.Name == "" {
		t.Errorf("%+v", b)
	}
	if diff := cmp.Diff(q.Lines, b.Lines); diff != "" {
		t.Error(diff)
	}
	if n := w.count(`select count(*) from outbox where topic = 'bookings' and type = 'bookings.requested' and key = $1 and payload->>'version' = '1'`, w.listing.String()); n != 1 {
		t.Errorf("%d events", n)
	}
	w.assertTruth()
}

func TestAnInstantListingConfirmsAtOnce(t *testing.T) {
	t.Parallel()
	w := newWorld(t)
	b := w.book(w.addListing(Instant, Moderate, "Europe/Lisbon"), "2026-07-01", "2026-07-04")
	if b.Status != StatusConfirmed || b.ExpiresAt != nil || b.Listing.AddressLine == "" {
		t.Errorf("%+v", b)
	}
	if n := w.count(`select count(*) from outbox where type = 'bookings.confirmed' and payload->>'instant' = 'true'`); n != 1 {
		t.Errorf("%d events", n)
	}
	w.assertTruth()
}

func TestARequestNeverOutlivesTheMomentOfArrival(t *testing.T) {
	t.Parallel()
	w := newWorld(t)
	w.at(instant(t, "2026-03-28T20:00:00Z")) // the night in which clocks go forward in Lisbon
	b := w.book(w.listing, "2026-03-29", "2026-03-31")
	if want := instant(t, "2026-03-29T14:00:00Z"); !b.ExpiresAt.Equal(want) {
		t.Errorf("expires %s, want %s", b.ExpiresAt, want)
	}
}

func TestSixtyFourGuestsGetOneStay(t *testing.T) {
	t.Parallel()
	w := newWorld(t)
	quote := w.quote(w.listing, "2026-07-01", "2026-07-04")
	guests := make([]identity.Actor, 64)
	for i := range guests {
		guests[i] = testkit.User(t, w.pool, identity.Guest)
	}
	var made, taken atomic.Int32
	var wg sync.WaitGroup
	gate := make(chan struct{})
	for _, g := range guests {
		wg.Go(func() {
			<-gate
			switch _, err := w.create(g, quote, noKey); {
			case err == nil:
				made.Add(1)
			case errs.Is(err, errs.Conflict):
				taken.Add(1)
			default:
				t.Error(err)
			}
		})
	}
	close(gate)
	wg.Wait()
	if made.Load() != 1 || taken.Load() != 63 || w.count(`select count(*) from bookings`) != 1 {
		t.Errorf("%d made it, %d did not", made.Load(), taken.Load())
	}
	w.assertTruth()
}

func TestRefusalsOfBooking(t *testing.T) {
	t.Parallel()
	w := newWorld(t)
	q := w.quote(w.listing, "2026-07-01", "2026-07-04")
	wantCode(t, justErr(w.create(w.host, q, noKey)), errs.Forbidden, "own_listing")
	wantCode(t, justErr(w.create(w.visitor, q, noKey)), errs.Unauthenticated, "unauthenticated")
	wantCode(t, justErr(w.create(w.guest, Quote{Token: q.Token[:len(q.Token)-2] + "AA"}, noKey)), errs.Invalid, "invalid")
	long := string(make([]rune, 2001))
	_, err := w.service.Create(t.Context(), w.guest, NewBooking{QuoteToken: q.Token, Message: long}, noKey)
	if diff := cmp.Diff([]string{"message max_length"}, brokenRules(err)); diff != "" {
		t.Error(diff)
	}
	w.exec(`update listings set status = 'paused'`)
	wantCode(t, justErr(w.create(w.guest, q, noKey)), errs.Conflict, "not_bookable")
	w.exec(`update listings set status = 'live'`)
	w.block("2026-07-03", "2026-07-05")
	e := wantCode(t, justErr(w.create(w.guest, q, noKey)), errs.Conflict, "dates_taken")
	if n := len(e.Details.(map[string]any)["nearest_dates"].([]Dates)); n != 3 {
		t.Errorf("%d proposals", n)
	}
	w.advance(15 * time.Minute)
	wantCode(t, justErr(w.create(w.guest, q, noKey)), errs.Conflict, "quote_expired")
	if n := w.count(`select (select count(*) from bookings) + (select count(*) from booking_events) + (select count(*) from outbox)`); n != 0 {
		t.Errorf("%d rows were half written", n)
	}
}

func TestAQuoteDoesNotOutliveNoticeOrArrival(t *testing.T) {
	t.Parallel()
	w := newWorld(t)
	w.exec(`insert into availability_rules (listing_id, advance_notice_days) values ($1, 1)`, w.listing)
	w.at(instant(t, "2026-06-01T22:55:00Z")) // five to midnight in Lisbon
	q := w.quote(w.listing, "2026-06-02", "2026-06-04")
	w.advance(5 * time.Minute)
	wantCode(t, justErr(w.create(w.guest, q, noKey)), errs.Conflict, "quote_expired")
	w.exec(`delete from availability_rules`)
	w.at(instant(t, "2026-06-02T13:55:00Z"))
	q = w.quote(w.listing, "2026-06-02", "2026-06-04")
	w.advance(5 * time.Minute) // 15:00: the guest may stand at the door
	wantCode(t, justErr(w.create(w.guest, q, noKey)), errs.Conflict, "quote_expired")
}

func TestABookingTakesOverAnExpiredRequest(t *testing.T) {
	t.Parallel()
	for _, key := range []string{"", "k-1"} {
		w := newWorld(t)
		old := w.book(w.listing, "2026-07-01", "2026-07-04")
		apart := w.book(w.listing, "2026-07-10", "2026-07-12")
		w.advance(24 * time.Hour)
		q, err := w.service.Quote(t.Context(), w.stranger, w.listing, stay("2026-07-03", "2026-07-05"), 1)
		if err != nil {
			t.Fatal(err)
		}
		b, err := w.create(w.stranger, q, idempotency.NewKey(w.stranger.ID, key, "createBooking"))
		if err != nil {
			t.Fatal(err)
		}
		if got := w.get(old.ID); got.Status != StatusExpired || got.Version != 2 {
			t.Errorf("the old one is %s", got.Status)
		}
		if got := w.get(apart.ID); got.Status != StatusPending {
			t.Errorf("the one that is not in the way is %s; the sweep ends it", got.Status)
		}
		if b.Status != StatusPending || w.count(`select count(*) from outbox where type = 'bookings.expired' and payload->>'booking_id' = $1`, old.ID.String()) != 1 {
			t.Errorf("%+v", b)
		}
		w.assertTruth()
	}
}

func TestAKeyBooksOnce(t *testing.T) {
	t.Parallel()
	w := newWorld(t)
	q := w.quote(w.listing, "2026-07-01", "2026-07-04")
	key := idempotency.NewKey(w.guest.ID, "k-1", "createBooking", []byte("a"))
	first, err := w.create(w.guest, q, key)
	if err != nil {
		t.Fatal(err)
	}
	w.advance(time.Hour) // the quote has expired; its answer has not
	again, err := w.create(w.guest, q, key)
	if err != nil {
		t.Fatal(err)
	}
	if diff := cmp.Diff(first, again); diff != "" {
		t.Error(diff)
	}
	wantCode(t, justErr(w.create(w.guest, q, idempotency.NewKey(w.guest.ID, "k-1", "createBooking", []byte("b")))), errs.Unprocessable, "key_reused")
	if _, err := w.service.Cancel(t.Context(), w.guest, first.ID, "", noKey); err != nil {
		t.Fatal(err)
	}
	if later, err := w.create(w.guest, q, key); err != nil || later.ID != first.ID || later.Status != StatusCancelledByGuest { // as the contract has it
		t.Errorf("after the end of the booking: %s, %v", later.Status, err)
	}
	w.assertTruth()
}

func TestOneKeyAtTheSameTimeBooksOnce(t *testing.T) {
	t.Parallel()
	w := newWorld(t)
	q := w.quote(w.listing, "2026-07-01", "2026-07-04")
	ids := make([]uuid.UUID, 16)
	var wg sync.WaitGroup
	for i := range ids {
		wg.Go(func() {
			b, err := w.create(w.guest, q, idempotency.NewKey(w.guest.ID, "k-1", "createBooking"))
			if err != nil {
				if !errs.Is(err, errs.Conflict) {
					t.Error(err)
				}
				return
			}
			ids[i] = b.ID
		})
	}
	wg.Wait()
	seen := map[uuid.UUID]bool{}
	for _, id := range ids {
		if id != uuid.Nil {
			seen[id] = true
		}
	}
	if len(seen) != 1 || w.count(`select count(*) from bookings`) != 1 {
		t.Errorf("%d different answers", len(seen))
	}
}

func TestACodeThatExistsIsDrawnAnew(t *testing.T) {
	t.Parallel()
	w := newWorld(t)
	draws := []string{"AAAAAAAA", "AAAAAAAA", "BBBBBBBB", "AAAAAAAA", "BBBBBBBB", "CCCCCCCC"}
	next := 0
	w.service.newCode = func() string { next++; return draws[next-1] }
	w.book(w.listing, "2026-07-01", "2026-07-02")
	for i, key := range []string{"", "k-1"} {
		q := w.quote(w.listing, fmt.Sprintf("2026-07-0%d", i+3), fmt.Sprintf("2026-07-0%d", i+4))
		b, err := w.create(w.guest, q, idempotency.NewKey(w.guest.ID, key, "createBooking"))
		if err != nil || b.Code != draws[2+3*i] {
			t.Errorf("%q, %v", b.Code, err)
		}
	}
	w.service.newCode = func() string { return "AAAAAAAA" }
	if err := justErr(w.create(w.guest, w.quote(w.listing, "2026-07-10", "2026-07-11"), noKey)); errs.KindOf(err) != errs.Internal {
		t.Error(err)
	}
	w.assertTruth()
}
