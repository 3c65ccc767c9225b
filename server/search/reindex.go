package search

import (
	"context"
	"errors"
	"log/slog"
	"time"

	"github.com/google/uuid"

	"github.com/rentora/rentora/server/calendar"
	"github.com/rentora/rentora/server/postgres"
	"github.com/rentora/rentora/server/search/internal/query"
)

const reindexBatch = 500

// Reindex brings the documents of all listings to what the record says, in bounded batches. A listing that cannot be
// indexed is logged and left out; the others do not suffer.
func (s *Service) Reindex(ctx context.Context, progress func(done, total int)) error {
	total, err := s.queries.Count(ctx)
	if err != nil {
		return postgres.Translate(err)
	}
	done := 0
	return s.each(ctx, func(ctx context.Context, after uuid.UUID) ([]uuid.UUID, error) {
		return s.queries.IDs(ctx, query.IDsParams{After: after, N: reindexBatch})
	}, func(n int) {
		done += n
		progress(done, max(done, int(total)))
	})
}

// Roll indexes the listings at whose place a new day began after since, and says how many there were. With the day the
// nights move that a stay may have: what was beyond the horizon comes in, what is inside of the notice goes out. The
// scheduler calls it every few minutes with the time of its last call.
func (s *Service) Roll(ctx context.Context, since time.Time) (int, error) {
	all, err := s.queries.Zones(ctx)
	if err != nil {
		return 0, postgres.Translate(err)
	}
	zones := turned(all, since, s.now())
	if len(zones) == 0 {
		return 0, nil
	}
	rolled := 0
	err = s.each(ctx, func(ctx context.Context, after uuid.UUID) ([]uuid.UUID, error) {
		return s.queries.IDsInZones(ctx, query.IDsInZonesParams{Zones: zones, After: after, N: reindexBatch})
	}, func(n int) { rolled += n })
	return rolled, err
}

// turned gives the zones that show another date now than then. One that nobody knows has no documents either.
func turned(zones []string, then, now time.Time) []string {
	var out []string
	for _, zone := range zones {
		before, err := calendar.Today(then, zone)
		if err != nil {
			continue
		}
		if today, _ := calendar.Today(now, zone); today != before {
			out = append(out, zone)
		}
	}
	return out
}

func (s *Service) each(ctx context.Context, next func(context.Context, uuid.UUID) ([]uuid.UUID, error), done func(n int)) error {
	after := uuid.Nil
	for {
		ids, err := next(ctx, after)
		if err != nil {
			return postgres.Translate(err)
		}
		if len(ids) == 0 {
			return nil
		}
		err = s.settle(ctx, ids)
		var left leftOut
		if errors.As(err, &left) {
			slog.ErrorContext(ctx, "listings cannot be indexed", "error", error(left))
		} else if err != nil {
			return err
		}
		after = ids[len(ids)-1]
		done(len(ids))
	}
}
