package booking

import (
	"context"
	"time"

	"github.com/jackc/pgx/v5"

	"github.com/rentora/rentora/server/booking/internal/query"
	"github.com/rentora/rentora/server/events"
	"github.com/rentora/rentora/server/postgres"
)

// expireBatch is how many requests one transaction flips.
const expireBatch = 200

// ExpireDue ends the requests that nobody answered in time, oldest first, at most limit of them, and tells how many.
// Several at once share the work. What is flipped stays so when a later batch fails.
func (s *Service) ExpireDue(ctx context.Context, limit int) (int, error) {
	done := 0
	for done < limit {
		size := min(expireBatch, limit-done)
		n, err := s.expireBatch(ctx, size)
		done += n
		if err != nil || n < size {
			return done, err
		}
	}
	return done, nil
}

func (s *Service) expireBatch(ctx context.Context, size int) (n int, err error) {
	now := s.now()
	err = postgres.Tx(ctx, s.pool, func(tx pgx.Tx) error {
		rows, err := query.New(tx).ExpireDue(ctx, query.ExpireDueParams{Now: &now, N: int32(size)})
		if err != nil {
			return err
		}
		n = len(rows)
		return tellExpired(ctx, tx, rows)
	})
	if err != nil {
		return 0, err
	}
	return n, nil
}

// expireOverlapping ends those that hold nights of a stay.
func expireOverlapping(ctx context.Context, tx pgx.Tx, t terms, now time.Time) error {
	rows, err := query.New(tx).ExpireOverlapping(ctx, query.ExpireOverlappingParams{ListingID: t.ListingID, Now: &now, CheckIn: t.CheckIn, CheckOut: t.CheckOut})
	if err != nil {
		return err
	}
	flipped := make([]query.ExpireDueRow, len(rows))
	for i, r := range rows {
		flipped[i] = query.ExpireDueRow(r)
	}
	return tellExpired(ctx, tx, flipped)
}

func tellExpired(ctx context.Context, tx pgx.Tx, rows []query.ExpireDueRow) error {
	if len(rows) == 0 {
		return nil
	}
	evs := make([]events.Event, len(rows))
	for i, r := range rows {
		evs[i] = Expired{BookingID: r.ID, ListingID: r.ListingID, HostID: r.HostID, GuestID: r.GuestID, CheckIn: r.CheckIn, CheckOut: r.CheckOut, Version: r.Version}
	}
	return events.Append(ctx, tx, evs...)
}
