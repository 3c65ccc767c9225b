package search

import (
	"math"
	"time"

	"golang.org/x/text/language"
	"golang.org/x/text/language/display"

	"github.com/rentora/rentora/server/calendar"
	"github.com/rentora/rentora/server/date"
	"github.com/rentora/rentora/server/search/internal/query"
)

// document is a listing in the index.
type document struct {
	ID           string     `json:"id"`
	Title        string     `json:"title"`
	Description  string     `json:"description"`
	City         string     `json:"city"`
	Region       string     `json:"region"`
	Country      string     `json:"country"` // its English name, for free text
	CountryCode  string     `json:"country_code"`
	PropertyType string     `json:"property_type"`
	RoomType     string     `json:"room_type"`
	BookingMode  string     `json:"booking_mode"`
	Amenities    []string   `json:"amenities"`
	MaxGuests    int32      `json:"max_guests"`
	Bedrooms     int32      `json:"bedrooms"`
	Beds         int32      `json:"beds"`
	Bathrooms    float64    `json:"bathrooms"`
	Location     [2]float64 `json:"location"` // approximate
	Lat          int32      `json:"lat"`      // again in millionths, because a rectangle is not a polygon of great circles
	Lng          int32      `json:"lng"`
	Currency     string     `json:"currency"`
	Nightly      int64      `json:"nightly"`
	ApprovedAt   int64      `json:"approved_at"` // Unix seconds
	Stay         []int32    `json:"stay"`
}

func documentOf(s query.SourcesRow, now time.Time) (document, error) {
	today, err := calendar.Today(now, s.Timezone)
	if err != nil {
		return document{}, err
	}
	d := document{
		ID: s.ID.String(), Title: s.Title, Description: s.Description, City: s.City, Region: s.Region,
		Country: countryName(s.CountryCode), CountryCode: s.CountryCode, PropertyType: s.PropertyType, RoomType: s.RoomType,
		BookingMode: s.BookingMode, Amenities: s.Amenities, MaxGuests: s.MaxGuests, Bedrooms: s.Bedrooms, Beds: s.Beds,
		Bathrooms: s.Bathrooms, Location: [2]float64{s.PublicLat, s.PublicLng}, Lat: micro(s.PublicLat), Lng: micro(s.PublicLng),
		Currency: s.Currency, Nightly: s.NightlyMinor, Stay: []int32{},
	}
	if s.ApprovedAt != nil {
		d.ApprovedAt = s.ApprovedAt.Unix()
	}
	rules := calendar.RulesOf(s.MinNights, s.MaxNights, s.AdvanceNoticeDays, s.HorizonDays, s.RulesVersion)
	for _, o := range calendar.Openings(today, rules, takenOf(s)) {
		d.Stay = append(d.Stay, stayValue(o.Day, o.MinNights, o.Run))
	}
	return d, nil
}

func takenOf(s query.SourcesRow) []date.Range {
	taken := make([]date.Range, len(s.TakenFrom))
	for i := range taken {
		taken[i] = date.Range{Start: s.TakenFrom[i], End: s.TakenTo[i]}
	}
	return taken
}

// micro gives millionths of a degree: floating-point fields of the server have seven digits, which is metres.
func micro(degrees float64) int32 { return int32(math.Round(degrees * 1e6)) }

func countryName(code string) string {
	region, err := language.ParseRegion(code)
	if err != nil {
		return code
	}
	return display.English.Regions().Name(region)
}
