package search

import (
	"context"
	"fmt"
	"math"
	"net/http"
	"strings"

	"github.com/google/uuid"

	"github.com/rentora/rentora/server/errs"
	"github.com/rentora/rentora/server/search/internal/query"
)

// Limits of suggestions.
const (
	MaxPlaces     = 20
	defaultPlaces = 8
)

// PlaceKind is how large a place is.
type PlaceKind string

// The kinds of places.
const (
	City    PlaceKind = "city"
	Region  PlaceKind = "region"
	Country PlaceKind = "country"
)

// Place is where live listings are.
type Place struct {
	Kind                               PlaceKind
	Name, Region, Country, CountryCode string // Region is empty for a country
	Listings                           int
	Centre                             Point // of the listings
	Box                                Box   // around all of them; as a filter of a search it finds them
}

// String gives the box as ParseBox reads it.
func (b Box) String() string { return fmt.Sprintf("%g,%g,%g,%g", b.South, b.West, b.North, b.East) }

// Suggest gives the places that somebody may mean who has typed text so far, the likeliest first; without text those with
// the most listings. A limit of 0 is 8.
func (s *Service) Suggest(ctx context.Context, text string, limit int) ([]Place, error) {
	began := s.now()
	places, err := s.suggest(ctx, text, limit)
	s.watch(Places, began, err)
	return places, err
}

func (s *Service) suggest(ctx context.Context, text string, limit int) ([]Place, error) {
	if limit < 0 || limit > MaxPlaces {
		return nil, errs.InvalidField("limit", "range", "limit must be between 1 and 20.")
	}
	if limit == 0 {
		limit = defaultPlaces
	}
	if text = strings.TrimSpace(text); text == "" {
		text = "*"
	}
	ctx, cancel := context.WithTimeout(ctx, s.timeout)
	defer cancel()
	request := map[string]any{"searches": []any{map[string]any{"collection": s.placesAlias(), "q": text, "query_by": "names,around",
		"query_by_weights": "5,1", "sort_by": "_text_match:desc,listings:desc", "per_page": limit, "highlight_fields": "none"}}}
	var answer struct{ Results []foundPlaces }
	if err := s.call(ctx, http.MethodPost, "/multi_search", request, &answer); err != nil {
		return nil, translate(err)
	}
	if len(answer.Results) != 1 || answer.Results[0].Found == nil {
		return nil, translate(refused(http.StatusServiceUnavailable, fmt.Sprintf("no answer for places: %+v", answer.Results)))
	}
	places := make([]Place, len(answer.Results[0].Hits))
	for i, hit := range answer.Results[0].Hits {
		places[i] = hit.Document.place()
	}
	return places, nil
}

type foundPlaces struct {
	Found *int
	Error string
	Hits  []struct{ Document placeDocument }
}

// placeDocument is a place in the index.
type placeDocument struct {
	ID          string     `json:"id"`
	Kind        PlaceKind  `json:"kind"`
	Names       []string   `json:"names"`  // the first is the one to show
	Around      []string   `json:"around"` // region and country, for "paris france"
	Region      string     `json:"region"`
	CountryCode string     `json:"country_code"`
	Listings    int32      `json:"listings"`
	Centre      [2]float64 `json:"centre"` // latitude, longitude
	Box         [4]float64 `json:"box"`    // south, west, north, east
}

func (d placeDocument) place() Place {
	p := Place{Kind: d.Kind, Region: d.Region, Country: countryName(d.CountryCode), CountryCode: d.CountryCode, Listings: int(d.Listings),
		Centre: Point{d.Centre[0], d.Centre[1]}, Box: Box{South: d.Box[0], West: d.Box[1], North: d.Box[2], East: d.Box[3]}}
	if len(d.Names) > 0 {
		p.Name = d.Names[0]
	}
	return p
}

// placeDocumentOf names a place and bounds it, the shorter way round the globe.
func placeDocumentOf(r query.PlacesRow, foreign map[string][]string) placeDocument {
	d := placeDocument{Kind: City, Region: r.Region, CountryCode: r.CountryCode, Listings: int32(min(r.Listings, math.MaxInt32)),
		Around: []string{countryName(r.CountryCode)}}
	name := r.City
	switch {
	case r.City != "":
		if r.Region != "" {
			d.Around = append(d.Around, r.Region)
		}
	case r.Region != "":
		d.Kind, name = Region, r.Region
	default:
		d.Kind, name, d.Around = Country, countryName(r.CountryCode), []string{}
	}
	d.Names = append([]string{name}, foreign[strings.ToLower(name)]...)
	d.ID = uuid.NewSHA1(uuid.NameSpaceURL, []byte(strings.Join([]string{string(d.Kind), r.CountryCode, r.Region, r.City}, "\x00"))).String()
	west, east, lng := r.West, r.East, r.Lng
	if r.EastE-r.WestE < r.East-r.West {
		west, east, lng = r.WestE, r.EastE, r.LngE
	}
	d.Centre = [2]float64{rounded(r.Lat), rounded(around(lng))}
	d.Box = [4]float64{rounded(max(r.South-margin, -90)), rounded(around(west - margin)), rounded(min(r.North+margin, 90)), rounded(around(east + margin))}
	return d
}

// margin around the listings of a place, in degrees: a few kilometres, so that a single one has a box too.
const margin = 0.02

// around brings a longitude back to -180 to 180.
func around(lng float64) float64 { return math.Remainder(lng, 360) }

// rounded gives 1e-5 degrees, which is a metre.
func rounded(degrees float64) float64 { return math.Round(degrees*1e5) / 1e5 }
