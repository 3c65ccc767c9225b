package rest_test

import (
	"context"
	"errors"
	"log/slog"
	"net/http"
	"net/http/httptest"
	"slices"
	"sync"
	"testing"
	"time"

	"github.com/prometheus/client_golang/prometheus"

	"github.com/rentora/rentora/server/cache"
	"github.com/rentora/rentora/server/config"
	"github.com/rentora/rentora/server/errs"
	"github.com/rentora/rentora/server/limit"
	"github.com/rentora/rentora/server/ops"
	"github.com/rentora/rentora/server/rest"
	"github.com/rentora/rentora/server/search"
)

// index finds one listing for Lisbon, breaks for "broken", and finds nothing else.
type index struct{ asked int }

func (i *index) Search(_ context.Context, q search.Query) (search.Result, error) {
	i.asked++
	switch q.Text {
	case "Lisbon":
		return search.Result{Found: 1, Hits: []search.Hit{{Title: "A flat"}}}, nil
	case "broken":
		return search.Result{}, errors.New("broken")
	case "wrong":
		return search.Result{}, errs.InvalidField("q", "format", "This is wrong.")
	}
	return search.Result{}, nil
}

func (i *index) Suggest(context.Context, string, int) ([]search.Place, error) { return nil, nil }

// memory keeps every answer.
type memory struct {
	mu   sync.Mutex
	kept map[string]cache.Answer
}

func (m *memory) Get(ctx context.Context, key string, fill cache.Fill) (cache.Answer, error) {
	m.mu.Lock()
	defer m.mu.Unlock()
	if answer, ok := m.kept[key]; ok {
		return answer, nil
	}
	answer, err := fill(ctx)
	if err == nil {
		m.kept[key] = answer
	}
	return answer, err
}

// What people find is counted at the door: an answer that is given out again is a search as well.
func TestSearchesAreCountedByWhatTheyFind(t *testing.T) {
	t.Parallel()
	var found []rest.Found
	room := &index{}
	log, registry := slog.New(slog.DiscardHandler), prometheus.NewRegistry()
	app, err := rest.New(&rest.API{Search: room, Searches: &memory{kept: map[string]cache.Answer{}}, Searched: func(f rest.Found) { found = append(found, f) }},
		rest.Options{Config: &config.Config{Environment: "test", PublicURL: "https://rentora.example", HTTP: config.HTTP{RequestTimeout: 5 * time.Second, BodyLimit: 4096}},
			Log: log, Registry: registry, Ops: ops.New(log, registry, time.Now), Limits: limit.New(limit.Options{Keys: 1000, Now: time.Now})})
	if err != nil {
		t.Fatal(err)
	}
	for _, c := range []struct {
		query  string
		status int
	}{{"q=Lisbon", 200}, {"q=Lisbon", 200}, {"q=nowhere", 200}, {"q=nowhere", 200}, {"q=nowhere", 200}, {"q=broken", 500}, {"q=wrong", 400}, {"lat=1", 400}} {
		answer, err := app.Test(httptest.NewRequestWithContext(t.Context(), http.MethodGet, "/api/v1/search/listings?"+c.query, nil))
		if err != nil {
			t.Fatal(err)
		}
		_ = answer.Body.Close()
		if answer.StatusCode != c.status {
			t.Errorf("%s: status %d, want %d", c.query, answer.StatusCode, c.status)
		}
	}
	if want := []rest.Found{"some", "some", "none", "none", "none", "error"}; !slices.Equal(found, want) || room.asked != 4 {
		t.Errorf("counted %v, want %v; the index was asked %d times", found, want, room.asked)
	}
}
