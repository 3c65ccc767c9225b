package notify

import (
	"context"
	"errors"

	"github.com/google/uuid"
	"github.com/jackc/pgx/v5"

	"github.com/rentora/rentora/server/notify/internal/query"
	"github.com/rentora/rentora/server/postgres"
)

// tooLate gives up the mail of the event that is being handled, whose words are no longer true. Most were never tried and
// stand nowhere; one that was, and failed, would otherwise stay due for ever. While somebody is sending it, it is asked
// for again later.
func (s *Service) tooLate(ctx context.Context, userID uuid.UUID, template string) error {
	return s.dropDue(ctx, keyOf(ctx, template, userID))
}

func (s *Service) dropDue(ctx context.Context, key string) error {
	now := s.now()
	dropped, err := s.queries.Drop(ctx, query.DropParams{Key: key, Now: now})
	if err != nil || dropped > 0 {
		return postgres.Translate(err)
	}
	if err := s.notOurs(ctx, key, now); !errors.Is(err, pgx.ErrNoRows) {
		return err
	}
	return nil
}
