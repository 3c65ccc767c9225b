package listing

import (
	"context"

	"github.com/google/uuid"

	"github.com/rentora/rentora/server/errs"
	"github.com/rentora/rentora/server/identity"
	"github.com/rentora/rentora/server/listing/internal/query"
	"github.com/rentora/rentora/server/page"
	"github.com/rentora/rentora/server/postgres"
)

// ListMine gives a page of the actor's own listings, newest first; with a status only those in it.
func (s *Service) ListMine(ctx context.Context, actor identity.Actor, status *Status, req page.Request) (page.Page[Listing], error) {
	if !actor.SignedIn() {
		return page.Page[Listing]{}, errs.E(errs.Unauthenticated, "Sign in to see your listings.")
	}
	q := query.New(s.pool)
	return s.list(ctx, req, func(ctx context.Context, key *uuid.UUID, back bool, n int) ([]uuid.UUID, error) {
		from := uuid.Max
		if key != nil {
			from = *key
		}
		if back {
			return q.MineAfter(ctx, query.MineAfterParams{HostID: actor.ID, Key: from, Status: (*string)(status), N: int32(n)})
		}
		return q.MineBefore(ctx, query.MineBeforeParams{HostID: actor.ID, Key: from, Status: (*string)(status), N: int32(n)})
	})
}

// list fetches a page's ids, then all its listings, then what waits of them: four queries at most, however long the page.
func (s *Service) list(ctx context.Context, req page.Request, ids page.Fetch[uuid.UUID]) (page.Page[Listing], error) {
	fetch := func(ctx context.Context, key *uuid.UUID, back bool, n int) ([]Listing, error) {
		found, err := ids(ctx, key, back, n)
		if err != nil || len(found) == 0 {
			return nil, err
		}
		list, err := readAll(ctx, s.pool, found)
		if err != nil {
			return nil, err
		}
		return list, attachRevisions(ctx, s.pool, list)
	}
	p, err := page.Keyset(ctx, req, fetch, func(l Listing) uuid.UUID { return l.ID })
	return p, postgres.Translate(err)
}
