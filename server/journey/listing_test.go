package journey_test

import (
	"encoding/json"
	"fmt"
	"testing"
	"time"

	"github.com/google/uuid"

	"github.com/rentora/rentora/server/contract"
	"github.com/rentora/rentora/server/date"
	"github.com/rentora/rentora/server/media"
	"github.com/rentora/rentora/server/testkit"
)

// lisbon is a listing's facts; every one that a test makes stands there.
func lisbon(title string, mode contract.BookingMode) contract.CreateListingRequest {
	return contract.CreateListingRequest{
		Title: title, PropertyType: contract.PropertyTypeApartment, RoomType: contract.RoomTypeEntirePlace,
		Description: new("Two quiet rooms above a courtyard with a lemon tree, ten minutes on foot from the river and the old trams."),
		MaxGuests:   4, Bedrooms: 2, Beds: 3, Bathrooms: 1.5, Amenities: &[]contract.Amenity{contract.AmenityWifi, contract.AmenityKitchen},
		Address:  contract.Address{Line: new("Rua da Rosa 1"), City: "Lisbon", Region: new("Lisboa"), PostalCode: new("1200-001"), CountryCode: "PT"},
		Location: contract.Point{Lat: 38.7139, Lng: -9.1459}, BookingMode: &mode,
	}
}

// price of every test's listing.
var price = contract.PriceInput{Currency: "EUR", NightlyMinor: 9000, CleaningMinor: new(int64(3000)), IncludedGuests: new(2),
	ExtraGuestMinor: new(int64(1500)), TaxBps: new(600)}

// readyUploads inserts photographs that are processed already: what the image worker does is not this test's question.
func readyUploads(t *testing.T, p *testkit.Program, owner uuid.UUID, n int) []contract.PhotoInput {
	t.Helper()
	variants, err := json.Marshal([]media.Variant{{Name: "small", Format: "webp", Width: 480, Height: 320, Bytes: 20000, Key: "a/small.webp"},
		{Name: "small", Format: "jpeg", Width: 480, Height: 320, Bytes: 30000, Key: "a/small.jpg"}})
	if err != nil {
		t.Fatal(err)
	}
	photos := make([]contract.PhotoInput, n)
	for i := range photos {
		id := uuid.Must(uuid.NewV7())
		photos[i] = contract.PhotoInput{UploadId: id, Caption: new(fmt.Sprintf("Photo %d", i+1))}
		_, err := p.DB.Exec(t.Context(), `insert into uploads (id, owner_id, content_type, size_bytes, object_key, status, width, height, blurhash, variants)
			values ($1, $2, 'image/jpeg', 100000, $3, 'ready', 480, 320, 'LEHV6nWB2yk8pyo0adR*.7kCMdnj', $4)`, id, owner, "originals/"+id.String(), variants)
		if err != nil {
			t.Fatal(err)
		}
	}
	return photos
}

// draft gives a listing of the host's that lacks nothing but to be handed in.
func draft(t *testing.T, p *testkit.Program, host account, title string, mode contract.BookingMode) uuid.UUID {
	t.Helper()
	ctx := t.Context()
	created, err := host.CreateListingWithResponse(ctx, nil, lisbon(title, mode))
	expect(t, created, err, 201)
	id := created.JSON201.Data.Id
	photos, err := host.SetListingPhotosWithResponse(ctx, id, &contract.SetListingPhotosParams{IfMatch: created.HTTPResponse.Header.Get("ETag")},
		contract.SetPhotosRequest{Photos: readyUploads(t, p, host.ID, 5)})
	expect(t, photos, err, 200)
	priced, err := host.SetPriceWithResponse(ctx, id, nil, price)
	expect(t, priced, err, 200)
	return id
}

// live gives a listing that the admin has approved.
func live(t *testing.T, p *testkit.Program, host, admin account, title string, mode contract.BookingMode) uuid.UUID {
	t.Helper()
	id := draft(t, p, host, title, mode)
	submitted, err := host.SubmitListingWithResponse(t.Context(), id)
	expect(t, submitted, err, 200)
	approved, err := admin.ApproveListingWithResponse(t.Context(), id, &contract.ApproveListingParams{IfMatch: submitted.HTTPResponse.Header.Get("ETag")}, contract.ApproveRequest{})
	expect(t, approved, err, 200)
	return id
}

// stay gives the nights from so many days after today on.
func stay(daysAhead, nights int) date.Range {
	today := date.In(time.Now(), time.UTC)
	return date.Range{Start: today + date.Date(daysAhead), End: today + date.Date(daysAhead+nights)}
}

func quoteFor(s date.Range, guests int) contract.QuoteRequest {
	return contract.QuoteRequest{CheckIn: s.Start, CheckOut: s.End, Guests: guests}
}

// request books a stay as the guest and gives the booking.
func request(t *testing.T, guest account, listing uuid.UUID, s date.Range) contract.Booking {
	t.Helper()
	quoted, err := guest.CreateQuoteWithResponse(t.Context(), listing, quoteFor(s, 2))
	expect(t, quoted, err, 200)
	booked, err := guest.CreateBookingWithResponse(t.Context(), nil, contract.CreateBookingRequest{QuoteToken: quoted.JSON200.Data.Token})
	expect(t, booked, err, 201)
	return booked.JSON201.Data
}
