package listing_test

import (
	"fmt"
	"strings"
	"sync"
	"testing"

	"github.com/google/go-cmp/cmp"
	"github.com/google/uuid"

	"github.com/rentora/rentora/server/errs"
	"github.com/rentora/rentora/server/idempotency"
	"github.com/rentora/rentora/server/identity"
	"github.com/rentora/rentora/server/listing"
)

func TestCreateGivesADraftWithZoneAndDefaults(t *testing.T) {
	t.Parallel()
	w := newWorld(t)
	f := facts()
	f.Title, f.Amenities = "  Flat above the tram line ", []string{"wifi", "wifi", "kitchen"}
	l, err := w.rooms.Create(t.Context(), w.host, idempotency.Key{}, f)
	if err != nil {
		t.Fatal(err)
	}
	want := facts()
	want.Description = strings.TrimSpace(want.Description)
	want.Terms = listing.Terms{CheckInFrom: "15:00", CheckOutUntil: "11:00", CancellationPolicy: "moderate", BookingMode: "request"}
	if diff := cmp.Diff(want, l.Facts); diff != "" {
		t.Error(diff)
	}
	if l.Timezone != "Europe/Lisbon" || l.Status != listing.StatusDraft || l.Version != 1 || !l.Exact || l.Host.ID != w.host.ID || l.Host.Name == "" {
		t.Errorf("got %+v", l)
	}
	if len(w.events(l.ID)) != 0 {
		t.Error("a draft is told to everybody")
	}
}

func TestCreateIsForHosts(t *testing.T) {
	t.Parallel()
	w := newWorld(t)
	for actor, want := range map[identity.Actor]errs.Kind{{}: errs.Unauthenticated, w.guest: errs.Forbidden} {
		if _, err := w.rooms.Create(t.Context(), actor, idempotency.Key{}, facts()); !errs.Is(err, want) {
			t.Errorf("%s: %v", actor.Role, err)
		}
	}
	if _, err := w.rooms.ListMine(t.Context(), identity.Actor{}, nil, pageOf(0, "")); !errs.Is(err, errs.Unauthenticated) {
		t.Errorf("a visitor's list: %v", err)
	}
}

func TestCreateAnswersARepetitionWithTheFirstAnswer(t *testing.T) {
	t.Parallel()
	w := newWorld(t)
	key := idempotency.NewKey(w.host.ID, "k1", "createListing", []byte("body"))
	first, err := w.rooms.Create(t.Context(), w.host, key, facts())
	if err != nil {
		t.Fatal(err)
	}
	again, err := w.rooms.Create(t.Context(), w.host, key, facts())
	if err != nil {
		t.Fatal(err)
	}
	if diff := cmp.Diff(first, again); diff != "" {
		t.Error(diff)
	}
	other := idempotency.NewKey(w.host.ID, "k1", "createListing", []byte("another body"))
	if _, err := w.rooms.Create(t.Context(), w.host, other, facts()); !errs.Is(err, errs.Unprocessable) {
		t.Errorf("another body: %v", err)
	}
}

func TestAHostHasABoundedNumberOfListings(t *testing.T) {
	t.Parallel()
	w := newWorld(t)
	var many []listing.Imported
	for range 199 {
		many = append(many, listing.Imported{ID: uuid.Must(uuid.NewV7()), HostID: w.host.ID, Status: listing.StatusDraft, Facts: facts()})
	}
	if err := w.rooms.Import(t.Context(), many); err != nil {
		t.Fatal(err)
	}
	var wg sync.WaitGroup
	errors := make([]error, 5)
	for i := range errors {
		wg.Go(func() { _, errors[i] = w.rooms.Create(t.Context(), w.host, idempotency.Key{}, facts()) })
	}
	wg.Wait()
	made := 0
	for _, err := range errors {
		if err == nil {
			made++
		} else if !errs.Is(err, errs.Conflict) {
			t.Errorf("beyond the bound: %v", err)
		}
	}
	if made != 1 {
		t.Errorf("%d listings beyond 199", made)
	}
	if _, err := w.do("archive", w.host, listing.Listing{ID: many[0].ID}); err != nil {
		t.Fatal(err)
	}
	if _, err := w.rooms.Create(t.Context(), w.host, idempotency.Key{}, facts()); err != nil {
		t.Errorf("after archiving one: %v", err)
	}
}

func TestFactsNameEveryBrokenRule(t *testing.T) {
	t.Parallel()
	w := newWorld(t)
	nan := 0.0
	f := listing.Facts{
		Title: " ", Description: strings.Repeat("x", 5001), PropertyType: "house", RoomType: "entire_place", MaxGuests: 51, Bedrooms: -1, Beds: 101, Bathrooms: 1.3,
		Address: listing.Address{City: strings.Repeat("x", 101), CountryCode: "UK"}, Location: listing.Point{Lat: nan / nan, Lng: 181},
		Terms: listing.Terms{CheckInFrom: "24:00", CheckOutUntil: "9:00", CancellationPolicy: "kind", BookingMode: "later"},
	}
	_, err := w.rooms.Create(t.Context(), w.host, idempotency.Key{}, f)
	want := []string{
		"address.city max", "address.country_code country", "bathrooms multiple", "bedrooms range", "beds range", "booking_mode enum",
		"cancellation_policy enum", "check_in_from format", "check_out_until format", "description max", "location.lat range", "location.lng range",
		"max_guests range", "title required",
	}
	if diff := cmp.Diff(want, fieldsOf(err)); diff != "" {
		t.Error(diff)
	}
}

