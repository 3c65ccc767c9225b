package search

import (
	"context"
	"errors"
	"log/slog"

	"github.com/google/uuid"

	"github.com/rentora/rentora/server/postgres"
	"github.com/rentora/rentora/server/search/internal/query"
)

const reindexBatch = 500

// Reindex brings the documents of all listings to what the record says, in bounded batches. A listing that cannot be
// indexed is logged and left out; the others do not suffer. The places to suggest come last.
func (s *Service) Reindex(ctx context.Context, progress func(done, total int)) error {
	if err := s.all(ctx, s.kept, progress); err != nil {
		return err
	}
	return s.RefreshPlaces(ctx)
}

// all settles every listing in some collections.
func (s *Service) all(ctx context.Context, collections func(context.Context) ([]string, error), progress func(done, total int)) error {
	total, err := s.queries.Count(ctx)
	if err != nil {
		return postgres.Translate(err)
	}
	done, after := 0, uuid.Nil
	return s.each(ctx, &after, collections, func(ctx context.Context, after uuid.UUID) ([]uuid.UUID, error) {
		return s.queries.IDs(ctx, query.IDsParams{After: after, N: reindexBatch})
	}, func(n int) {
		done += n
		progress(done, max(done, int(total)))
	})
}

// each settles a list of listings batch by batch, from the one after *after, which it moves on.
func (s *Service) each(ctx context.Context, after *uuid.UUID, collections func(context.Context) ([]string, error),
	next func(context.Context, uuid.UUID) ([]uuid.UUID, error), done func(n int),
) error {
	for {
		ids, err := next(ctx, *after)
		if err != nil {
			return postgres.Translate(err)
		}
		if len(ids) == 0 {
			return nil
		}
		err = s.settleIn(ctx, ids, collections)
		var left leftOut
		if errors.As(err, &left) {
			slog.ErrorContext(ctx, "listings cannot be indexed", "error", error(left))
		} else if err != nil {
			return err
		}
		*after = ids[len(ids)-1]
		done(len(ids))
	}
}
