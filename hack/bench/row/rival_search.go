package row

import (
	"context"
	"fmt"
	"math/rand/v2"
	"net/http"
	"net/url"
	"time"

	"github.com/rentora/rentora/hack/bench/load"
	"github.com/rentora/rentora/hack/bench/report"
	"github.com/rentora/rentora/hack/bench/stand"
)

// The mix of searches: most people look for the same few places and dates, and a long tail for something of its own.
// Popularity falls as in Zipf's law, which is what search logs look like.
const (
	mixDistinct = 2000
	mixLength   = 40000 // longer than what a side answers in one round
	mixExponent = 1.1
)

// rivalSearch lets both find stays, each with its own cache in front of Typesense and Postgres.
func rivalSearch(ctx context.Context, b *Bench) ([]report.Line, error) {
	if err := b.Reindex(ctx); err != nil {
		return nil, err
	}
	places, err := searched(ctx, b.Stand)
	if err != nil {
		return nil, err
	}
	m := match{line: "search with repeats, Hono + Redis", cached: true, atLeast: 3,
		compare: func(ctx context.Context, rival, api *stand.Running) error {
			return b.sameSearches(ctx, places, rival, api)
		},
		round: func(round int) []load.Request { return mix(places, round) }}
	return b.match(ctx, m)
}

// mix gives the searches of a round. Its boxes are a little off those of the other rounds, so that nobody's cache knows them:
// both sides begin cold in their warm-up.
func mix(places []wanted, round int) []load.Request {
	r := rand.New(rand.NewPCG(1, uint64(round)))
	distinct := make([]load.Request, mixDistinct)
	for i := range distinct {
		p := places[r.IntN(len(places))]
		p.lat += float64(round) / 1000
		distinct[i] = load.Get(p.path(20+r.IntN(40)), "", http.StatusOK)
	}
	popular := rand.NewZipf(r, mixExponent, 1, mixDistinct-1)
	requests := make([]load.Request, mixLength)
	for i := range requests {
		requests[i] = distinct[popular.Uint64()]
	}
	return requests
}

// sameSearches compares pages of results, each twice: the second comes out of the caches. Cursors are each side's own.
func (b *Bench) sameSearches(ctx context.Context, places []wanted, rival, api *stand.Running) error {
	for i := range min(8, len(places)) {
		for range 2 {
			if err := b.alike(ctx, http.MethodGet, places[i].path(20+i), "", [2]string{}, rival, api, "next"); err != nil {
				return err
			}
		}
	}
	return nil
}

// wanted is a place in whose surroundings somebody looks for a stay, with what one costs there.
type wanted struct {
	lat, lng float64
	currency string
	nightly  int64
}

// around is how far a box reaches from a place, degrees.
const around = 2.0

// path asks for three nights so many days ahead.
func (w wanted) path(days int) string {
	night := time.Now().UTC().AddDate(0, 0, days)
	q := url.Values{"bbox": {fmt.Sprintf("%.3f,%.3f,%.3f,%.3f", max(w.lat-around, -89), max(w.lng-around, -179), min(w.lat+around, 89), min(w.lng+around, 179))},
		"check_in": {night.Format(time.DateOnly)}, "check_out": {night.AddDate(0, 0, 3).Format(time.DateOnly)}, "guests": {"2"},
		"currency": {w.currency}, "price_min": {"1"}, "price_max": {fmt.Sprint(w.nightly * 3)}}
	return "/api/v1/search/listings?" + q.Encode()
}

// searched gives the places of a hundred listings of the benchmark.
func searched(ctx context.Context, s *stand.Stand) (places []wanted, err error) {
	rows, err := s.DB.Query(ctx, `select l.public_lat, l.public_lng, p.currency, p.nightly_minor from listings l join listing_prices p on p.listing_id = l.id
		where l.host_id = $1 order by l.id limit 100`, stand.HostID)
	if err != nil {
		return nil, err
	}
	defer rows.Close()
	for rows.Next() {
		var w wanted
		if err := rows.Scan(&w.lat, &w.lng, &w.currency, &w.nightly); err != nil {
			return nil, err
		}
		places = append(places, w)
	}
	return places, rows.Err()
}
