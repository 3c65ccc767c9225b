package search

import (
	"encoding/json"
	"io"
	"net/http"
	"slices"
	"strings"
	"sync"
	"testing"
)

func TestSynonymsFindWhatIsMeant(t *testing.T) {
	t.Parallel()
	w := newWorld(t,
		titled("Alpha flat", func(h *home) { h.Amenities, h.Type = []string{"hot_tub"}, "loft" }),
		titled("Beta", func(h *home) {
			h.Amenities, h.Type, h.Description = []string{"pool", "air_conditioning"}, "house", "Right by the sea."
		}),
		titled("Gamma", func(h *home) {
			h.City, h.Country, h.Type, h.Description = "München", "DE", "apartment", "With internet."
		}),
	)
	for text, want := range map[string][]string{
		"condominium": {"Alpha flat", "Gamma"}, "apartment": {"Alpha flat", "Gamma"}, "jacuzzi": {"Alpha flat"}, "hot tub": {"Alpha flat"},
		"swimming pool": {"Beta"}, "aircon": {"Beta"}, "beachfront": {"Beta"}, "home with swimming pool": {"Beta"},
		"Munich": {"Gamma"}, "munchen": {"Gamma"}, "broadband": {"Gamma"}, "Munich flat": {"Gamma"},
	} {
		got := titles(w.all(Query{Text: text}))
		for _, title := range want {
			if !slices.Contains(got, title) {
				t.Errorf("%q finds %v, want %s", text, got, title)
			}
		}
		if len(got) != len(want) {
			t.Errorf("%q finds %v, want %v", text, got, want)
		}
	}
}

func TestSynonymsOfAnotherReleaseGo(t *testing.T) {
	t.Parallel()
	w := newWorld(t, titled("Sofa", nil))
	path := "/collections/" + w.collection() + "/synonyms/"
	if err := w.call(t.Context(), http.MethodPut, path+"old", synonym{ID: "old", Words: []string{"sofa", "couch"}}, nil); err != nil {
		t.Fatal(err)
	}
	if r := w.search(Query{Text: "couch"}); r.Found != 1 {
		t.Fatalf("%d found", r.Found)
	}
	if err := w.EnsureCollection(t.Context(), func(int, int) {}); err != nil {
		t.Fatal(err)
	}
	if r := w.search(Query{Text: "couch"}); r.Found != 0 {
		t.Errorf("%d found by a synonym of another release", r.Found)
	}
}

// A server since version 30 has sets. There is none at hand: this says what is sent, not what it does with it.
func TestNewerServersGetASet(t *testing.T) {
	t.Parallel()
	w := newWorld(t)
	var mu sync.Mutex
	var asked []string
	newer := w.service(fake(t, func(rw http.ResponseWriter, r *http.Request) {
		body, _ := io.ReadAll(r.Body)
		mu.Lock()
		defer mu.Unlock()
		asked = append(asked, r.Method+" "+r.URL.Path+" "+string(body))
		_, _ = io.WriteString(rw, "[]")
	}))
	if err := newer.teach(t.Context(), "c_1"); err != nil {
		t.Fatal(err)
	}
	if len(asked) != 3 || asked[2] != `PATCH /collections/c_1 {"synonym_sets":["c"]}` {
		t.Fatalf("asked %v", asked)
	}
	sent, isPut := strings.CutPrefix(asked[1], "PUT /synonym_sets/c ")
	var set struct{ Items []synonym }
	if err := json.Unmarshal([]byte(sent), &set); err != nil || !isPut || len(set.Items) < 100 {
		t.Errorf("%v: %.200s", err, asked[1])
	}
}

func TestTheWordsAreSound(t *testing.T) {
	t.Parallel()
	all, err := synonyms()
	if err != nil {
		t.Fatal(err)
	}
	seen := map[string]string{}
	for _, group := range all {
		if len(group.Words) < 2 {
			t.Errorf("%s has %d words", group.ID, len(group.Words))
		}
		for _, word := range group.Words {
			if other, twice := seen[word]; twice || strings.TrimSpace(word) != word || word == "" {
				t.Errorf("%q stands in %s and %s", word, other, group.ID)
			}
			seen[word] = group.ID
		}
	}
}
