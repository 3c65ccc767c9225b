// Package page is keyset paging: opaque cursors that hold the last seen key and a direction, and never an offset.
package page

import (
	"cmp"
	"context"
	"encoding/base64"
	"fmt"
	"slices"

	"github.com/google/uuid"

	"github.com/rentora/rentora/server/errs"
)

// MaxLimit is the longest page of a list that does not say otherwise.
const MaxLimit = 100

// DefaultLimit is the length of a page when nothing is asked for.
const DefaultLimit = 20

// Request asks for a page. The zero value is the first page of the default length.
type Request struct {
	Limit  int
	Cursor string
	Most   int // the longest page of this list; 0: MaxLimit
}

// Page is a slice of a list with the cursors of its neighbours; empty cursors mean that there is none.
type Page[T any] struct {
	Items      []T
	Next, Prev string
	Limit      int
}

// Fetch gives up to n items beyond key: with back false those that follow it in the list's order, with back true those
// before it, nearest first. A nil key means the start of the list.
type Fetch[T any] func(ctx context.Context, key *uuid.UUID, back bool, n int) ([]T, error)

// Keyset answers a request for a list that is ordered by a UUID, with one query by fetch.
func Keyset[T any](ctx context.Context, req Request, fetch Fetch[T], id func(T) uuid.UUID) (Page[T], error) {
	limit, key, back, err := req.parse()
	if err != nil {
		return Page[T]{}, err
	}
	items, err := fetch(ctx, key, back, limit+1) // one more than asked tells whether the list goes on
	if err != nil {
		return Page[T]{}, err
	}
	more := len(items) > limit
	if more {
		items = items[:limit]
	}
	if back {
		slices.Reverse(items)
	}
	p := Page[T]{Items: items, Limit: limit}
	if len(items) == 0 {
		return p, nil
	}
	if more || back {
		p.Next = encode(id(items[len(items)-1]), false)
	}
	if key != nil && (more || !back) {
		p.Prev = encode(id(items[0]), true)
	}
	return p, nil
}

func (r Request) parse() (limit int, key *uuid.UUID, back bool, err error) {
	limit = r.Limit
	if limit == 0 {
		limit = DefaultLimit
	}
	if most := cmp.Or(r.Most, MaxLimit); limit < 1 || limit > most {
		return 0, nil, false, errs.InvalidField("limit", "range", fmt.Sprintf("limit must be between 1 and %d.", most))
	}
	if r.Cursor == "" {
		return limit, nil, false, nil
	}
	raw, err := base64.RawURLEncoding.DecodeString(r.Cursor)
	if err != nil || len(raw) != 17 || raw[0] > 1 {
		return 0, nil, false, errs.InvalidField("cursor", "format", "cursor is not one that a previous page answered; leave it out to start anew.")
	}
	id := uuid.UUID(raw[1:])
	return limit, &id, raw[0] == 1, nil
}

func encode(id uuid.UUID, back bool) string {
	raw := make([]byte, 1, 17)
	if back {
		raw[0] = 1
	}
	return base64.RawURLEncoding.EncodeToString(append(raw, id[:]...))
}
