package calendar_test

import (
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"

	"github.com/rentora/rentora/server/calendar"
	"github.com/rentora/rentora/server/date"
	"github.com/rentora/rentora/server/errs"
)

func TestDaysShowStateAndCheckIn(t *testing.T) {
	t.Parallel()
	w := newWorld(t)
	w.exec(`insert into availability_rules (listing_id, min_nights, max_nights, advance_notice_days, horizon_days) values ($1, 2, 10, 1, 12)`, w.listing)
	w.occupy("2026-06-04", "2026-06-06")
	if _, err := w.block("2026-06-07", "2026-06-08"); err != nil {
		t.Fatal(err)
	}
	w.occupy("2026-06-20", "2026-06-21") // beyond the horizon
	from, to := day("2026-05-31"), day("2026-06-22")
	c, err := w.service.Days(t.Context(), w.visitor, w.listing, &from, &to)
	if err != nil {
		t.Fatal(err)
	}
	got := map[string]string{}
	for _, d := range c.Days {
		got[d.Date.String()[5:]] = string(d.State)
		if d.CheckIn {
			got[d.Date.String()[5:]] += " in"
		}
		if d.NightlyMinor != 12000 {
			t.Errorf("%s costs %d", d.Date, d.NightlyMinor)
		}
	}
	want := map[string]string{
		"05-31": "closed", "06-01": "closed", // past, notice
		"06-02": "free in", "06-03": "free", // one night is too short
		"06-04": "booked", "06-05": "booked", "06-06": "free", "06-07": "blocked",
		"06-08": "free in", "06-09": "free in", "06-10": "free in", "06-11": "free in", "06-12": "free", // leave by the 13th
		"06-13": "closed", "06-14": "closed", "06-15": "closed", "06-16": "closed", "06-17": "closed", "06-18": "closed", "06-19": "closed",
		"06-20": "booked", "06-21": "closed",
	}
	if diff := cmp.Diff(want, got); diff != "" {
		t.Error(diff)
	}
	if c.Currency != "EUR" || c.Timezone != "Europe/Lisbon" || c.Today != day("2026-06-01") || c.Rules.MinNights != 2 {
		t.Errorf("%+v", c)
	}
}

func TestDaysAreAYearFromTheDateAtThePlace(t *testing.T) {
	t.Parallel()
	w := newWorld(t)
	w.now = time.Date(2027, 12, 31, 11, 0, 0, 0, time.UTC)
	for zone, today := range map[string]string{"Pacific/Kiritimati": "2028-01-01", "Pacific/Pago_Pago": "2027-12-31", "Europe/Lisbon": "2027-12-31"} {
		c, err := w.service.Days(t.Context(), w.visitor, w.addListing("live", zone), nil, nil)
		if err != nil {
			t.Fatal(err)
		}
		if c.Today.String() != today || c.Days[0].Date != c.Today || len(c.Days) != 365 || c.Days[0].State != calendar.Free || !c.Days[0].CheckIn {
			t.Errorf("%s: today %s, %d days from %s", zone, c.Today, len(c.Days), c.Days[0].Date)
		}
		for i, d := range c.Days { // across the leap day and every change of clocks
			if d.Date != c.Today+date.Date(i) {
				t.Fatalf("%s: day %d is %s", zone, i, d.Date)
			}
		}
	}
}

func TestDaysRefuseReversedAndLongPeriods(t *testing.T) {
	t.Parallel()
	w := newWorld(t)
	for _, c := range []struct {
		from, to string
		want     []string
	}{
		{"2026-07-01", "2026-07-01", []string{"to after"}}, {"2026-07-02", "2026-07-01", []string{"to after"}}, {"", "2026-06-01", []string{"to after"}},
		{"2026-07-01", "2028-07-02", []string{"to max_days"}}, {"2026-07-01", "2028-07-01", nil}, {"", "2026-06-02", nil}, {"2026-07-01", "", nil},
	} {
		_, err := w.service.Days(t.Context(), w.visitor, w.listing, optionalDay(c.from), optionalDay(c.to))
		if diff := cmp.Diff(c.want, brokenRules(err)); diff != "" || (err == nil) != (c.want == nil) {
			t.Errorf("%q to %q: %v", c.from, c.to, err)
		}
	}
}

func TestDaysOfAListingWithoutAPriceOrAKnownZone(t *testing.T) {
	t.Parallel()
	w := newWorld(t)
	w.exec(`delete from listing_prices`)
	c, err := w.service.Days(t.Context(), w.host, w.listing, nil, nil)
	if err != nil || c.Currency != "" || c.Days[3].NightlyMinor != 0 {
		t.Errorf("%q, %v", c.Currency, err)
	}
	w.exec(`update listings set timezone = 'Nowhere/Atlantis'`)
	_, err = w.service.Days(t.Context(), w.host, w.listing, nil, nil)
	wantKind(t, err, errs.Internal)
}

func optionalDay(s string) *date.Date {
	if s == "" {
		return nil
	}
	d := day(s)
	return &d
}
