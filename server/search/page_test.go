package search

import (
	"encoding/base64"
	"encoding/json"
	"errors"
	"fmt"
	"testing"

	"github.com/google/go-cmp/cmp"
	"github.com/google/uuid"

	"github.com/rentora/rentora/server/errs"
)

func fieldOf(err error) string {
	var e *errs.Error
	if !errors.As(err, &e) || e.Kind != errs.Invalid || len(e.Fields) != 1 {
		return ""
	}
	return e.Fields[0].Field
}

func TestPagingBothWays(t *testing.T) {
	t.Parallel()
	var homes []home
	for i := range 7 {
		homes = append(homes, titled(fmt.Sprintf("Home %d", i), func(h *home) { h.Age = i }))
	}
	w := newWorld(t, homes...)
	q := Query{Sort: ByNewest, Limit: 3}
	first := w.search(q)
	q.Cursor = first.Next
	second := w.search(q)
	q.Cursor = second.Next
	third := w.search(q)
	if len(first.Hits) != 3 || len(second.Hits) != 3 || len(third.Hits) != 1 || third.Next != "" || first.Prev != "" {
		t.Fatalf("%d, %d, %d hits", len(first.Hits), len(second.Hits), len(third.Hits))
	}
	q.Cursor = third.Prev
	back := w.search(q)
	q.Cursor = back.Prev
	start := w.search(q)
	if diff := cmp.Diff([]Result{second, first}, []Result{back, start}); diff != "" {
		t.Error(diff)
	}
}

func TestCursorsOfOtherSearchesAreRefused(t *testing.T) {
	t.Parallel()
	w := newWorld(t, plain(nil), plain(nil), plain(nil))
	q := Query{Limit: 1, Guests: 2}
	next := w.search(q).Next
	raw, err := base64.RawURLEncoding.DecodeString(next)
	if err != nil {
		t.Fatal(err)
	}
	raw[len(raw)-1] ^= 1
	tampered := base64.RawURLEncoding.EncodeToString(raw)
	for name, bad := range map[string]Query{
		"tampered":      {Limit: 1, Guests: 2, Cursor: tampered},
		"other limit":   {Limit: 2, Guests: 2, Cursor: next},
		"other filter":  {Limit: 1, Guests: 3, Cursor: next},
		"other text":    {Limit: 1, Guests: 2, Text: "a", Cursor: next},
		"other sort":    {Limit: 1, Guests: 2, Sort: ByNewest, Cursor: next},
		"short":         {Limit: 1, Guests: 2, Cursor: "AAAA"},
		"page 0":        {Limit: 1, Guests: 2, Cursor: q.cursor(0)},
		"too deep":      {Limit: 1, Guests: 2, Cursor: q.cursor(1001)},
		"not an answer": {Limit: 1, Guests: 2, Cursor: "!!"},
	} {
		if _, err := w.Search(t.Context(), bad); fieldOf(err) != "cursor" {
			t.Errorf("%s: %v", name, err)
		}
	}
}

func TestPagingEndsAtItsDepth(t *testing.T) {
	t.Parallel()
	w := newWorld(t)
	lines := make([]string, 1_050) // documents whose listings are gone: hits leave them out
	for i := range lines {
		line, err := json.Marshal(document{ID: uuid.NewString(), Amenities: []string{}, Stay: []int32{}})
		if err != nil {
			t.Fatal(err)
		}
		lines[i] = string(line)
	}
	if refused, err := w.upsert(t.Context(), w.collection(), lines); err != nil || len(refused) > 0 {
		t.Fatal(refused, err)
	}
	q := Query{Limit: 100}
	pages := 1
	for r := w.search(q); r.Next != ""; r = w.search(q) {
		if r.Found != len(lines) || len(r.Hits) != 0 {
			t.Fatalf("found %d with %d hits", r.Found, len(r.Hits))
		}
		q.Cursor = r.Next
		pages++
	}
	if pages != 10 {
		t.Errorf("%d pages of 100, want 10", pages)
	}
}
