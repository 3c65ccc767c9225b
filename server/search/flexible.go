package search

import (
	"slices"

	"github.com/rentora/rentora/server/date"
)

// MaxFlexibleDays is how far a flexible stay may move, either way.
const MaxFlexibleDays = 3

// stays are the dates that a hit may have, nearest to the wanted ones first, the earlier of two first. None begins before
// q.today.
func (q Query) stays() []date.Range {
	if q.Stay == nil {
		return nil
	}
	all := []date.Range{*q.Stay}
	for d := date.Date(1); d <= date.Date(q.FlexibleDays); d++ {
		all = append(all, date.Range{Start: q.Stay.Start - d, End: q.Stay.End - d}, date.Range{Start: q.Stay.Start + d, End: q.Stay.End + d})
	}
	return slices.DeleteFunc(all, func(s date.Range) bool { return s.Start < q.today })
}

// fitting are the query's stays that the stay field of a document allows, nearest first. Without flexible days it is the
// one that the filter found, and the field is not asked for.
func (q Query) fitting(field []int32) []date.Range {
	if q.FlexibleDays == 0 {
		return q.stays()
	}
	openings := make(map[date.Date]int32, len(field))
	for _, v := range field {
		openings[date.Date(v/(minSpan*runSpan))] = v
	}
	return slices.DeleteFunc(q.stays(), func(s date.Range) bool {
		v, open := openings[s.Start]
		n := int32(s.Nights())
		return !open || v/runSpan%minSpan > n || v%runSpan < n
	})
}
