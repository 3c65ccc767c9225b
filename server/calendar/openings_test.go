package calendar_test

import (
	"math/rand/v2"
	"slices"
	"testing"

	"github.com/google/go-cmp/cmp"

	"github.com/rentora/rentora/server/calendar"
	"github.com/rentora/rentora/server/date"
	"github.com/rentora/rentora/server/errs"
)

// canStay is the plain meaning of the rules and of what is taken, written without either of the functions under test.
func canStay(today date.Date, r calendar.Rules, taken []date.Range, in date.Date, nights int) bool {
	out := in + date.Date(nights)
	if nights < 1 || nights < r.MinNights || nights > r.MaxNights || in < today+date.Date(r.AdvanceNoticeDays) || out > today+date.Date(r.HorizonDays) {
		return false
	}
	for night := in; night < out; night++ {
		for _, t := range taken {
			if t.Start <= night && night < t.End {
				return false
			}
		}
	}
	return true
}

func randomCalendar(rnd *rand.Rand) (date.Date, calendar.Rules, []date.Range) {
	today := date.MustParse("2028-02-20") // a leap day is near
	r := calendar.Rules{MinNights: 1 + rnd.IntN(6), AdvanceNoticeDays: rnd.IntN(8), HorizonDays: 1 + rnd.IntN(90)}
	r.MaxNights = r.MinNights + rnd.IntN(20)
	taken := make([]date.Range, rnd.IntN(12))
	for i := range taken {
		start := today - 10 + date.Date(rnd.IntN(110))
		taken[i] = date.Range{Start: start, End: start + 1 + date.Date(rnd.IntN(9))} // they may overlap: all the harder
	}
	return today, r, taken
}

func TestOpeningsAreWhatTryingEveryStayFinds(t *testing.T) {
	t.Parallel()
	for seed := range uint64(200) {
		today, rules, taken := randomCalendar(rand.New(rand.NewPCG(seed, 1)))
		var want []calendar.Opening
		for day := today - 5; day < today+100; day++ {
			run := 0
			for nights := 1; nights <= rules.MaxNights; nights++ {
				if canStay(today, rules, taken, day, nights) {
					run = nights
				}
			}
			if run > 0 {
				want = append(want, calendar.Opening{Day: day, MinNights: rules.MinNights, Run: run})
			}
		}
		if diff := cmp.Diff(want, calendar.Openings(today, rules, taken)); diff != "" {
			t.Fatalf("seed %d, %+v, taken %v:\n%s", seed, rules, taken, diff)
		}
	}
}

func TestOpeningsLeaveTheirInputAlone(t *testing.T) {
	t.Parallel()
	taken := []date.Range{{Start: 30, End: 32}, {Start: 10, End: 12}}
	before := slices.Clone(taken)
	calendar.Openings(0, calendar.DefaultRules(), taken)
	if diff := cmp.Diff(before, taken); diff != "" {
		t.Error(diff)
	}
}

func TestCheckAgreesWithThePlainMeaning(t *testing.T) {
	t.Parallel()
	for seed := range uint64(4000) {
		rnd := rand.New(rand.NewPCG(seed, 2))
		today, rules, _ := randomCalendar(rnd)
		in, nights := today-3+date.Date(rnd.IntN(98)), rnd.IntN(30)-1
		err := rules.Check(today, date.Range{Start: in, End: in + date.Date(nights)})
		if want := canStay(today, rules, nil, in, nights); (err == nil) != want {
			t.Fatalf("seed %d: %d nights from %s with %+v: %v", seed, nights, in, rules, err)
		}
		if err != nil && !errs.Is(err, errs.Invalid) {
			t.Fatalf("kind %s", errs.KindOf(err))
		}
	}
}

func TestNearestFreeIsWhatTryingEveryShiftFinds(t *testing.T) {
	t.Parallel()
	for seed := range uint64(250) {
		rnd := rand.New(rand.NewPCG(seed, 3))
		today, rules, taken := randomCalendar(rnd)
		start := today - 5 + date.Date(rnd.IntN(90))
		wanted := date.Range{Start: start, End: start + 1 + date.Date(rnd.IntN(8))}
		var all []int
		for d := 1; d <= calendar.Reach; d++ {
			for _, shift := range []int{-d, d} {
				if canStay(today, rules, taken, wanted.Start+date.Date(shift), wanted.Nights()) {
					all = append(all, shift)
				}
			}
		}
		got := calendar.NearestFree(today, rules, taken, wanted)
		if len(got) != min(3, len(all)) {
			t.Fatalf("seed %d: %d proposals of %d possible", seed, len(got), len(all))
		}
		var shifts []int
		for _, g := range got {
			if g.Nights() != wanted.Nights() {
				t.Fatalf("seed %d: %s is not as long as %s", seed, g, wanted)
			}
			shift := int(g.Start - wanted.Start)
			if !slices.Contains(all, shift) {
				t.Fatalf("seed %d: %s cannot be stayed", seed, g)
			}
			shifts = append(shifts, shift)
		}
		for _, side := range []func(int) bool{func(n int) bool { return n < 0 }, func(n int) bool { return n > 0 }} {
			if i := slices.IndexFunc(all, side); i >= 0 && !slices.Contains(shifts, all[i]) {
				t.Fatalf("seed %d: the nearest on one side, %d days away, is missing from %v", seed, all[i], shifts)
			}
		}
		if !slices.IsSortedFunc(shifts, func(a, b int) int { return max(a, -a) - max(b, -b) }) {
			t.Fatalf("seed %d: %v is not nearest first", seed, shifts)
		}
	}
}

func TestCheckNamesEveryBrokenRule(t *testing.T) {
	t.Parallel()
	today := date.MustParse("2026-06-01")
	rules := calendar.Rules{MinNights: 3, MaxNights: 7, AdvanceNoticeDays: 2, HorizonDays: 30}
	for _, c := range []struct {
		in, out string
		want    []string
	}{
		{"2026-06-03", "2026-06-06", nil},
		{"2026-06-24", "2026-07-01", nil},
		{"2026-06-24", "2026-07-02", []string{"check_out max_nights", "check_out horizon"}},
		{"2026-06-02", "2026-06-05", []string{"check_in notice"}},
		{"2026-05-31", "2026-06-01", []string{"check_in past", "check_out min_nights"}},
		{"2026-06-10", "2026-06-10", []string{"check_out after"}},
		{"2026-06-10", "2026-06-09", []string{"check_out after"}},
		{"2026-06-30", "2026-07-03", []string{"check_out horizon"}},
	} {
		err := rules.Check(today, date.Range{Start: date.MustParse(c.in), End: date.MustParse(c.out)})
		if diff := cmp.Diff(c.want, brokenRules(err)); diff != "" {
			t.Errorf("%s to %s: %s", c.in, c.out, diff)
		}
	}
}
