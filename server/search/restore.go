package search

import (
	"context"
	"errors"
	"log/slog"
	"net/http"
	"slices"
	"time"

	"github.com/jackc/pgx/v5"

	"github.com/rentora/rentora/server/postgres"
	"github.com/rentora/rentora/server/search/internal/query"
)

// How often the scheduler calls Restore and Tidy, and how long Restore may take.
const (
	RestoreEvery = time.Minute
	RestoreLimit = time.Hour
)

// Restore builds the collection of this release again when the server has lost it, as with an emptied volume. It does
// nothing where another release has taken over: two releases side by side must not take the alias from each other.
func (s *Service) Restore(ctx context.Context) error {
	lost, err := s.lost(ctx)
	if err != nil || !lost {
		return err
	}
	slog.WarnContext(ctx, "the search server has lost its collection; it is built again", "alias", s.alias)
	told := s.now()
	err = s.EnsureCollection(ctx, func(done, total int) {
		if s.now().Sub(told) >= 10*time.Second {
			told = s.now()
			slog.InfoContext(ctx, "the search index is built again", "listings", done, "of", total)
		}
	})
	if err == nil {
		slog.InfoContext(ctx, "the search index is built again, and whole", "alias", s.alias)
	}
	return err
}

// lost tells whether the record says that our collection is live, and the server has no such collection, no alias, or one
// that points at what the record does not know: a server restored from an old copy has an older collection.
func (s *Service) lost(ctx context.Context) (bool, error) {
	live, err := s.queries.LiveCollection(ctx, query.LiveCollectionParams{Alias: s.alias, Fields: hash(s.fields)})
	if errors.Is(err, pgx.ErrNoRows) {
		return false, nil
	}
	if err != nil {
		return false, postgres.Translate(err)
	}
	target, err := s.aliased(ctx)
	if err != nil || target == "" {
		return err == nil, err
	}
	if target != live { // it may be of a rebuild that has just swapped, or of another release that has
		known, err := s.queries.Known(ctx, s.alias)
		return err == nil && !slices.Contains(known, target), postgres.Translate(err)
	}
	there, err := s.exists(ctx, live)
	return err == nil && !there, err
}

func (s *Service) exists(ctx context.Context, collection string) (bool, error) {
	_, err := s.client.Collection(collection).Retrieve(ctx)
	if answers(err, http.StatusNotFound) {
		return false, nil
	}
	return err == nil, translate(err)
}
