package search

import (
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
	UploadID         uuid.UUID
	Caption, AltText string
	Width, Height    int
	Blurhash         string
	Variants         []media.Variant
}

// cardsOf groups rows by listing; those of one follow each other.
func cardsOf(rows []query.CardsRow) map[uuid.UUID][]query.CardsRow {
	cards := map[uuid.UUID][]query.CardsRow{}
	for len(rows) > 0 {
		n := 1
		for n < len(rows) && rows[n].ID == rows[0].ID {
			n++
		}
		cards[rows[0].ID], rows = rows[:n], rows[n:]
	}
	return cards
}

// photosOf gives those of a card; a listing without any has one row without an upload.
func photosOf(card []query.CardsRow) ([]Photo, error) {
	photos := make([]Photo, 0, len(card))
	for _, row := range card {
		if row.UploadID == uuid.Nil {
			continue
		}
		variants, err := media.DecodeVariants(row.Variants)
		if err != nil {
			return nil, err
		}
		photos = append(photos, Photo{UploadID: row.UploadID, Caption: row.Caption, AltText: row.AltText, Width: int(row.Width), Height: int(row.Height),
			Blurhash: row.Blurhash, Variants: media.ForCards(variants)})
	}
	return photos, nil
}

func hitOf(card []query.CardsRow, q Query, fitting []date.Range) (Hit, error) {
	c := card[0]
	h := Hit{ID: c.ID, Title: c.Title, PropertyType: c.PropertyType, RoomType: c.RoomType, City: c.City, Region: c.Region, CountryCode: c.CountryCode,
		BookingMode: c.BookingMode, Location: Point{c.PublicLat, c.PublicLng}, MaxGuests: int(c.MaxGuests), Bedrooms: int(c.Bedrooms), Beds: int(c.Beds),
		Bathrooms: c.Bathrooms, Amenities: c.Amenities, Currency: c.Currency, NightlyMinor: c.NightlyMinor}
	var err error
	if h.Photos, err = photosOf(card); err != nil {
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
