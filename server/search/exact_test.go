package search

import (
	"fmt"
	"math/rand/v2"
	"slices"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"
	"github.com/google/uuid"
	"github.com/jackc/pgx/v5"

	"github.com/rentora/rentora/server/calendar"
	"github.com/rentora/rentora/server/date"
	"github.com/rentora/rentora/server/pricing"
)

var (
	propertyTypes = []string{"apartment", "house", "villa", "cabin"}
	roomTypes     = []string{"entire_place", "private_room", "shared_room"}
	amenities     = []string{"wifi", "kitchen", "pool", "parking", "workspace"}
)

func randomHome(r *rand.Rand, n int) home {
	return plain(func(h *home) {
		h.Title, h.Age = fmt.Sprintf("Home %03d", n), r.IntN(400)
		h.Type, h.Room, h.Mode = pick(r, propertyTypes...), pick(r, roomTypes...), pick(r, "instant", "request")
		h.Zone = pick(r, "Europe/Lisbon", "Pacific/Kiritimati", "Pacific/Pago_Pago", "America/New_York")
		h.Status = pick(r, "live", "live", "live", "live", "live", "paused", "pending")
		h.Amenities = slices.DeleteFunc(slices.Clone(amenities), func(string) bool { return r.IntN(2) == 0 })
		h.Guests, h.Bedrooms, h.Beds, h.Bathrooms = 1+r.IntN(9), r.IntN(5), r.IntN(6), float64(r.IntN(7))/2
		h.Lat, h.Lng = float64(r.IntN(16_000_000)-8_000_000)/1e5, float64(r.IntN(36_000_000)-18_000_000)/1e5
		h.Currency, h.Nightly = pick(r, "EUR", "EUR", "USD", ""), int64(1_000+r.IntN(50)*500)
		randomCalendar(r, h)
	})
}

func randomCalendar(r *rand.Rand, h *home) {
	h.Rules, h.Taken = nil, nil
	if r.IntN(6) > 0 {
		lowest := pick(r, 1, 1, 2, 3, 7, 28, 62, 63)
		h.Rules = &calendar.Rules{MinNights: lowest, MaxNights: lowest + pick(r, 0, 3, 30, 499-lowest), AdvanceNoticeDays: pick(r, 0, 0, 1, 9, 90),
			HorizonDays: pick(r, 30, 90, 365, 730)}
		h.Rules.MaxNights = min(h.Rules.MaxNights, 499)
	}
	for day := date.In(leapYear, time.UTC) - 5; ; {
		day += date.Date(pick(r, 0, 1, 5, 40, 200))
		taken := date.Range{Start: day, End: day + date.Date(1+pick(r, 0, 1, 6, 30))}
		if day = taken.End; day > date.In(leapYear, time.UTC)+740 {
			return
		}
		h.Taken = append(h.Taken, taken)
	}
}

func randomQuery(r *rand.Rand, today date.Date) Query {
	var q Query
	sometimes := func(do func()) {
		if r.IntN(3) == 0 {
			do()
		}
	}
	if r.IntN(4) > 0 {
		in := today + date.Date(pick(r, r.IntN(3), r.IntN(15), r.IntN(120), r.IntN(740)))
		q.Stay = &date.Range{Start: in, End: in + date.Date(pick(r, 1, 2, 3, 7, 28, 31, 62, 63, 64, 365, 499, 1+r.IntN(90)))}
		q.FlexibleDays = r.IntN(MaxFlexibleDays + 1)
	}
	sometimes(func() { q.Guests = 1 + r.IntN(9) })
	sometimes(func() { q.PropertyTypes = some(r, propertyTypes) })
	sometimes(func() { q.RoomTypes = some(r, roomTypes) })
	sometimes(func() { q.Amenities = some(r, amenities)[:1] })
	sometimes(func() { q.BedroomsMin, q.BedsMin = r.IntN(4), r.IntN(4) })
	sometimes(func() { q.BathroomsMin = float64(r.IntN(6)) / 2 })
	sometimes(func() { q.BookingMode = pick(r, "instant", "request") })
	sometimes(func() { q.Box = randomBox(r) })
	sometimes(func() {
		least := int64(1_000 + r.IntN(40)*500)
		q.Currency, q.PriceMin, q.PriceMax = pick(r, "EUR", "USD"), &least, ref(least+int64(r.IntN(30)*500))
	})
	if q.Sort = pick(r, "", ByNewest, ByPriceUp, ByPriceDown); q.Sort == ByPriceUp || q.Sort == ByPriceDown {
		q.Currency = pick(r, "EUR", "USD")
	}
	q.Limit = pick(r, 0, 7, 100)
	return q
}

