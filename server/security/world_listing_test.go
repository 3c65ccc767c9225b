package security_test

import (
	"testing"
	"time"

	"github.com/google/uuid"

	"github.com/rentora/rentora/server/contract"
	"github.com/rentora/rentora/server/date"
)

// price of every listing here.
var price = contract.PriceInput{Currency: "EUR", NightlyMinor: 9000, CleaningMinor: new(int64(3000)), IncludedGuests: new(2), ExtraGuestMinor: new(int64(1500)), TaxBps: new(600)}

// draft gives a listing of the host's that lacks nothing but to be handed in.
func (w *world) draft(t *testing.T, host account, title, line string) uuid.UUID {
	t.Helper()
	created, err := host.CreateListingWithResponse(t.Context(), nil, contract.CreateListingRequest{
		Title: title, PropertyType: contract.PropertyTypeApartment, RoomType: contract.RoomTypeEntirePlace,
		Description: new("Two quiet rooms above a courtyard with a lemon tree, ten minutes on foot from the river and the old trams."),
		MaxGuests:   4, Bedrooms: 2, Beds: 3, Bathrooms: 1.5, Amenities: &[]contract.Amenity{contract.AmenityWifi},
		Address:  contract.Address{Line: &line, City: "Lisbon", PostalCode: new("1200-001"), CountryCode: "PT"},
		Location: contract.Point{Lat: 38.7139, Lng: -9.1459}, BookingMode: new(contract.BookingModeRequest),
	})
	expect(t, created, err, 201)
	id := created.JSON201.Data.Id
	photos, err := host.SetListingPhotosWithResponse(t.Context(), id, &contract.SetListingPhotosParams{IfMatch: created.HTTPResponse.Header.Get("ETag")},
		contract.SetPhotosRequest{Photos: w.uploads(t, host, 5)})
	expect(t, photos, err, 200)
	priced, err := host.SetPriceWithResponse(t.Context(), id, nil, price)
	expect(t, priced, err, 200)
	return id
}

// uploads inserts photographs that are processed already.
func (w *world) uploads(t *testing.T, owner account, n int) []contract.PhotoInput {
	t.Helper()
	photos := make([]contract.PhotoInput, n)
	for i := range photos {
		photos[i].UploadId = uuid.Must(uuid.NewV7())
		w.exec(t, `insert into uploads (id, owner_id, content_type, size_bytes, object_key, status, width, height, blurhash, variants)
			values ($1, $2, 'image/jpeg', 100000, $3, 'ready', 480, 320, 'LEHV6nWB2yk8pyo0adR*.7kCMdnj', '[]')`,
			photos[i].UploadId, owner.ID, "originals/"+photos[i].UploadId.String())
	}
	return photos
}

// stay gives the nights from so many days after today on.
func stay(daysAhead, nights int) date.Range {
	today := date.In(time.Now(), time.UTC)
	return date.Range{Start: today + date.Date(daysAhead), End: today + date.Date(daysAhead+nights)}
}

func quote(t *testing.T, guest account, listing uuid.UUID, s date.Range) string {
	t.Helper()
	quoted, err := guest.CreateQuoteWithResponse(t.Context(), listing, contract.QuoteRequest{CheckIn: s.Start, CheckOut: s.End, Guests: 2})
	expect(t, quoted, err, 200)
	return quoted.JSON200.Data.Token
}
