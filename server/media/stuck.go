package media

import (
	"context"
	"time"

	"github.com/google/uuid"
	"github.com/jackc/pgx/v5"

	"github.com/rentora/rentora/server/events"
	"github.com/rentora/rentora/server/media/internal/query"
	"github.com/rentora/rentora/server/postgres"
)

// FailStuck fails uploads that are processing still, longer than patience after a worker first tried, at most limit, all or
// none, and tells how many. Their images outlast every worker's time or memory; without an end to it they would be tried for
// ever. What no worker has tried waits, however long.
func (s *Service) FailStuck(ctx context.Context, patience time.Duration, limit int) (int, error) {
	now, why := s.now(), timedOut()
	params := query.FailStuckParams{Before: now.Add(-patience), N: int32(limit), Code: why.Code, Reason: why.Reason, Now: now}
	var ids []uuid.UUID
	err := postgres.Tx(ctx, s.pool, func(tx pgx.Tx) (err error) {
		if ids, err = query.New(tx).FailStuck(ctx, params); err != nil {
			return err
		}
		told := make([]events.Event, len(ids))
		for i, id := range ids {
			told[i] = UploadFailed{UploadID: id, Code: why.Code}
		}
		return events.Append(ctx, tx, told...)
	})
	if err != nil {
		return 0, err
	}
	for range ids {
		s.observe(TimedOut, patience)
	}
	return len(ids), nil
}
