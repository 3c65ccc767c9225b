package media

import (
	"context"
	"time"

	"github.com/rentora/rentora/server/media/internal/query"
	"github.com/rentora/rentora/server/postgres"
)

// FailStuck fails uploads that have been processing for longer than patience, at most limit, and tells how many. Their
// images outlast every worker's time or memory; without an end to it they would be tried for ever.
func (s *Service) FailStuck(ctx context.Context, patience time.Duration, limit int) (int, error) {
	before := s.now().Add(-patience)
	ids, err := query.New(s.pool).Stuck(ctx, query.StuckParams{Before: before, N: int32(limit)})
	if err != nil {
		return 0, postgres.Translate(err)
	}
	for n, id := range ids {
		if err := s.fail(ctx, id, timedOut()); err != nil {
			return n, err
		}
		s.observe(TimedOut, patience)
	}
	return len(ids), nil
}
