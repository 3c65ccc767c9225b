package search

import (
	"bytes"
	"context"
	"encoding/json"
	"fmt"
	"io"
	"math/rand/v2"
	"net/http"
	"slices"
	"sync"
	"testing"
	"time"

	"github.com/typesense/typesense-go/v2/typesense/api"

	"github.com/rentora/rentora/server/date"
)

// benchHomes is how many listings are searched; the set-up takes about a minute.
const benchHomes = 10_000

// BenchmarkSearch compares a search with its facets and cards with the same query sent straight to the server, one after
// the other and by several clients at once, suggestions with facets of the listings, and times the writing of a document.
func BenchmarkSearch(b *testing.B) {
	r := rand.New(rand.NewPCG(1, 2))
	w := newWorld(b)
	var homes []home
	for len(homes) < benchHomes {
		some := make([]home, 500)
		for i := range some {
			some[i] = randomHome(r, len(homes)+i)
			some[i].City, some[i].Region = fmt.Sprintf("%s%d", pick(r, "Paris", "Porto", "Lyon", "San Marco "), r.IntN(300)), pick(r, "North", "South", "Park")
		}
		w.insert(some...)
		homes = append(homes, some...)
	}
	if err := w.Reindex(b.Context(), func(int, int) {}); err != nil {
		b.Fatal(err)
	}
	today := date.In(leapYear, time.UTC)
	q := Query{Guests: 2, Box: &Box{-40, -60, 40, 60}, Stay: &date.Range{Start: today + 40, End: today + 44}, Currency: "EUR", PriceMin: ref(int64(2_000)), PriceMax: ref(int64(20_000))}
	flexible := q
	flexible.FlexibleDays = 3
	for name, q := range map[string]Query{"dates": q, "flexible": flexible, "plain": {}, "words": {Text: "paris pool"}} {
		for _, clients := range []int{1, 8} {
			b.Run(fmt.Sprintf("%s/clients=%d/search", name, clients), func(b *testing.B) {
				hammer(b, clients, func(ctx context.Context) error { _, err := w.Search(ctx, q); return err })
			})
			b.Run(fmt.Sprintf("%s/clients=%d/straight", name, clients), func(b *testing.B) { w.straight(b, clients, q.searches(w.alias, 1)) })
		}
	}
	b.Run("places/suggest", func(b *testing.B) {
		hammer(b, 1, func(ctx context.Context) error { _, err := w.Suggest(ctx, "par", 8); return err })
	})
	b.Run("places/facets", func(b *testing.B) {
		w.straight(b, 1, []api.MultiSearchCollectionParameters{{Collection: w.alias, Q: ref("*"), FacetBy: ref("city"), FacetQuery: ref("city:par"), MaxFacetValues: ref(8), PerPage: ref(0)}})
	})
	b.Run("index", func(b *testing.B) {
		n := 0
		hammer(b, 1, func(ctx context.Context) error { n++; return w.Index(ctx, homes[n%len(homes)].ID) })
	})
	b.Run("refresh_places", func(b *testing.B) { hammer(b, 1, w.RefreshPlaces) })
}

// straight sends searches as they are, with nothing of ours between.
func (w *world) straight(b *testing.B, clients int, searches []api.MultiSearchCollectionParameters) {
	body, err := json.Marshal(api.MultiSearchSearchesParameter{Searches: searches})
	if err != nil {
		b.Fatal(err)
	}
	client := &http.Client{Transport: &http.Transport{MaxIdleConnsPerHost: 128, DisableCompression: true}}
	b.Cleanup(client.CloseIdleConnections)
	hammer(b, clients, func(ctx context.Context) error {
		r, err := http.NewRequestWithContext(ctx, http.MethodPost, w.config.URL+"/multi_search", bytes.NewReader(body))
		if err != nil {
			return err
		}
		r.Header.Set("X-TYPESENSE-API-KEY", w.config.APIKey)
		answer, err := client.Do(r)
		if err != nil {
			return err
		}
		defer answer.Body.Close()
		content, err := io.ReadAll(answer.Body)
		if err == nil && (answer.StatusCode != http.StatusOK || !bytes.Contains(content, []byte(`"found"`))) {
			err = fmt.Errorf("%s %.200s", answer.Status, content)
		}
		return err
	})
}

// hammer lets clients do something b.N times in all, and reports how often a second and how long it took.
func hammer(b *testing.B, clients int, do func(context.Context) error) {
	b.Helper()
	b.ResetTimer()
	began := time.Now()
	took := make([][]time.Duration, clients)
	var group sync.WaitGroup
	for c := range clients {
		group.Go(func() {
			for range (b.N + clients - 1 - c) / clients {
				begin := time.Now()
				if err := do(b.Context()); err != nil {
					b.Error(err)
					return
				}
				took[c] = append(took[c], time.Since(begin))
			}
		})
	}
	group.Wait()
	all := slices.Concat(took...)
	slices.Sort(all)
	if len(all) == 0 {
		b.Fatal("nothing was done")
	}
	at := func(share float64) float64 { return float64(all[int(share*float64(len(all)-1))].Microseconds()) / 1000 }
	b.ReportMetric(float64(len(all))/time.Since(began).Seconds(), "req/s")
	b.ReportMetric(at(.5), "p50-ms")
	b.ReportMetric(at(.95), "p95-ms")
}
