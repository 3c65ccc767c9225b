package search

import (
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"

	"github.com/rentora/rentora/server/config"
)

func TestSearchesAreTimedByTheirKind(t *testing.T) {
	t.Parallel()
	w := newWorld(t, plain(nil))
	var got []Kind
	observed := Observed(func(kind Kind, _ time.Duration) { got = append(got, kind) })
	observed(w.Service)
	w.search(Query{})
	w.search(Query{Text: "nowhere"})
	if _, err := w.Search(t.Context(), Query{Limit: 101}); err == nil {
		t.Error("a limit of 101 is taken")
	}
	broken := w.service(config.Typesense{URL: nobody(t), Collection: "c", Timeout: time.Second})
	observed(broken)
	_, err := broken.Search(t.Context(), Query{})
	wantAway(t, err)
	if diff := cmp.Diff([]Kind{Filter, Text, Filter}, got); diff != "" {
		t.Error(diff)
	}
}
