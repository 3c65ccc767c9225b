package seed

import (
	"slices"
	"testing"
)

func TestAThousandSpreadAsPlanned(t *testing.T) {
	t.Parallel()
	types, rooms, modes, policies, cities, countries := tally{}, tally{}, tally{}, tally{}, tally{}, tally{}
	exact := 0
	for _, d := range drafts(t, 1, 1000) {
		types[d.PropertyType]++
		rooms[d.RoomType]++
		modes[d.BookingMode]++
		policies[d.Cancellation]++
		cities[d.Address.City+" "+d.Address.CountryCode]++
		countries[d.Address.CountryCode]++
		if d.AtTrueSpot {
			exact++
		}
	}
	types.has(t, 10, "apartment", "house", "villa", "cabin", "loft", "cottage", "townhouse", "studio", "guesthouse")
	rooms.has(t, 20, "entire_place", "private_room", "shared_room")
	modes.has(t, 200, "instant", "request")
	policies.has(t, 100, "flexible", "moderate", "strict")
	cities.has(t, 24, "Athens GR", "Toledo US", "Sacramento US", "Ames US", "Paris FR")
	if full := cities.atLeast(8); full < 40 {
		t.Errorf("%d cities have 8 listings or more, want 40", full)
	}
	if len(countries) < 80 || exact != 150 {
		t.Errorf("%d countries, %d homes on their true spot; want 80 or more, and 150", len(countries), exact)
	}
}

type tally map[string]int

func (c tally) has(t *testing.T, least int, names ...string) {
	t.Helper()
	for _, name := range names {
		if c[name] < least {
			t.Errorf("%s occurs %d times, want at least %d", name, c[name], least)
		}
	}
}

func (c tally) atLeast(least int) int {
	many := 0
	for _, n := range c {
		if n >= least {
			many++
		}
	}
	return many
}

func TestNoTrueSpotIsUsedTwice(t *testing.T) {
	t.Parallel()
	d, err := load()
	if err != nil {
		t.Fatal(err)
	}
	g := newGenerator(d, 5)
	for source, order := range g.order {
		sorted := slices.Clone(order)
		slices.Sort(sorted)
		if len(slices.Compact(sorted)) != len(d.bySource[source]) {
			t.Errorf("%s: an order with gaps or repeats", source)
		}
	}
	deals := map[slot]int{}
	for _, s := range g.slots {
		if deals[s]++; deals[s] > 1 {
			t.Errorf("%+v is dealt twice", s)
		}
	}
}

func TestExtractsHoldWhatTheyPromise(t *testing.T) {
	t.Parallel()
	d, err := load()
	if err != nil {
		t.Fatal(err)
	}
	for source, least := range map[string]int{"lucas": 24_000, "athens": 1000, "ames": 2900, "sacramento": 932} {
		if n := len(d.bySource[source]); n < least {
			t.Errorf("%s has %d homes, want %d", source, n, least)
		}
	}
	for kind := range fitting {
		if len(d.byType[kind]) < 30 {
			t.Errorf("only %d homes fit a %s", len(d.byType[kind]), kind)
		}
	}
	for _, c := range d.cities {
		if d.countries[c.country].currency == "" || mixture[c.setting] == nil {
			t.Errorf("%s has no country or setting", c.name)
		}
		if source := geocoded[c.name]; source != "" {
			c.surrounds(t, d, source)
		}
	}
	for _, town := range d.towns {
		if d.countries[town.country].currency == "" {
			t.Errorf("%s is in a country without a currency", town.name)
		}
	}
}

// surrounds checks the projections: nearly all homes must lie within the region of their city.
func (c *city) surrounds(t *testing.T, d *data, source string) {
	t.Helper()
	far := 0
	for _, i := range d.bySource[source] {
		if kilometers(c.lat, c.lng, d.homes[i].lat, d.homes[i].lng) > 70 {
			far++
		}
	}
	if far > len(d.bySource[source])/100 {
		t.Errorf("%d homes of %s are more than 70 km from %s", far, source, c.name)
	}
}
