package seed

import (
	"image/jpeg"
	"math"
	"slices"
	"strings"
	"sync"
	"testing"
	"unicode/utf8"

	"github.com/rentora/rentora/server/money"
)

// sample goes a few times round the spread, so that the geocoded apartments run out within it.
var sample = sync.OnceValues(func() ([]Draft, error) {
	all, err := Generate(1, 18_000)
	if err != nil {
		return nil, err
	}
	return slices.Collect(all), nil
})

// each runs a check on every draft of the sample and stops at the first that fails.
func each(t *testing.T, check func(t *testing.T, d *Draft)) {
	t.Helper()
	all, err := sample()
	if err != nil {
		t.Fatal(err)
	}
	for i := range all {
		if check(t, &all[i]); t.Failed() {
			t.Fatalf("draft %d: %+v", i, all[i])
		}
	}
}

func TestWordsAreWhole(t *testing.T) {
	t.Parallel()
	each(t, func(t *testing.T, d *Draft) {
		if n := utf8.RuneCountInString(d.Title); n < 10 || n > longestTitle {
			t.Errorf("title of %d characters", n)
		}
		if n := sentences(d); n < 3 || n > 6 {
			t.Errorf("%d sentences", n)
		}
		for _, text := range append([]string{d.Title, d.Description, d.Address.Line, d.Price.Derivation}, d.HouseRules...) {
			if strings.Contains(text, "  ") || strings.Contains(text, "%!") || strings.Contains(text, " ,") || !utf8.ValidString(text) {
				t.Errorf("badly put: %q", text)
			}
		}
		if len(d.HouseRules) < 4 || d.Address.Locality == "" || d.Address.City == "" || d.Address.Country == "" {
			t.Error("house rules or address are missing")
		}
	})
}

// sentences counts full stops, those in the names of places left out.
func sentences(d *Draft) int {
	text := strings.NewReplacer(d.Address.Locality, "", d.Address.City, "").Replace(d.Description)
	return strings.Count(text+" ", ". ")
}

func TestNumbersAreSane(t *testing.T) {
	t.Parallel()
	each(t, func(t *testing.T, d *Draft) {
		if math.Abs(d.Lat) > 85 || math.Abs(d.Lng) > 180 || d.Lat == 0 || d.Lng == 0 {
			t.Error("the point is nowhere")
		}
		if d.Capacity < 1 || d.Capacity > mostGuests || d.Beds < 1 || d.Bedrooms < 0 || d.Bedrooms > 12 {
			t.Error("rooms or guests out of range")
		}
		if d.Bathrooms < 0.5 || d.Bathrooms > 6 || d.Bathrooms*2 != math.Trunc(d.Bathrooms*2) {
			t.Error("bathrooms are not in halves")
		}
		s := d.Stay
		if s.MinNights < 1 || s.MinNights > 63 || s.MaxNights < s.MinNights || s.MaxNights > 365 || s.Horizon < 90 || s.Horizon > 499 || s.NoticeDays < 0 {
			t.Error("stay rules out of range")
		}
	})
}

func TestPricesArePossible(t *testing.T) {
	t.Parallel()
	each(t, func(t *testing.T, d *Draft) {
		p := d.Price
		if !money.Known(p.Currency) {
			t.Errorf("%s is no currency", p.Currency)
		}
		units := float64(p.Nightly) / math.Pow10(money.Exponent(p.Currency))
		if p.Nightly <= 0 || p.Nightly > money.MaxMinor/1000 || units != math.Trunc(units) {
			t.Error("nightly price is not a positive number of whole units")
		}
		if p.CleaningFee < 0 || p.ExtraGuestFee < 0 || p.IncludedGuests < 1 || p.IncludedGuests > d.Capacity || p.TaxBasisPoints < 0 || p.TaxBasisPoints > 3000 {
			t.Error("a fee, the included guests or the tax are out of range")
		}
		if !strings.HasPrefix(p.Derivation, "Derived, not a market price") {
			t.Error("the price is not labeled as derived")
		}
	})
}

func TestCalendarsHaveNoOverlaps(t *testing.T) {
	t.Parallel()
	each(t, func(t *testing.T, d *Draft) {
		free := 1
		for _, o := range d.Occupied {
			if o.StartDay < free || o.Nights < 1 {
				t.Errorf("%+v begins before day %d", o, free)
			}
			free = o.StartDay + o.Nights
			booked := o.Guests >= 1 && o.Guests <= d.Capacity && o.Nights >= d.Stay.MinNights && o.Nights <= d.Stay.MaxNights
			if o.Kind == Booking != booked && (o.Kind != Block || o.Guests != 0) {
				t.Errorf("%+v is not a stay that could be booked", o)
			}
		}
	})
}

func TestPhotosExistAndAreCalledRenderings(t *testing.T) {
	t.Parallel()
	used := map[string]bool{}
	each(t, func(t *testing.T, d *Draft) {
		if len(d.Photos) < 5 {
			t.Errorf("only %d photos", len(d.Photos))
		}
		seen := map[string]bool{}
		for _, photo := range d.Photos {
			if seen[photo.File] || !strings.Contains(photo.Alt, "rendering") || photo.Caption == "" {
				t.Errorf("%+v is twice there or badly labeled", photo)
			}
			seen[photo.File], used[photo.File] = true, true
		}
	})
	if len(used) != 40 {
		t.Errorf("%d of 40 pictures are used", len(used))
	}
	for name := range used {
		file, err := Photos().Open(name)
		if err != nil {
			t.Fatal(err)
		}
		if _, err := jpeg.DecodeConfig(file); err != nil {
			t.Errorf("%s: %v", name, err)
		}
		_ = file.Close()
	}
}

func TestAmenitiesAreKnownAndUnique(t *testing.T) {
	t.Parallel()
	used := map[string]bool{}
	each(t, func(t *testing.T, d *Draft) {
		for i, key := range d.Amenities {
			if used[key] = true; !slices.Contains(Amenities, key) || slices.Contains(d.Amenities[:i], key) {
				t.Errorf("amenity %q is not known or twice there", key)
			}
		}
		if slices.Contains(d.Amenities, "smoking_allowed") == slices.Contains(d.HouseRules, "No smoking inside.") {
			t.Error("the rule on smoking contradicts the amenities")
		}
	})
	for _, key := range Amenities {
		if !used[key] {
			t.Errorf("no listing has %s", key)
		}
	}
}
