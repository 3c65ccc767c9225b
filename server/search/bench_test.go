package search

import (
	"fmt"
	"math/rand/v2"
	"net/http"
	"strings"
	"testing"
	"time"

	"github.com/typesense/typesense-go/v2/typesense/api"

	"github.com/rentora/rentora/server/date"
)

// BenchmarkSearch compares a search with its facets and cards with the same query sent straight to the server.
func BenchmarkSearch(b *testing.B) {
	r := rand.New(rand.NewPCG(1, 2))
	homes := make([]home, 3_000)
	for i := range homes {
		homes[i] = randomHome(r, i)
	}
	w := newWorld(b, homes...)
	today := date.In(leapYear, time.UTC)
	q := Query{Guests: 2, Box: &Box{-60, -120, 60, 120}, Stay: &date.Range{Start: today + 40, End: today + 44}, PropertyTypes: []string{"house", "villa"}}
	b.Run("search", func(b *testing.B) {
		for b.Loop() {
			if r, err := w.Search(b.Context(), q); err != nil || r.Found == 0 {
				b.Fatal(r.Found, err)
			}
		}
	})
	b.Run("straight", func(b *testing.B) {
		body := api.MultiSearchSearchesParameter{Searches: q.searches(w.alias, 1)}
		for b.Loop() {
			answer, err := w.client.MultiSearch.PerformWithContentType(b.Context(), &api.MultiSearchParams{}, body, "application/json")
			if err != nil || answer.StatusCode() != http.StatusOK || !strings.Contains(string(answer.Body), `"found"`) {
				b.Fatal(answer, err)
			}
		}
	})
	b.Run("index", func(b *testing.B) {
		for i := 0; b.Loop(); i++ {
			if err := w.Index(b.Context(), homes[i%len(homes)].ID); err != nil {
				b.Fatal(fmt.Errorf("index: %w", err))
			}
		}
	})
}
