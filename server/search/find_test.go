package search

import (
	"fmt"
	"math"
	"slices"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"
	"github.com/google/uuid"

	"github.com/rentora/rentora/server/date"
	"github.com/rentora/rentora/server/errs"
	"github.com/rentora/rentora/server/pricing"
)

func titled(title string, change func(*home)) home {
	h := plain(change)
	h.Title = title
	return h
}

func TestTextFindsWhatPeopleType(t *testing.T) {
	t.Parallel()
	w := newWorld(t,
		titled("Loft by the sea", func(h *home) { h.City, h.Region = "Lisbon", "Lisboa" }),
		titled("Cabin in the woods", func(h *home) { h.City, h.Region, h.Country = "Bergen", "Vestland", "NO" }),
		titled("Quiet studio", func(h *home) {
			h.City, h.Region, h.Country = "Kyoto", "Kansai", "JP"
			h.Description = "A garden with koi."
		}),
	)
	for text, want := range map[string][]string{
		"Lisbon": {"Loft by the sea"}, "Lisbn": {"Loft by the sea"}, "lisb": {"Loft by the sea"}, "LOFT": {"Loft by the sea"},
		"Vestland": {"Cabin in the woods"}, "Norway": {"Cabin in the woods"}, "norwya": {"Cabin in the woods"}, "Bergen cabin": {"Cabin in the woods"},
		"koi": {"Quiet studio"}, "Japan": {"Quiet studio"}, "zzzzqqqq": nil,
		"": {"Cabin in the woods", "Loft by the sea", "Quiet studio"},
	} {
		if diff := cmp.Diff(want, titles(w.all(Query{Text: text}))); diff != "" {
			t.Errorf("%q (-want +got):\n%s", text, diff)
		}
	}
}

func TestTextBreaksNothing(t *testing.T) {
	t.Parallel()
	w := newWorld(t, titled("Here", nil), titled("Paused", func(h *home) { h.Status = "paused" }))
	for _, text := range []string{`"`, "`", "[]", "(a && b) || c", "&& max_guests:>0", "`]) || (max_guests:>0", "-", "--x", `\`, "{}", "'; drop", "*", "a:=b", "😀", "\x00", "%00", ",,,", "]..["} {
		r, err := w.Search(t.Context(), Query{Text: text, Guests: 40})
		if err != nil || r.Found != 0 {
			t.Errorf("%q: %d found although nothing takes 40 guests, %v", text, r.Found, err)
		}
	}
	for _, word := range []string{"house`] || max_guests:>0 || property_type:=[`x", "`", "a && b", ")"} {
		r, err := w.Search(t.Context(), Query{PropertyTypes: []string{word}, BookingMode: word, Amenities: []string{word}, Currency: word})
		if err != nil || r.Found != 0 {
			t.Errorf("filter by %q: %d found, %v", word, r.Found, err)
		}
	}
	if r, err := w.Search(t.Context(), Query{BathroomsMin: 3.8e-288}); err != nil || r.Found != 1 {
		t.Errorf("by next to no bathroom: %d found, want 1, %v", r.Found, err)
	}
}

// Typesense refuses long filters: the longest that the contract admits must not be one, and every part of it must count.
func TestEveryConditionAtOnce(t *testing.T) {
	t.Parallel()
	amenities := make([]string, 20)
	for i := range amenities {
		amenities[i] = fmt.Sprintf("amenity_%d", i)
	}
	w := newWorld(t, titled("Everything", func(h *home) { h.Amenities, h.Lat, h.Lng = amenities, 0, 179.95 }),
		titled("All but one", func(h *home) { h.Amenities, h.Lat, h.Lng = amenities[1:], 0, 179.95 }),
		titled("Elsewhere", func(h *home) { h.Amenities = amenities }))
	from := date.In(leapYear, time.UTC) + 30
	least, most := int64(1), int64(1_000_000)
	q := Query{Box: &Box{South: -1, West: 179, North: 1, East: -179}, Stay: &date.Range{Start: from, End: from + 3}, FlexibleDays: 3, Guests: 2, BedroomsMin: 1,
		BedsMin: 1, BathroomsMin: 0.123456789, PriceMin: &least, PriceMax: &most, Currency: "EUR", PropertyTypes: []string{"apartment"},
		RoomTypes: []string{"entire_place"}, Amenities: amenities, BookingMode: "request"}
	if diff := cmp.Diff([]string{"Everything"}, titles(w.all(q))); diff != "" {
		t.Error(diff)
	}
}