func randomBox(r *rand.Rand) *Box {
	b := Box{South: float64(r.IntN(100) - 80), West: float64(r.IntN(360) - 180), East: float64(r.IntN(360) - 180)}
	b.North = b.South + float64(1+r.IntN(70))
	return &b
}

func some(r *rand.Rand, from []string) []string {
	words := slices.Clone(from)
	r.Shuffle(len(words), func(i, j int) { words[i], words[j] = words[j], words[i] })
	return words[:1+r.IntN(len(words)-1)]
}

// fits is the brute force.
func (w *world) fits(h home, q Query) bool {
	if h.Status != "live" || h.Currency == "" || !fitsPlace(h, q) || !fitsWords(h, q) {
		return false
	}
	if q.Currency != "" && (h.Currency != q.Currency) || q.PriceMin != nil && h.Nightly < *q.PriceMin || q.PriceMax != nil && h.Nightly > *q.PriceMax {
		return false
	}
	return q.Stay == nil || len(w.staysAt(h, q)) > 0
}

// staysAt are the dates of a flexible search that a home takes, nearest first.
func (w *world) staysAt(h home, q Query) []date.Range {
	rules := calendar.DefaultRules()
	if h.Rules != nil {
		rules = *h.Rules
	}
	var out []date.Range
	for _, shift := range []int{0, -1, 1, -2, 2, -3, 3} {
		stay := date.Range{Start: q.Stay.Start + date.Date(shift), End: q.Stay.End + date.Date(shift)}
		if max(shift, -shift) <= q.FlexibleDays && rules.Check(w.today(h), stay) == nil && !slices.ContainsFunc(h.Taken, stay.Overlaps) {
			out = append(out, stay)
		}
	}
	return out
}

// compareStays compares the dates that hits name, and what they cost.
func (w *world) compareStays(q Query, hits []Hit, byID map[uuid.UUID]home) {
	w.t.Helper()
	for _, hit := range hits {
		h := byID[hit.ID]
		_, total := pricing.Price{Currency: h.Currency, NightlyMinor: h.Nightly, CleaningMinor: 3500, IncludedGuests: 2, ExtraGuestMinor: 1500, TaxBps: 650}.
			Lines(q.Stay.Nights(), max(q.Guests, 1))
		var want []Stay
		for _, stay := range w.staysAt(h, q) {
			want = append(want, Stay{Range: stay, TotalMinor: total})
		}
		if diff := cmp.Diff(want, hit.Stays); diff != "" || hit.TotalMinor != total {
			w.t.Errorf("%+v stay %v: dates of %s, %d in all, differ from brute force (-want +got):\n%s", q, q.Stay, h.Title, hit.TotalMinor, diff)
		}
	}
}

func fitsPlace(h home, q Query) bool {
	if b := q.Box; b != nil {
		inside := h.Lng >= b.West && h.Lng <= b.East
		if b.West > b.East {
			inside = h.Lng >= b.West || h.Lng <= b.East
		}
		if !inside || h.Lat < b.South || h.Lat > b.North {
			return false
		}
	}
	return h.Guests >= q.Guests && h.Bedrooms >= q.BedroomsMin && h.Beds >= q.BedsMin && h.Bathrooms >= q.BathroomsMin
}

func fitsWords(h home, q Query) bool {
	for _, a := range q.Amenities {
		if !slices.Contains(h.Amenities, a) {
			return false
		}
	}
	return (len(q.PropertyTypes) == 0 || slices.Contains(q.PropertyTypes, h.Type)) && (len(q.RoomTypes) == 0 || slices.Contains(q.RoomTypes, h.Room)) &&
		(q.BookingMode == "" || q.BookingMode == h.Mode)
}

