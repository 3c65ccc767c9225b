package search

import (
	"strconv"
	"strings"

	"github.com/rentora/rentora/server/date"
	"github.com/rentora/rentora/server/errs"
	"github.com/rentora/rentora/server/page"
)

// Limits of a search.
const (
	MaxNights     = 499
	MaxDepth      = 1000 // hits that paging reaches; a search that needs more wants another filter
	defaultRadius = 25.0 // km
)

// Sort is the order of hits.
type Sort string

// The orders.
const (
	ByRelevance Sort = "relevance"
	ByPriceUp   Sort = "price_asc"
	ByPriceDown Sort = "price_desc"
	ByDistance  Sort = "distance"
	ByNewest    Sort = "newest"
)

// Point is a place on the globe, degrees.
type Point struct{ Lat, Lng float64 }

// Box is a rectangle in degrees; West greater than East crosses the antimeridian.
type Box struct{ South, West, North, East float64 }

// Query is what a guest looks for. The zero value finds everything.
type Query struct {
	Text          string
	Near          *Point
	RadiusKm      float64 // of the circle around Near; 0 means 25 km
	Box           *Box
	Stay          *date.Range
	FlexibleDays  int // a stay may begin so many days earlier or later, up to MaxFlexibleDays
	Guests        int
	PriceMin      *int64 // minor units of Currency a night
	PriceMax      *int64
	Currency      string
	PropertyTypes []string
	RoomTypes     []string
	Amenities     []string
	BedroomsMin   int
	BedsMin       int
	BathroomsMin  float64
	BookingMode   string
	Sort          Sort
	Cursor        string
	Limit         int
	today         date.Date // no stay begins before it
}

// ParseBox reads "south,west,north,east".
func ParseBox(raw string) (*Box, error) {
	var n [4]float64
	parts := strings.Split(raw, ",")
	bad := errs.InvalidField("bbox", "format", "bbox must be four numbers: south,west,north,east, with south below north.")
	if len(parts) != len(n) {
		return nil, bad
	}
	for i, p := range parts {
		f, err := strconv.ParseFloat(p, 64)
		if err != nil {
			return nil, bad
		}
		n[i] = f
	}
	b := &Box{South: n[0], West: n[1], North: n[2], East: n[3]}
	if !b.proper() {
		return nil, bad
	}
	return b, nil
}

// proper is false for numbers that are none, too.
func (b Box) proper() bool {
	within := func(n, most float64) bool { return n >= -most && n <= most }
	return b.South < b.North && within(b.South, 90) && within(b.North, 90) && within(b.West, 180) && within(b.East, 180)
}

// validate checks what involves several fields; today is the earliest date that it is anywhere on earth.
func (q Query) validate(today date.Date) error {
	var f errs.Fields
	f.Check(q.Box == nil || q.Near == nil || q.Sort == ByDistance, "bbox", "either", "Search in a circle (lat, lng) or in a box (bbox), not in both.")
	f.Check(q.RadiusKm == 0 || q.Near != nil, "radius_km", "requires", "radius_km needs lat and lng.")
	f.Check(q.Sort != ByDistance || q.Near != nil, "sort", "requires", "Sorting by distance needs lat and lng.")
	f.Check(q.Limit >= 0 && q.Limit <= page.MaxLimit, "limit", "range", "limit must be between 1 and 100.")
	priced := q.PriceMin != nil || q.PriceMax != nil || q.Sort == ByPriceUp || q.Sort == ByPriceDown
	f.Check(!priced || q.Currency != "", "currency", "required", "currency is required with a price filter or a price sort: amounts of different currencies do not compare.")
	f.Check(q.PriceMin == nil || q.PriceMax == nil || *q.PriceMin <= *q.PriceMax, "price_max", "min", "price_max must be at least price_min.")
	f.Check(q.FlexibleDays >= 0 && q.FlexibleDays <= MaxFlexibleDays, "flexible_days", "range", "flexible_days must be between 0 and 3.")
	f.Check(q.FlexibleDays == 0 || q.Stay != nil, "flexible_days", "requires", "flexible_days needs check_in and check_out.")
	if s := q.Stay; s != nil {
		f.Check(s.Nights() >= 1, "check_out", "after", "check_out must be after check_in.")
		f.Check(s.Nights() <= MaxNights, "check_out", "max", "A stay has at most 499 nights.")
		f.Check(s.Start >= today, "check_in", "past", "check_in must not be in the past.")
	}
	return f.Err()
}

// Result is a page of hits.
type Result struct {
	Hits       []Hit
	Facets     []Facet
	Found      int
	Limit      int
	Next, Prev string // cursors; empty: none
}

// Facet counts the values of a field among all hits.
type Facet struct {
	Field  string
	Counts []Count
}

// Count of one value.
type Count struct {
	Value string `json:"value"`
	N     int    `json:"count"`
}