func TestCircleAndDistance(t *testing.T) {
	t.Parallel()
	at := func(lat, lng float64) func(*home) { return func(h *home) { h.Lat, h.Lng = lat, lng } }
	w := newWorld(t, titled("far", at(38.72, -9.14)), titled("near", at(41.15, -8.61)), titled("middle", at(41.30, -8.61)), titled("date line", at(0, 179.95)))
	porto := &Point{41.15, -8.61}
	hits := w.all(Query{Near: porto, Sort: ByDistance})
	if got := []string{hits[0].Title, hits[1].Title}; len(hits) != 2 || got[0] != "near" || got[1] != "middle" {
		t.Errorf("within 25 km: %v", titles(hits))
	}
	if d := *hits[1].DistanceKm; math.Abs(d-16.68) > 0.05 {
		t.Errorf("0.15 degrees of latitude are %g km", d)
	}
	if got := titles(w.all(Query{Near: porto, RadiusKm: 16.6})); !slices.Equal(got, []string{"near"}) {
		t.Errorf("within 16.6 km: %v", got)
	}
	if got := titles(w.all(Query{Near: porto, RadiusKm: 500})); !slices.Equal(got, []string{"far", "middle", "near"}) {
		t.Errorf("within 500 km: %v", got)
	}
	if got := w.all(Query{Near: &Point{0, -179.95}}); len(got) != 1 || math.Abs(*got[0].DistanceKm-11.12) > 0.05 {
		t.Errorf("across the date line: %+v", got)
	}
	all := w.all(Query{Near: porto, Box: &Box{-90, -180, 90, 180}, Sort: ByDistance})
	if len(all) != 4 || all[2].Title != "far" || all[3].Title != "date line" {
		t.Errorf("a box sorted by distance: %v", titles(all))
	}
}

func TestBox(t *testing.T) {
	t.Parallel()
	w := newWorld(t, titled("Suva", func(h *home) { h.Lat, h.Lng = -18.1, 178.4 }), titled("Apia", func(h *home) { h.Lat, h.Lng = -13.8, -171.8 }),
		titled("Porto", nil))
	for raw, want := range map[string][]string{
		"-20,170,-10,-170":  {"Apia", "Suva"}, // across the antimeridian
		"-20,170,-10,180":   {"Suva"},
		"41.14,-9,42,-8.61": {"Porto"}, // on its edge
		"41.140001,-9,42,0": nil,
		"-90,-180,90,180":   {"Apia", "Porto", "Suva"},
	} {
		box, err := ParseBox(raw)
		if err != nil {
			t.Fatal(err)
		}
		if diff := cmp.Diff(want, titles(w.all(Query{Box: box}))); diff != "" {
			t.Errorf("%s (-want +got):\n%s", raw, diff)
		}
	}
	for _, raw := range []string{"", "1,2,3", "1,2,3,4,5", "a,b,c,d", "5,0,5,1", "NaN,0,1,1", "0,NaN,1,1", "-91,0,1,1", "0,-181,1,1", "0,0,91,1", "0,0,1,181", "0,0,+Inf,1"} {
		if _, err := ParseBox(raw); !errs.Is(err, errs.Invalid) {
			t.Errorf("ParseBox(%q): %v", raw, err)
		}
	}
}

