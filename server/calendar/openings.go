package calendar

import (
	"cmp"
	"slices"

	"github.com/rentora/rentora/server/date"
)

// Opening is a day on which a stay may start.
type Opening struct {
	Day       date.Date
	MinNights int
	Run       int // the longest stay from Day, in nights
}

// Openings gives every day on which a stay may start and the longest stay from it, in order. Run is cut by the next taken
// night, the longest stay and the horizon; days whose run is shorter than the shortest stay are left out. The ranges of
// taken may come in any order and may overlap.
func Openings(today date.Date, rules Rules, taken []date.Range) []Opening {
	latest := rules.Latest(today)
	var openings []Opening
	day := rules.Earliest(today)
	for _, t := range append(inOrder(taken), date.Range{Start: latest, End: latest}) {
		for ; day < min(t.Start, latest); day++ {
			run := min(int(min(t.Start, latest)-day), rules.MaxNights)
			if run >= rules.MinNights {
				openings = append(openings, Opening{Day: day, MinNights: rules.MinNights, Run: run})
			}
		}
		day = max(day, t.End)
	}
	return openings
}

// inOrder copies the ranges, soonest first.
func inOrder(taken []date.Range) []date.Range {
	sorted := slices.Clone(taken)
	slices.SortFunc(sorted, func(a, b date.Range) int { return cmp.Compare(a.Start, b.Start) })
	return sorted
}

// Reach is how many days before and after the wanted ones NearestFree looks.
const Reach = 60

// maxSuggestions is how many stays NearestFree proposes at most.
const maxSuggestions = 3

// NearestFree proposes other dates of the same length: the nearest free stay that starts earlier, the nearest that starts
// later, then the next nearest, at most three within Reach days, nearest first. Each keeps the rules.
func NearestFree(today date.Date, rules Rules, taken []date.Range, wanted date.Range) []date.Range {
	fits := func(shift int) bool {
		stay := shifted(wanted, shift)
		return rules.takes(today, stay) && !slices.ContainsFunc(taken, stay.Overlaps)
	}
	var before, after []int
	for d := 1; d <= Reach; d++ {
		if fits(-d) {
			before = append(before, -d)
		}
		if fits(d) {
			after = append(after, d)
		}
	}
	shifts := nearest(before, after)
	stays := make([]date.Range, len(shifts))
	for i, s := range shifts {
		stays[i] = shifted(wanted, s)
	}
	return stays
}

// nearest picks the head of each list, fills up with what is next nearest, and sorts by distance, earlier first.
func nearest(before, after []int) []int {
	byDistance := func(a, b int) int { return cmp.Or(cmp.Compare(abs(a), abs(b)), cmp.Compare(a, b)) }
	b, a := min(1, len(before)), min(1, len(after))
	picked := slices.Concat(before[:b], after[:a])
	rest := slices.Concat(before[b:], after[a:])
	slices.SortFunc(rest, byDistance)
	picked = append(picked, rest[:min(len(rest), maxSuggestions-len(picked))]...)
	slices.SortFunc(picked, byDistance)
	return picked
}

func shifted(stay date.Range, days int) date.Range {
	return date.Range{Start: stay.Start + date.Date(days), End: stay.End + date.Date(days)}
}

func abs(n int) int { return max(n, -n) }
