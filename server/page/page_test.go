package page_test

import (
	"context"
	"slices"
	"testing"

	"github.com/google/uuid"

	"github.com/rentora/rentora/server/errs"
	"github.com/rentora/rentora/server/page"
)

// list is ids 1..n in ascending order, fetched as a keyset query would.
func list(n int) page.Fetch[byte] {
	return func(_ context.Context, key *uuid.UUID, back bool, limit int) ([]byte, error) {
		var out []byte
		for i := range n {
			id := byte(i + 1)
			if key == nil || (!back && id > key[15]) || (back && id < key[15]) {
				out = append(out, id)
			}
		}
		if back {
			slices.Reverse(out)
		}
		return out[:min(limit, len(out))], nil
	}
}

func id(b byte) uuid.UUID { return uuid.UUID{15: b} }

func TestKeysetWalksForwardAndBackOverEveryItemOnce(t *testing.T) {
	t.Parallel()
	for n := range 12 {
		var seen []byte
		var pages [][]byte
		cursor := ""
		for range n + 2 {
			p, err := page.Keyset(t.Context(), page.Request{Limit: 3, Cursor: cursor}, list(n), id)
			if err != nil {
				t.Fatal(err)
			}
			seen = append(seen, p.Items...)
			pages = append(pages, p.Items)
			if cursor = p.Next; cursor == "" {
				cursor = p.Prev
				break
			}
		}
		if len(seen) != n {
			t.Fatalf("n=%d: saw %v", n, seen)
		}
		for i := len(pages) - 2; i >= 0; i-- {
			p, err := page.Keyset(t.Context(), page.Request{Limit: 3, Cursor: cursor}, list(n), id)
			if err != nil || !slices.Equal(p.Items, pages[i]) || p.Next == "" || (p.Prev == "") != (i == 0) {
				t.Fatalf("n=%d back to page %d: got %v (next %q, prev %q), %v", n, i, p.Items, p.Next, p.Prev, err)
			}
			cursor = p.Prev
		}
	}
}

func TestKeysetRefusesWhatItDidNotIssue(t *testing.T) {
	t.Parallel()
	for _, r := range []page.Request{{Cursor: "x"}, {Cursor: "AAAA"}, {Cursor: "_____________________________"}, {Limit: -1}, {Limit: 101}} {
		if _, err := page.Keyset(t.Context(), r, list(1), id); !errs.Is(err, errs.Invalid) {
			t.Errorf("%+v: %v", r, err)
		}
	}
}