func TestEveryFieldCanBeChangedInADraft(t *testing.T) {
	t.Parallel()
	w := newWorld(t)
	l := w.create()
	want := listing.Facts{
		Title: "House by the sea", Description: "Small.", PropertyType: "house", RoomType: "private_room", MaxGuests: 2, Bedrooms: 1, Beds: 1, Bathrooms: 2,
		Amenities: []string{"pool"}, Address: listing.Address{Line: "Road 2", City: "Nadi", Region: "Western", PostalCode: "1", CountryCode: "FJ"},
		Location: listing.Point{Lat: -17.8, Lng: 177.4},
		Terms:    listing.Terms{HouseRules: "Quiet.", CheckInFrom: "14:00", CheckOutUntil: "10:00", CancellationPolicy: "strict", BookingMode: "instant"},
	}
	after, err := w.rooms.Update(t.Context(), w.host, l.ID, l.Version, listing.Patch{
		Title: &want.Title, Description: &want.Description, PropertyType: &want.PropertyType, RoomType: &want.RoomType, MaxGuests: &want.MaxGuests,
		Bedrooms: &want.Bedrooms, Beds: &want.Beds, Bathrooms: &want.Bathrooms, Amenities: &want.Amenities, Address: &want.Address, Location: &want.Location,
		HouseRules: &want.HouseRules, CheckInFrom: &want.CheckInFrom, CheckOutUntil: &want.CheckOutUntil,
		CancellationPolicy: &want.CancellationPolicy, BookingMode: &want.BookingMode,
	})
	if err != nil {
		t.Fatal(err)
	}
	if diff := cmp.Diff(want, after.Facts); diff != "" {
		t.Error(diff)
	}
	if after.Timezone != "Pacific/Fiji" || after.PublicPoint == l.PublicPoint {
		t.Errorf("moved to zone %s, public point %v", after.Timezone, after.PublicPoint)
	}
}

func TestStaleEditsChangeNothing(t *testing.T) {
	t.Parallel()
	w := newWorld(t)
	l := w.create()
	newer, err := w.do("title", w.host, l)
	if err != nil {
		t.Fatal(err)
	}
	for _, verb := range []string{"title", "rules", "photos"} {
		if _, err := w.do(verb, w.host, l); !errs.Is(err, errs.Stale) {
			t.Errorf("%s: %v", verb, err)
		}
	}
	now, err := w.do("get", w.host, l)
	if err != nil {
		t.Fatal(err)
	}
	if diff := cmp.Diff(newer, now); diff != "" {
		t.Error(diff)
	}
}

func TestOfEditsAtOnceOneWins(t *testing.T) {
	t.Parallel()
	w := newWorld(t)
	l := w.create()
	var wg sync.WaitGroup
	answers := make([]error, 12)
	for i := range answers {
		wg.Go(func() {
			if i%3 == 0 {
				_, answers[i] = w.rooms.SetPhotos(t.Context(), w.host, l.ID, l.Version, nil)
				return
			}
			_, answers[i] = w.rooms.Update(t.Context(), w.host, l.ID, l.Version, listing.Patch{Title: new(fmt.Sprintf("Title number %d", i))})
		})
	}
	wg.Wait()
	won := 0
	for _, err := range answers {
		if err == nil {
			won++
		} else if !errs.Is(err, errs.Stale) {
			t.Errorf("a loser gets %v", err)
		}
	}
	if won != 1 {
		t.Errorf("%d winners", won)
	}
}

func TestUnknownListings(t *testing.T) {
	t.Parallel()
	w := newWorld(t)
	nowhere := listing.Listing{ID: uuid.Must(uuid.NewV7()), Version: 1}
	for _, verb := range []string{"get", "title", "photos", "submit", "pause", "archive", "approve", "reject"} {
		if _, err := w.do(verb, w.admin, nowhere); !errs.Is(err, errs.NotFound) {
			t.Errorf("%s: %v", verb, err)
		}
	}
}

func TestInvalidEditsAreRefused(t *testing.T) {
	t.Parallel()
	w := newWorld(t)
	l := w.create()
	_, err := w.rooms.Update(t.Context(), w.host, l.ID, l.Version, listing.Patch{Title: new(" "), Address: &listing.Address{City: "X", CountryCode: "XK"}})
	if diff := cmp.Diff([]string{"address.country_code country", "title required"}, fieldsOf(err)); diff != "" {
		t.Error(diff)
	}
}
