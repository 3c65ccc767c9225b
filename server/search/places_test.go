package search

import (
	"slices"
	"testing"

	"github.com/rentora/rentora/server/errs"
)

func at(city, region, country string, lat, lng float64) home {
	return plain(func(h *home) { h.City, h.Region, h.Country, h.Lat, h.Lng = city, region, country, lat, lng })
}

func (w *world) suggest(text string) []Place {
	w.t.Helper()
	places, err := w.Suggest(w.t.Context(), text, 0)
	if err != nil {
		w.t.Fatalf("%q: %v", text, err)
	}
	return places
}

func TestPlacesAreWhatAGuestTypesFirst(t *testing.T) {
	t.Parallel()
	w := newWorld(t,
		at("Paris", "Île-de-France", "FR", 48.85, 2.35), at("Paris", "Île-de-France", "FR", 48.87, 2.33), at("Paris", "Texas", "US", 33.66, -95.55),
		at("San Francisco", "California", "US", 37.77, -122.42), at("Santiago", "Santiago Metropolitan", "CL", -33.45, -70.66),
		at("München", "Bavaria", "DE", 48.14, 11.58), at("Lisbon", "Lisboa", "PT", 38.72, -9.14), at("Zürich", "Zürich", "CH", 47.37, 8.54),
		at("Ústí nad Labem", "", "CZ", 50.66, 14.03), plain(func(h *home) { h.City, h.Status = "Parma", "paused" }),
	)
	for text, want := range map[string]string{
		"par": "Paris", "san f": "San Francisco", "münch": "München", "munch": "München", "munich": "München", "muni": "München",
		"lisboa": "Lisbon", "lisbn": "Lisbon", "zurich": "Zürich", "usti": "Ústí nad Labem", "ger": "Germany", "calif": "California",
		"paris france": "Paris", "SAN FRANCISCO": "San Francisco", "bayern": "Bavaria", "usa": "United States",
	} {
		got := w.suggest(text)
		if len(got) == 0 || got[0].Name != want {
			t.Errorf("%q: %+v, want %s first", text, got, want)
		}
	}
	paris := w.suggest("paris")[0]
	if paris.Kind != City || paris.CountryCode != "FR" || paris.Country != "France" || paris.Region != "Île-de-France" || paris.Listings != 2 {
		t.Errorf("%+v", paris)
	}
	if paris.Centre != (Point{48.86, 2.34}) {
		t.Errorf("its centre is %+v", paris.Centre)
	}
	for _, text := range []string{"zzzzqq", "parma"} {
		if got := w.suggest(text); slices.ContainsFunc(got, func(p Place) bool { return p.Name == "Parma" }) {
			t.Errorf("%q: %+v", text, got)
		}
	}
	if most := w.suggest(""); len(most) != defaultPlaces || most[0].Listings < most[7].Listings {
		t.Errorf("without text %+v", most)
	}
	if _, err := w.Suggest(t.Context(), "a", 21); !errs.Is(err, errs.Invalid) {
		t.Errorf("a limit of 21: %v", err)
	}
}

func TestTheBoxOfAPlaceFindsItsListings(t *testing.T) {
	t.Parallel()
	w := newWorld(t, at("Suva", "Central", "FJ", -18.1, 178.4), at("Lau", "Eastern", "FJ", -17.6, -178.9), at("Porto", "Norte", "PT", 41.1, -8.6))
	for name, want := range map[string]int{"Fiji": 2, "Porto": 1, "Portugal": 1, "Eastern": 1} {
		place := w.suggest(name)[0]
		box, err := ParseBox(place.Box.String())
		if err != nil || place.Name != name {
			t.Fatalf("%s: %s %v", name, place.Name, err)
		}
		if r := w.search(Query{Box: box}); r.Found != want || place.Listings != want {
			t.Errorf("%s: %d found in %s, %d listings", name, r.Found, place.Box, place.Listings)
		}
	}
	if fiji := w.suggest("fiji")[0]; fiji.Box.West < fiji.Box.East || fiji.Centre.Lng < 178 {
		t.Errorf("the box of Fiji goes round the globe: %+v", fiji)
	}
}

func TestPlacesFollowTheRecord(t *testing.T) {
	t.Parallel()
	h := at("Braga Sul", "Norte", "PT", 41.1, -8.6)
	w := newWorld(t, h, at("Coimbra", "Centro", "PT", 38.7, -9.1))
	if n := w.placesToWrite(); n != 0 {
		t.Errorf("%d places are written again although nothing changed", n)
	}
	w.exec("update listings set city = 'Braga' where id = $1", h.ID)
	if err := w.RefreshPlaces(t.Context()); err != nil {
		t.Fatal(err)
	}
	if got := w.suggest("braga sul"); slices.ContainsFunc(got, func(p Place) bool { return p.Name == "Braga Sul" }) {
		t.Errorf("the old name is still there: %+v", got)
	}
	if got := w.suggest("bra"); len(got) == 0 || got[0].Name != "Braga" || got[0].Listings != 1 {
		t.Errorf("%+v", got)
	}
	w.exec("update listings set status = 'paused'")
	if err := w.RefreshPlaces(t.Context()); err != nil {
		t.Fatal(err)
	}
	if got := w.suggest(""); len(got) != 0 {
		t.Errorf("%+v", got)
	}
	away := w.config
	away.URL = nobody(t)
	_, err := w.service(away).Suggest(t.Context(), "a", 1)
	wantAway(t, err)
}

// placesToWrite counts what the next refresh would write.
func (w *world) placesToWrite() int {
	w.t.Helper()
	rows, err := w.queries.Places(w.t.Context(), maxPlaces)
	if err != nil {
		w.t.Fatal(err)
	}
	want := map[string]placeDocument{}
	for _, row := range rows {
		d := placeDocumentOf(row, nil)
		want[d.ID] = d
	}
	if _, err := w.unchanged(w.t.Context(), w.placesAlias(), want); err != nil {
		w.t.Fatal(err)
	}
	return len(want)
}
