package listing

import (
	"math"
	"regexp"
	"slices"
	"strings"
	"unicode/utf8"

	"github.com/rentora/rentora/server/errs"
)

var timeOfDay = regexp.MustCompile(`^([01][0-9]|2[0-3]):[0-5][0-9]$`)

// clean trims what people type and fills in what they leave out.
func (f Facts) clean() Facts {
	for _, s := range []*string{&f.Title, &f.Description, &f.HouseRules, &f.Address.Line, &f.Address.City, &f.Address.Region, &f.Address.PostalCode} {
		*s = strings.TrimSpace(*s)
	}
	amenities := []string{}
	for _, a := range f.Amenities {
		if !slices.Contains(amenities, a) {
			amenities = append(amenities, a)
		}
	}
	f.Amenities = amenities
	f.CheckInFrom, f.CheckOutUntil = or(f.CheckInFrom, "15:00"), or(f.CheckOutUntil, "11:00")
	f.CancellationPolicy, f.BookingMode = or(f.CancellationPolicy, "moderate"), or(f.BookingMode, "request")
	return f
}

func or(s, otherwise string) string {
	if s == "" {
		return otherwise
	}
	return s
}

// validate names every broken rule of clean facts.
func (f Facts) validate() error {
	var broken errs.Fields
	f.validateTexts(&broken)
	f.validateNumbers(&broken)
	f.validateTerms(&broken)
	return broken.Err()
}

func (f Facts) validateTexts(broken *errs.Fields) {
	for _, c := range []struct {
		field, value string
		least, most  int
	}{
		{"title", f.Title, 1, 100}, {"description", f.Description, 0, 5000}, {"house_rules", f.HouseRules, 0, 2000},
		{"property_type", f.PropertyType, 1, 50}, {"room_type", f.RoomType, 1, 50},
		{"address.line", f.Address.Line, 0, 200}, {"address.city", f.Address.City, 1, 100},
		{"address.region", f.Address.Region, 0, 100}, {"address.postal_code", f.Address.PostalCode, 0, 20},
	} {
		if n := utf8.RuneCountInString(c.value); n < c.least {
			broken.Addf(c.field, "required", "%s must not be empty.", c.field)
		} else if n > c.most {
			broken.Addf(c.field, "max", "%s must have at most %d characters.", c.field, c.most)
		}
	}
	broken.Check(isCountry(f.Address.CountryCode), "address.country_code", "country",
		"address.country_code must be an ISO 3166-1 code of two capital letters, such as PT.")
}

func (f Facts) validateNumbers(broken *errs.Fields) {
	for _, c := range []struct {
		field       string
		value       float64
		least, most float64
	}{
		{"max_guests", float64(f.MaxGuests), 1, 50}, {"bedrooms", float64(f.Bedrooms), 0, 50}, {"beds", float64(f.Beds), 0, 100},
		{"bathrooms", f.Bathrooms, 0, 50}, {"location.lat", f.Location.Lat, -90, 90}, {"location.lng", f.Location.Lng, -180, 180},
	} {
		if !(c.value >= c.least && c.value <= c.most) { // NaN is neither
			broken.Addf(c.field, "range", "%s must be between %g and %g.", c.field, c.least, c.most)
		}
	}
	broken.Check(f.Bathrooms*2 == math.Trunc(f.Bathrooms*2), "bathrooms", "multiple", "bathrooms must be in halves, such as 1.5.")
}

func (t Terms) validateTerms(broken *errs.Fields) {
	broken.Check(timeOfDay.MatchString(t.CheckInFrom), "check_in_from", "format", "check_in_from must be a time as HH:MM.")
	broken.Check(timeOfDay.MatchString(t.CheckOutUntil), "check_out_until", "format", "check_out_until must be a time as HH:MM.")
	broken.Check(slices.Contains([]string{"flexible", "moderate", "strict"}, t.CancellationPolicy), "cancellation_policy", "enum",
		"cancellation_policy must be flexible, moderate or strict.")
	broken.Check(slices.Contains([]string{"instant", "request"}, t.BookingMode), "booking_mode", "enum", "booking_mode must be instant or request.")
}
