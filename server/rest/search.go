package rest

import (
	"context"
	"crypto/sha256"
	"encoding/hex"
	"encoding/json"
	"strings"

	"github.com/rentora/rentora/server/cache"
	"github.com/rentora/rentora/server/contract"
	"github.com/rentora/rentora/server/date"
	"github.com/rentora/rentora/server/errs"
	"github.com/rentora/rentora/server/search"
)

type searchRoom interface {
	Search(ctx context.Context, q search.Query) (search.Result, error)
	Suggest(ctx context.Context, text string, limit int) ([]search.Place, error)
}

// SearchListings finds stays.
func (a *API) SearchListings(ctx context.Context, req contract.SearchListingsRequestObject) (contract.SearchListingsResponseObject, error) {
	q, err := searchQuery(req.Params)
	if err != nil {
		return nil, err
	}
	key, err := json.Marshal(req.Params)
	if err != nil {
		return nil, err
	}
	sum := sha256.Sum256(key)
	answer, err := remember(ctx, a.Searches, hex.EncodeToString(sum[:]), func(ctx context.Context) (cache.Answer, error) {
		result, err := a.Search.Search(ctx, q)
		if err != nil {
			return cache.Answer{}, err
		}
		return encoded(a.searchEnvelope(result), string(foundIn(result)))
	})
	a.searched(answer, err)
	if err != nil {
		return nil, err
	}
	return prepared{Answer: answer, visitor: !actorOf(ctx).SignedIn()}, nil
}

// Found is what became of a search. It is kept with the answer, so that one from a cache is counted too.
type Found string

// The results of a search.
const (
	FoundSome  Found = "some"
	FoundNone  Found = "none"
	FoundError Found = "error"
)

// EveryFound has all of them.
var EveryFound = []Found{FoundSome, FoundNone, FoundError}

func foundIn(r search.Result) Found {
	if r.Found == 0 {
		return FoundNone
	}
	return FoundSome
}

// searched counts a search. One that was asked wrongly was none.
func (a *API) searched(answer cache.Answer, err error) {
	switch {
	case a.Searched == nil || errs.Is(err, errs.Invalid):
	case err != nil:
		a.Searched(FoundError)
	default:
		a.Searched(Found(answer.Note))
	}
}

func (a *API) searchEnvelope(result search.Result) contract.SearchEnvelope {
	meta := contract.Meta{Page: &contract.Page{Next: optional(result.Next), Prev: optional(result.Prev), Limit: result.Limit, Total: &result.Found}}
	return contract.SearchEnvelope{Success: true, Meta: meta, Data: contract.SearchResult{
		Found:  result.Found,
		Hits:   each(result.Hits, a.hitOf),
		Facets: each(result.Facets, facetOf),
	}}
}

// SearchPlaces suggests places.
func (a *API) SearchPlaces(ctx context.Context, req contract.SearchPlacesRequestObject) (contract.SearchPlacesResponseObject, error) {
	places, err := a.Search.Suggest(ctx, deref(req.Params.Q), deref(req.Params.Limit))
	if err != nil {
		return nil, err
	}
	return contract.SearchPlaces200JSONResponse{Success: true, Data: each(places, placeOf)}, nil
}

func placeOf(p search.Place) contract.Place {
	return contract.Place{Kind: contract.PlaceKind(p.Kind), Name: p.Name, Region: optional(p.Region), Country: p.Country, CountryCode: p.CountryCode,
		Listings: p.Listings, Location: contract.Point{Lat: p.Centre.Lat, Lng: p.Centre.Lng}, Bbox: p.Box.String()}
}

func searchQuery(p contract.SearchListingsParams) (search.Query, error) {
	q := search.Query{
		Text: strings.TrimSpace(deref(p.Q)), RadiusKm: deref(p.RadiusKm), Guests: deref(p.Guests), FlexibleDays: deref(p.FlexibleDays), PriceMin: p.PriceMin, PriceMax: p.PriceMax,
		Currency: deref(p.Currency), PropertyTypes: each(deref(p.PropertyType), text), RoomTypes: each(deref(p.RoomType), text),
		Amenities: each(deref(p.Amenities), text), BedroomsMin: deref(p.BedroomsMin), BedsMin: deref(p.BedsMin), BathroomsMin: deref(p.BathroomsMin),
		BookingMode: string(deref(p.BookingMode)), Sort: search.Sort(deref(p.Sort)), Cursor: deref(p.Cursor), Limit: deref(p.Limit),
	}
	var broken errs.Fields
	broken.Check((p.Lat == nil) == (p.Lng == nil), "lat", "requires", "lat and lng go together.")
	broken.Check((p.CheckIn == nil) == (p.CheckOut == nil), "check_out", "requires", "check_in and check_out go together.")
	if err := broken.Err(); err != nil {
		return q, err
	}
	if p.Lat != nil {
		q.Near = &search.Point{Lat: *p.Lat, Lng: *p.Lng}
	}
	if p.CheckIn != nil {
		q.Stay = &date.Range{Start: *p.CheckIn, End: *p.CheckOut}
	}
	if p.Bbox != nil {
		box, err := search.ParseBox(*p.Bbox)
		q.Box = box
		return q, err
	}
	return q, nil
}

func text[T ~string](v T) string { return string(v) }

func (a *API) hitOf(h search.Hit) contract.SearchHit {
	return contract.SearchHit{
		Id: h.ID, Title: h.Title, PropertyType: contract.PropertyType(h.PropertyType), RoomType: contract.RoomType(h.RoomType), City: h.City,
		Region: optional(h.Region), CountryCode: h.CountryCode, Location: contract.Point{Lat: h.Location.Lat, Lng: h.Location.Lng}, DistanceKm: h.DistanceKm,
		MaxGuests: h.MaxGuests, Bedrooms: h.Bedrooms, Beds: h.Beds, Bathrooms: h.Bathrooms, BookingMode: contract.BookingMode(h.BookingMode),
		Amenities: each(h.Amenities, func(s string) contract.Amenity { return contract.Amenity(s) }),
		Photos:    each(h.Photos, a.hitPhoto), Price: hitPrice(h), Stays: each(h.Stays, func(s search.Stay) contract.HitStay {
			return contract.HitStay{CheckIn: s.Start, CheckOut: s.End, Total: contract.Money{Minor: s.TotalMinor, Currency: h.Currency}}
		}),
	}
}

func hitPrice(h search.Hit) contract.HitPrice {
	p := contract.HitPrice{Nightly: contract.Money{Minor: h.NightlyMinor, Currency: h.Currency}, Label: contract.HitPriceLabelBasePrice}
	if h.Nights > 0 {
		p.Label, p.Nights = contract.HitPriceLabelStayAverage, &h.Nights
		p.Total = &contract.Money{Minor: h.TotalMinor, Currency: h.Currency}
	}
	return p
}

func facetOf(f search.Facet) contract.Facet {
	out := contract.Facet{Field: f.Field}
	out.Counts = make([]struct {
		Count int    `json:"count"`
		Value string `json:"value"`
	}, len(f.Counts))
	for i, c := range f.Counts {
		out.Counts[i].Count, out.Counts[i].Value = c.N, c.Value
	}
	return out
}

func (a *API) hitPhoto(p search.Photo) contract.Photo {
	return contract.Photo{UploadId: p.UploadID, Caption: p.Caption, AltText: p.AltText, Width: p.Width, Height: p.Height, Blurhash: p.Blurhash,
		Variants: a.variantsOf(p.Variants)}
}
