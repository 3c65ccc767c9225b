package date_test

import (
	"testing"
	"time"

	"github.com/rentora/rentora/server/date"
)

func TestParseRefusesDaysThatDoNotExist(t *testing.T) {
	t.Parallel()
	for _, s := range []string{"", "2026-02-29", "2026-13-01", "2026-1-1", "26-01-01", "2026-01-01T00:00:00Z", "1999-12-31", "2200-01-01", " 2026-01-01"} {
		if d, err := date.Parse(s); err == nil {
			t.Errorf("Parse(%q) = %s, want an error", s, d)
		}
	}
}

func TestDatesRoundTripAcrossLeapYears(t *testing.T) {
	t.Parallel()
	prev := date.Min - 1
	for at := time.Date(2000, 1, 1, 0, 0, 0, 0, time.UTC); at.Year() < 2200; at = at.AddDate(0, 0, 1) {
		s := at.Format("2006-01-02")
		d, err := date.Parse(s)
		if err != nil || d.String() != s || d != prev+1 {
			t.Fatalf("%s: got %s after %s, %v", s, d, prev, err)
		}
		prev = d
	}
}

func TestNightsDoNotChangeWithDaylightSaving(t *testing.T) {
	t.Parallel()
	// Clocks in Lisbon went forward on 2026-03-29 and back on 2026-10-25.
	for _, r := range []date.Range{
		{Start: date.MustParse("2026-03-28"), End: date.MustParse("2026-03-30")},
		{Start: date.MustParse("2026-10-24"), End: date.MustParse("2026-10-26")},
		{Start: date.MustParse("2028-02-28"), End: date.MustParse("2028-03-01")},
	} {
		if r.Nights() != 2 {
			t.Errorf("%s has %d nights, want 2", r, r.Nights())
		}
	}
}

func TestInIsTheDateOfTheWallClock(t *testing.T) {
	t.Parallel()
	kiritimati, err := time.LoadLocation("Pacific/Kiritimati") // UTC+14
	if err != nil {
		t.Fatal(err)
	}
	at := time.Date(2026, 12, 31, 10, 30, 0, 0, time.UTC)
	if got := date.In(at, kiritimati).String(); got != "2027-01-01" {
		t.Errorf("in Kiritimati it is %s, want 2027-01-01", got)
	}
	if got := date.In(at, time.UTC).String(); got != "2026-12-31" {
		t.Errorf("in UTC it is %s", got)
	}
}

func TestOverlapsLeavesTheDayOfLeavingFree(t *testing.T) {
	t.Parallel()
	stay := date.Range{Start: 10, End: 13}
	for _, c := range []struct {
		r    date.Range
		want bool
	}{{date.Range{Start: 13, End: 14}, false}, {date.Range{Start: 8, End: 10}, false}, {date.Range{Start: 12, End: 20}, true},
		{date.Range{Start: 11, End: 12}, true}, {date.Range{Start: 5, End: 30}, true}} {
		if got := stay.Overlaps(c.r); got != c.want {
			t.Errorf("%v overlaps %v = %v", stay, c.r, got)
		}
	}
}