func TestHitShowsTheStay(t *testing.T) {
	t.Parallel()
	h := plain(nil)
	w := newWorld(t, h)
	w.photograph(h.ID)
	today := date.In(leapYear, leapYear.Location())
	hit := w.all(Query{Guests: 4, Stay: &date.Range{Start: today + 3, End: today + 10}})[0]
	_, total := pricing.Price{Currency: "EUR", NightlyMinor: 10_000, CleaningMinor: 3_500, IncludedGuests: 2, ExtraGuestMinor: 1_500, TaxBps: 650}.Lines(7, 4)
	if hit.TotalMinor != total || hit.Nights != 7 || hit.NightlyMinor != 10_000 || hit.DistanceKm != nil {
		t.Errorf("%d nights for %d (want 7 for %d), %d a night", hit.Nights, hit.TotalMinor, total, hit.NightlyMinor)
	}
	if len(hit.Photos) != 1 || hit.Photos[0].AltText != "A door" || hit.Photos[0].Variants[0].Key != "a/b.webp" || hit.Photos[0].Width != 800 {
		t.Errorf("photos %+v", hit.Photos)
	}
	hit = w.all(Query{})[0]
	if hit.TotalMinor != 0 || hit.Nights != 0 || hit.NightlyMinor != 10_000 {
		t.Errorf("without dates: %+v", hit)
	}
}

func TestHitsShowTheirFirstReadyPhotos(t *testing.T) {
	t.Parallel()
	bare, full := plain(nil), plain(nil)
	w := newWorld(t, bare, full)
	for position := 6; position >= 0; position-- {
		status := "ready"
		if position == 1 {
			status = "processing"
		}
		w.photographAt(full.ID, position, status)
	}
	for _, hit := range w.all(Query{}) {
		want := map[uuid.UUID][]string{full.ID: {"Door 0", "Door 2", "Door 3", "Door 4"}}[hit.ID]
		var got []string
		for _, photo := range hit.Photos {
			got = append(got, photo.Caption)
		}
		if !slices.Equal(got, want) {
			t.Errorf("%s shows %v, want %v", hit.ID, got, want)
		}
	}
	if n := len(w.all(Query{})); n != 2 {
		t.Errorf("%d hits", n)
	}
}

func (w *world) photograph(id uuid.UUID) { w.photographAt(id, 0, "ready") }

func (w *world) photographAt(id uuid.UUID, position int, status string) {
	w.t.Helper()
	upload := uuid.New()
	w.exec(`insert into uploads (id, owner_id, content_type, size_bytes, object_key, status, width, height, blurhash, variants)
		values ($1, $2, 'image/png', 1, $1::uuid::text, $3, 800, 600, 'L0', '[{"name":"thumb","format":"webp","width":1,"height":1,"bytes":1,"key":"a/b.webp"}]')`, upload, w.host, status)
	w.exec(`insert into listing_photos (listing_id, upload_id, position, caption, alt_text) values ($1, $2, $3::int, 'Door ' || $3::int, 'A door')`, id, upload, position)
}

func TestContradictionsNameTheField(t *testing.T) {
	t.Parallel()
	w := newWorld(t)
	today := earliestToday(leapYear)
	for field, q := range map[string]Query{
		"bbox": {Box: &Box{0, 0, 1, 1}, Near: &Point{}}, "radius_km": {RadiusKm: 3}, "sort": {Sort: ByDistance}, "currency": {Sort: ByPriceUp},
		"price_max": {PriceMin: ref(int64(2)), PriceMax: ref(int64(1)), Currency: "EUR"}, "limit": {Limit: 101},
		"check_in":  {Stay: &date.Range{Start: today - 1, End: today + 1}},
		"check_out": {Stay: &date.Range{Start: today, End: today}},
		"cursor":    {Cursor: "nonsense"},
	} {
		_, err := w.Search(t.Context(), q)
		if got := fieldOf(err); got != field {
			t.Errorf("%+v: %v names %q, want %q", q, err, got, field)
		}
	}
	for _, q := range []Query{{FlexibleDays: 1}, {FlexibleDays: 4, Stay: &date.Range{Start: today, End: today + 1}}} {
		if _, err := w.Search(t.Context(), q); fieldOf(err) != "flexible_days" {
			t.Errorf("%d flexible days: %v", q.FlexibleDays, err)
		}
	}
	_, err := w.Search(t.Context(), Query{Stay: &date.Range{Start: today, End: today + 500}})
	if got := fieldOf(err); got != "check_out" {
		t.Errorf("500 nights: %v", err)
	}
	_, err = w.Search(t.Context(), Query{PriceMin: ref(int64(1))})
	if got := fieldOf(err); got != "currency" {
		t.Errorf("a price without a currency: %v", err)
	}
}
