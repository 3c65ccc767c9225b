package booking

import (
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"
	"github.com/google/uuid"

	"github.com/rentora/rentora/server/errs"
	"github.com/rentora/rentora/server/identity"
)

func TestAQuoteShowsEveryLine(t *testing.T) {
	t.Parallel()
	w := newWorld(t)
	q, err := w.service.Quote(t.Context(), w.visitor, w.listing, stay("2026-07-01", "2026-07-04"), 3)
	if err != nil {
		t.Fatal(err)
	}
	kinds := map[string]int64{}
	for _, l := range q.Lines {
		kinds[l.Kind] = l.AmountMinor
	}
	want := map[string]int64{"nights": 30003, "extra_guests": 4500, "cleaning": 5000, "tax": 2370} // 6 % of 39503, rounded
	if diff := cmp.Diff(want, kinds); diff != "" {
		t.Error(diff)
	}
	if q.TotalMinor != 41873 || q.NightlyAverageMinor != 10001 || q.Currency != "EUR" || q.Mode != Request || q.Policy != Moderate ||
		!q.ExpiresAt.Equal(w.now().Add(15*time.Minute)) {
		t.Errorf("%+v", q)
	}
}

func TestQuotesNameBrokenRules(t *testing.T) {
	t.Parallel()
	w := newWorld(t)
	w.exec(`insert into availability_rules (listing_id, min_nights, max_nights, advance_notice_days, horizon_days) values ($1, 2, 5, 1, 60)`, w.listing)
	for _, c := range []struct {
		in, out string
		guests  int
		want    []string
	}{
		{"2026-06-10", "2026-06-11", 5, []string{"check_out min_nights", "guests range"}},
		{"2026-06-10", "2026-06-10", 0, []string{"check_out after", "guests range"}},
		{"2026-06-01", "2026-06-03", 2, []string{"check_in notice"}},
		{"2026-07-30", "2026-08-01", 2, []string{"check_out horizon"}},
		{"2100-07-30", "2000-08-01", 2, []string{"check_out after"}},
	} {
		_, err := w.service.Quote(t.Context(), w.guest, w.listing, stay(c.in, c.out), c.guests)
		if diff := cmp.Diff(c.want, brokenRules(err)); diff != "" {
			t.Errorf("%s to %s: %s", c.in, c.out, diff)
		}
	}
}

func TestARequestForTodayNeedsTimeToAnswer(t *testing.T) {
	t.Parallel()
	w := newWorld(t)
	quote := func(listing uuid.UUID) error {
		return justErr(w.service.Quote(t.Context(), w.guest, listing, stay("2026-06-01", "2026-06-03"), 2))
	}
	w.at(instant(t, "2026-06-01T13:59:59Z")) // a second before 15:00 in Lisbon
	if err := quote(w.listing); err != nil {
		t.Error(err)
	}
	w.advance(time.Second)
	if diff := cmp.Diff([]string{"check_in too_late"}, brokenRules(quote(w.listing))); diff != "" {
		t.Error(diff)
	}
	if err := quote(w.addListing(Instant, Moderate, "Europe/Lisbon")); err != nil {
		t.Errorf("instant: %v", err)
	}
}

func TestOnlyLivePricedListingsAreQuoted(t *testing.T) {
	t.Parallel()
	w := newWorld(t)
	quote := func(a identity.Actor, listing uuid.UUID) error {
		return justErr(w.service.Quote(t.Context(), a, listing, stay("2026-07-01", "2026-07-03"), 2))
	}
	wantCode(t, quote(w.guest, uuid.New()), errs.NotFound, "not_found")
	w.exec(`update listings set status = 'paused'`)
	wantCode(t, quote(w.guest, w.listing), errs.NotFound, "not_found")
	wantCode(t, quote(w.visitor, w.listing), errs.NotFound, "not_found")
	wantCode(t, quote(w.host, w.listing), errs.Conflict, "not_bookable")
	wantCode(t, quote(w.admin, w.listing), errs.Conflict, "not_bookable")
	w.exec(`update listings set status = 'live'`)
	w.exec(`delete from listing_prices`)
	wantCode(t, quote(w.guest, w.listing), errs.Conflict, "not_bookable")
	w.exec(`update listings set timezone = 'Nowhere/Atlantis'`)
	if got := errs.KindOf(quote(w.guest, w.listing)); got != errs.Internal {
		t.Error(got)
	}
}

func TestTakenDatesProposeOthersThatCanBeBooked(t *testing.T) {
	t.Parallel()
	w := newWorld(t)
	w.exec(`insert into availability_rules (listing_id, min_nights, max_nights, advance_notice_days, horizon_days) values ($1, 2, 5, 3, 60)`, w.listing)
	w.block("2026-06-08", "2026-06-20")
	w.book(w.listing, "2026-06-22", "2026-06-24")
	_, err := w.service.Quote(t.Context(), w.guest, w.listing, stay("2026-06-10", "2026-06-12"), 2)
	details := wantCode(t, err, errs.Conflict, "dates_taken").Details.(map[string]any)
	nearest := details["nearest_dates"].([]Dates)
	want := []Dates{{day("2026-06-06"), day("2026-06-08")}, {day("2026-06-05"), day("2026-06-07")}, {day("2026-06-20"), day("2026-06-22")}}
	if diff := cmp.Diff(want, nearest); diff != "" {
		t.Error(diff)
	}
	for _, n := range nearest {
		if w.quote(w.listing, n.CheckIn.String(), n.CheckOut.String()).Token == "" {
			t.Errorf("%v cannot be booked", n)
		}
	}
}

func TestAnExpiredRequestNoLongerStandsInAQuotesWay(t *testing.T) {
	t.Parallel()
	w := newWorld(t)
	w.book(w.listing, "2026-07-01", "2026-07-04")
	quote := func() error {
		return justErr(w.service.Quote(t.Context(), w.stranger, w.listing, stay("2026-07-02", "2026-07-03"), 1))
	}
	w.advance(24*time.Hour - time.Second)
	wantCode(t, quote(), errs.Conflict, "dates_taken")
	w.advance(time.Second)
	if err := quote(); err != nil {
		t.Error(err)
	}
}
