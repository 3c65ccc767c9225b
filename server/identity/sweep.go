package identity

import (
	"context"
	"time"

	"github.com/rentora/rentora/server/identity/internal/query"
	"github.com/rentora/rentora/server/postgres"
)

// keepDead is how long what has expired is kept, for whoever asks what happened.
const keepDead = 30 * 24 * time.Hour

// Sweep deletes sessions, refresh tokens and links that expired long ago, and marks that have served, at most limit of each,
// and tells how many rows went. It may be called at any time, also concurrently.
func (s *Service) Sweep(ctx context.Context, limit int) (gone int, err error) {
	before, n := s.now().Add(-keepDead), int32(min(limit, 100_000))
	for _, sweep := range []func() (int64, error){
		func() (int64, error) {
			return s.queries.DeleteDeadTokens(ctx, query.DeleteDeadTokensParams{Before: before, N: n})
		},
		func() (int64, error) {
			return s.queries.DeleteDeadSessions(ctx, query.DeleteDeadSessionsParams{Before: before, N: n})
		},
		func() (int64, error) {
			return s.queries.DeleteDeadLinks(ctx, query.DeleteDeadLinksParams{Before: before, N: n})
		},
		func() (int64, error) { return s.queries.DeleteOldMarks(ctx, n) },
	} {
		rows, err := sweep()
		gone += int(rows)
		if err != nil {
			return gone, postgres.Translate(err)
		}
	}
	return gone, nil
}
