package search

import (
	"encoding/json"
	"fmt"
	"math"

	"github.com/google/uuid"

	"github.com/rentora/rentora/server/date"
	"github.com/rentora/rentora/server/media"
	"github.com/rentora/rentora/server/pricing"
	"github.com/rentora/rentora/server/search/internal/query"
)

// Hit is one listing as a page of results shows it.
type Hit struct {
	ID                            uuid.UUID
	Title, PropertyType, RoomType string
	City, Region, CountryCode     string
	BookingMode                   string
	Location                      Point    // approximate
	DistanceKm                    *float64 // from the query's point to Location; nil without one
	MaxGuests, Bedrooms, Beds     int
	Bathrooms                     float64
	Amenities                     []string
	Photos                        []Photo // at most five
	Currency                      string
	NightlyMinor                  int64  // of the stay's nights on average when the query has dates, else the base price
	TotalMinor                    int64  // of the stay, everything included; 0 without dates
	Nights                        int    // 0 without dates
	Stays                         []Stay // that fit, nearest to the wanted dates first; TotalMinor is that of the first
}

// Stay is dates of a hit with what they cost, everything included.
type Stay struct {
	date.Range
	TotalMinor int64
}

// Photo of a hit.
type Photo struct {
	UploadID uuid.UUID       `json:"upload_id"`
	Caption  string          `json:"caption"`
	AltText  string          `json:"alt_text"`
	Width    int             `json:"width"`
	Height   int             `json:"height"`
	Blurhash string          `json:"blurhash"`
	Variants []media.Variant `json:"-"`
}

func photosOf(raw []byte) ([]Photo, error) {
	var rows []struct {
		Photo
		Stored json.RawMessage `json:"variants"`
	}
	if err := json.Unmarshal(raw, &rows); err != nil {
		return nil, err
	}
	photos := make([]Photo, len(rows))
	for i, row := range rows {
		variants, err := media.DecodeVariants(row.Stored)
		if err != nil {
			return nil, err
		}
		photos[i] = row.Photo
		photos[i].Variants = variants
	}
	return photos, nil
}

func hitOf(c query.CardsRow, q Query, fitting []date.Range) (Hit, error) {
	h := Hit{ID: c.ID, Title: c.Title, PropertyType: c.PropertyType, RoomType: c.RoomType, City: c.City, Region: c.Region, CountryCode: c.CountryCode,
		BookingMode: c.BookingMode, Location: Point{c.PublicLat, c.PublicLng}, MaxGuests: int(c.MaxGuests), Bedrooms: int(c.Bedrooms), Beds: int(c.Beds),
		Bathrooms: c.Bathrooms, Amenities: c.Amenities, Currency: c.Currency, NightlyMinor: c.NightlyMinor}
	var err error
	if h.Photos, err = photosOf(c.Photos); err != nil {
		return Hit{}, fmt.Errorf("search: photos of listing %s: %w", c.ID, err)
	}
	if q.Near != nil {
		h.DistanceKm = ref(math.Round(q.Near.distance(h.Location)*100) / 100)
	}
	if q.Stay != nil {
		p := pricing.Price{ListingID: c.ID, Currency: c.Currency, NightlyMinor: c.NightlyMinor, CleaningMinor: c.CleaningMinor,
			IncludedGuests: int(c.IncludedGuests), ExtraGuestMinor: c.ExtraGuestMinor, TaxBps: int(c.TaxBps)}
		h.Nights = q.Stay.Nights()
		for _, dates := range fitting {
			_, total := p.Lines(dates.Nights(), max(q.Guests, 1))
			h.Stays = append(h.Stays, Stay{Range: dates, TotalMinor: total})
		}
		if len(h.Stays) > 0 {
			h.TotalMinor = h.Stays[0].TotalMinor
		}
	}
	return h, nil
}

const earthRadius = 6371.0088 // km, mean

// distance is the way over the sphere in km (haversine).
func (p Point) distance(o Point) float64 {
	rad := func(deg float64) float64 { return deg * math.Pi / 180 }
	lat, lng := math.Sin(rad(o.Lat-p.Lat)/2), math.Sin(rad(o.Lng-p.Lng)/2)
	h := lat*lat + math.Cos(rad(p.Lat))*math.Cos(rad(o.Lat))*lng*lng
	return 2 * earthRadius * math.Asin(math.Sqrt(min(1, h)))
}
