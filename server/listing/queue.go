package listing

import (
	"context"
	"time"

	"github.com/google/uuid"

	"github.com/rentora/rentora/server/identity"
	"github.com/rentora/rentora/server/listing/internal/query"
	"github.com/rentora/rentora/server/page"
	"github.com/rentora/rentora/server/postgres"
)

// Verification is something that waits for an admin: a new listing, or the open revision of an approved one.
type Verification struct {
	ID          uuid.UUID // of the listing, or of its revision
	SubmittedAt time.Time
	Listing     Listing
}

// OfRevision tells which of the two it is.
func (v Verification) OfRevision() bool { return v.ID != v.Listing.ID }

// Queue gives a page of what waits for verification, longest waiting first. For admins.
func (s *Service) Queue(ctx context.Context, actor identity.Actor, req page.Request) (page.Page[Verification], error) {
	if err := verifier(actor); err != nil {
		return page.Page[Verification]{}, err
	}
	fetch := func(ctx context.Context, key *uuid.UUID, back bool, n int) ([]Verification, error) {
		rows, err := s.waiting(ctx, key, back, int32(n))
		if err != nil || len(rows) == 0 {
			return nil, err
		}
		return s.verifications(ctx, rows)
	}
	p, err := page.Keyset(ctx, req, fetch, func(v Verification) uuid.UUID { return v.ID })
	return p, postgres.Translate(err)
}

func (s *Service) waiting(ctx context.Context, key *uuid.UUID, back bool, n int32) ([]query.QueueStartRow, error) {
	q := query.New(s.pool)
	if key == nil {
		return q.QueueStart(ctx, n)
	}
	place, err := q.QueuePlace(ctx, *key)
	if err != nil || len(place) == 0 {
		return nil, err
	}
	if back {
		rows, err := q.QueueBefore(ctx, query.QueueBeforeParams{At: place[0], Key: *key, N: n})
		return sameRows(rows), err
	}
	rows, err := q.QueueAfter(ctx, query.QueueAfterParams{At: place[0], Key: *key, N: n})
	return sameRows(rows), err
}

// sameRows takes in what the three queries call by three names.
func sameRows[R query.QueueAfterRow | query.QueueBeforeRow](rows []R) []query.QueueStartRow {
	out := make([]query.QueueStartRow, len(rows))
	for i, r := range rows {
		out[i] = query.QueueStartRow(r)
	}
	return out
}

// verifications reads what the rows name. What was decided on since the rows were read shows no change any more.
func (s *Service) verifications(ctx context.Context, rows []query.QueueStartRow) ([]Verification, error) {
	ids := make([]uuid.UUID, len(rows))
	for i, r := range rows {
		ids[i] = r.ListingID
	}
	list, err := readAll(ctx, s.pool, ids)
	if err != nil {
		return nil, err
	}
	if err := attachRevisions(ctx, s.pool, list); err != nil {
		return nil, err
	}
	at := make(map[uuid.UUID]Listing, len(list))
	for _, l := range list {
		at[l.ID] = l
	}
	out := make([]Verification, len(rows))
	for i, r := range rows {
		out[i] = Verification{ID: r.ID, SubmittedAt: r.SubmittedAt.UTC(), Listing: at[r.ListingID]}
	}
	return out, nil
}
