package notify

import (
	"context"
	"time"

	"github.com/rentora/rentora/server/notify/internal/query"
	"github.com/rentora/rentora/server/postgres"
)

// Sweep deletes the notes of mails that were sent, or given up, before a moment, the oldest first and at most limit, and
// tells how many. That must be longer ago than an event may come again, else its mail is sent twice.
func (s *Service) Sweep(ctx context.Context, before time.Time, limit int) (int, error) {
	n, err := s.queries.Sweep(ctx, query.SweepParams{Before: before, N: int32(limit)})
	return int(n), postgres.Translate(err)
}
