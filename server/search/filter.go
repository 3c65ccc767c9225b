package search

import (
	"fmt"
	"math"
	"strings"
	"time"

	"github.com/rentora/rentora/server/date"
)

// The stay field: one value for every day on which a stay may begin, (day*minSpan + minimum nights)*runSpan + longest run.
// It is exact, fits int32 for every date that Rentora accepts, and makes a stay of n nights from a day one positive range per possible minimum.
const (
	minSpan = 64
	runSpan = 500
)

func stayValue(day date.Date, minNights, run int) int32 {
	return int32((int(day)*minSpan+min(minNights, minSpan-1))*runSpan + min(run, runSpan-1))
}

// stayFilter matches listings on which one of the stays may begin on its first day, with a minimum of at most and a run of
// at least its nights.
func stayFilter(stays []date.Range) string {
	var ranges []string
	for _, stay := range stays {
		n := stay.Nights()
		for m := 1; m <= min(n, minSpan-1); m++ {
			ranges = append(ranges, fmt.Sprintf("%d..%d", stayValue(stay.Start, m, n), stayValue(stay.Start, m, runSpan-1)))
		}
	}
	return "stay:[" + strings.Join(ranges, ",") + "]"
}

// filter writes the query's conditions in Typesense's language. A condition with || is in parentheses, because && and || have
// equal precedence there; no other is: Typesense takes 100 conditions, operators and parentheses together, and the longest query has
// 34 conditions. Words are quoted; free text never gets in.
func (q Query) filter() string {
	var all []string
	add := func(format string, args ...any) { all = append(all, fmt.Sprintf(format, args...)) }
	if q.Near != nil && q.Box == nil {
		radius := q.RadiusKm
		if radius == 0 {
			radius = defaultRadius
		}
		add("location:(%f, %f, %f km)", q.Near.Lat, q.Near.Lng, radius)
	}
	if b := q.Box; b != nil {
		add("lat:[%d..%d]", micro(b.South), micro(b.North))
		if b.West <= b.East {
			add("lng:[%d..%d]", micro(b.West), micro(b.East))
		} else {
			add("(lng:>=%d || lng:<=%d)", micro(b.West), micro(b.East))
		}
	}
	if q.Stay != nil {
		add("%s", stayFilter(q.stays()))
	}
	q.filterNumbers(add)
	if len(q.PropertyTypes) > 0 {
		add("property_type:=[%s]", quoted(q.PropertyTypes))
	}
	if len(q.RoomTypes) > 0 {
		add("room_type:=[%s]", quoted(q.RoomTypes))
	}
	for _, a := range q.Amenities {
		add("amenities:=%s", quote(a))
	}
	if q.BookingMode != "" {
		add("booking_mode:=%s", quote(q.BookingMode))
	}
	if q.Currency != "" {
		add("currency:=%s", quote(q.Currency))
	}
	return strings.Join(all, " && ")
}

// quote makes a word that cannot end the condition that it stands in.
func quote(word string) string { return "`" + strings.ReplaceAll(word, "`", "") + "`" }

func quoted(words []string) string {
	out := make([]string, len(words))
	for i, w := range words {
		out[i] = quote(w)
	}
	return strings.Join(out, ",")
}

func (q Query) filterNumbers(add func(string, ...any)) {
	least := func(field string, n int) {
		if n > 0 {
			add("%s:>=%d", field, n)
		}
	}
	least("max_guests", q.Guests)
	least("bedrooms", q.BedroomsMin)
	least("beds", q.BedsMin)
	if q.BathroomsMin > 0 { // they are counted in halves; Typesense reads no exponents
		add("bathrooms:>=%.1f", math.Ceil(q.BathroomsMin*2)/2)
	}
	if q.PriceMin != nil {
		add("nightly:>=%d", *q.PriceMin)
	}
	if q.PriceMax != nil {
		add("nightly:<=%d", *q.PriceMax)
	}
}

func (q Query) sortBy() string {
	switch q.Sort {
	case ByPriceUp:
		return "nightly:asc,approved_at:desc"
	case ByPriceDown:
		return "nightly:desc,approved_at:desc"
	case ByDistance:
		return fmt.Sprintf("location(%f, %f):asc", q.Near.Lat, q.Near.Lng)
	case ByNewest:
		return "approved_at:desc"
	}
	if q.Near != nil {
		return fmt.Sprintf("_text_match:desc,location(%f, %f):asc", q.Near.Lat, q.Near.Lng)
	}
	return "_text_match:desc,approved_at:desc"
}

// earliestToday is the date in the last zone that it reaches, UTC−12: a check-in before it is in the past everywhere.
func earliestToday(now time.Time) date.Date {
	return date.In(now, time.FixedZone("UTC-12", -12*60*60))
}