// counts gives the facets that homes must have, by field and value.
func (w *world) counts(homes []home, q Query) map[string]map[string]int {
	out := map[string]map[string]int{}
	add := func(field, value string) {
		if out[field] == nil {
			out[field] = map[string]int{}
		}
		out[field][value]++
	}
	anyType, anyRoom := q, q
	anyType.PropertyTypes, anyRoom.RoomTypes = nil, nil
	for _, h := range homes {
		if w.fits(h, anyType) {
			add("property_type", h.Type)
		}
		if w.fits(h, anyRoom) {
			add("room_type", h.Room)
		}
		if !w.fits(h, q) {
			continue
		}
		for _, a := range h.Amenities {
			add("amenities", a)
		}
		add("booking_mode", h.Mode)
		add("bedrooms", fmt.Sprint(h.Bedrooms))
		add("city", h.City)
		add("country_code", h.Country)
		add("currency", h.Currency)
	}
	return out
}

func counted(facets []Facet) map[string]map[string]int {
	out := map[string]map[string]int{}
	for _, f := range facets {
		for _, c := range f.Counts {
			if out[f.Field] == nil {
				out[f.Field] = map[string]int{}
			}
			out[f.Field][c.Value] = c.N
		}
	}
	return out
}

// compare asks n random queries and compares hits, facets and order with brute force. It says how many hits there were.
func (w *world) compare(r *rand.Rand, homes []home, n int) (hits int) {
	w.t.Helper()
	byID := map[uuid.UUID]home{}
	for _, h := range homes {
		byID[h.ID] = h
	}
	for range n {
		q := randomQuery(r, earliestToday(*w.clock.Load()))
		var want []string
		for _, h := range homes {
			if w.fits(h, q) {
				want = append(want, h.Title)
			}
		}
		slices.Sort(want)
		got := w.all(q)
		if diff := cmp.Diff(want, titles(got)); diff != "" {
			w.t.Errorf("%+v stay %v: hits differ from brute force (-want +got):\n%s", q, q.Stay, diff)
		}
		if diff := cmp.Diff(w.counts(homes, q), counted(w.search(q).Facets)); diff != "" {
			w.t.Errorf("%+v: facets differ from brute force (-want +got):\n%s", q, diff)
		}
		if !slices.IsSortedFunc(got, func(a, b Hit) int { return inOrder(q.Sort, byID[a.ID], byID[b.ID]) }) {
			w.t.Errorf("%+v: not in order", q)
		}
		if q.Stay != nil {
			w.compareStays(q, got, byID)
		}
		hits += len(got)
	}
	return hits
}

func inOrder(s Sort, a, b home) int {
	switch s {
	case ByPriceUp:
		return int(a.Nightly - b.Nightly)
	case ByPriceDown:
		return int(b.Nightly - a.Nightly)
	}
	return a.Age - b.Age
}

func TestHitsAreThoseOfBruteForce(t *testing.T) {
	t.Parallel()
	seed := uint64(time.Now().UnixNano())
	t.Logf("seed %d", seed)
	r := rand.New(rand.NewPCG(seed, 1))
	homes := make([]home, 160)
	for i := range homes {
		homes[i] = randomHome(r, i)
	}
	w := newWorld(t, homes...)
	roller := w.Roller()
	if err := roller.Run(t.Context()); err != nil {
		t.Fatal(err)
	}
	if hits := w.compare(r, homes, 150); hits < 100 {
		t.Errorf("only %d hits in all: the queries try too little", hits)
	}

	var b pgx.Batch
	var changed []uuid.UUID
	for i := range homes {
		if r.IntN(3) > 0 {
			continue
		}
		h := &homes[i]
		randomCalendar(r, h)
		queueCalendar(&b, *h)
		h.Status = pick(r, "live", "live", "paused")
		b.Queue(`update listings set status = $2 where id = $1`, h.ID, h.Status)
		changed = append(changed, h.ID)
	}
	w.send(&b)
	w.index(changed...)
	w.compare(r, homes, 100)

	w.wantNoDrift()

	later := leapYear.Add(9*24*time.Hour + 3*time.Hour) // the leap day, at least in Lisbon
	w.clock.Store(&later)
	if err := roller.Run(t.Context()); err != nil {
		t.Error(err)
	}
	w.compare(r, homes, 100)
	w.wantNoDrift()
}

func TestEveryDateAndRunFitsIntoTheStayField(t *testing.T) {
	t.Parallel()
	last := int64(date.Max)*minSpan*runSpan + (minSpan-1)*runSpan + runSpan - 1
	if got := stayValue(date.Max, 63, 499); int64(got) != last || got < 0 {
		t.Errorf("the last value is %d, want %d", got, last)
	}
	if stayValue(10, 63, 499)+1 != stayValue(11, 0, 0) {
		t.Error("days are not next to each other")
	}
}
