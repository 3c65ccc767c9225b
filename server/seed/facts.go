package seed

import (
	"slices"
	"strings"

	"github.com/rentora/rentora/server/listing"
)

func factsOf(d Draft) listing.Facts {
	line := d.Address.Line
	if d.Address.Locality != d.Address.City && line == "" {
		line = d.Address.Locality
	}
	return listing.Facts{
		Title: d.Title, Description: d.Description, PropertyType: d.PropertyType, RoomType: d.RoomType,
		MaxGuests: d.Capacity, Bedrooms: d.Bedrooms, Beds: d.Beds, Bathrooms: d.Bathrooms, Amenities: d.Amenities,
		Address:  listing.Address{Line: line, City: d.Address.City, Region: d.Address.Region, CountryCode: d.Address.CountryCode},
		Location: listing.Point{Lat: d.Lat, Lng: d.Lng},
		// The price's label names places, and what is described is searched: it stands among the rules, which are not.
		Terms: listing.Terms{HouseRules: strings.Join(append(slices.Clone(d.HouseRules), "About the price: "+d.Price.Derivation), "\n"), CheckInFrom: d.Stay.CheckIn, CheckOutUntil: d.Stay.CheckOut,
			CancellationPolicy: d.Cancellation, BookingMode: d.BookingMode},
	}
}
