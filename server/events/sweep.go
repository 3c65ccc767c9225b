package events

import (
	"context"
	"time"

	"github.com/jackc/pgx/v5/pgxpool"

	"github.com/rentora/rentora/server/events/internal/query"
	"github.com/rentora/rentora/server/postgres"
)

// SweepOutbox deletes rows that were published before a moment, the oldest first and at most limit, and tells how many.
// A row that waits is never deleted, however old.
func SweepOutbox(ctx context.Context, pool *pgxpool.Pool, before time.Time, limit int) (int, error) {
	n, err := query.New(pool).SweepOutbox(ctx, query.SweepOutboxParams{Before: before, N: int32(limit)})
	return int(n), postgres.Translate(err)
}

// SweepInbox deletes what was handled before a moment. That must be longer ago than Kafka keeps messages (7 days, its
// default): an event that is read again after its row has gone would be handled twice.
func SweepInbox(ctx context.Context, pool *pgxpool.Pool, before time.Time, limit int) (int, error) {
	n, err := query.New(pool).SweepInbox(ctx, query.SweepInboxParams{Before: before, N: int32(limit)})
	return int(n), postgres.Translate(err)
}

// SweepLetters deletes dead letters that were retried or discarded before a moment. Open ones stay.
func SweepLetters(ctx context.Context, pool *pgxpool.Pool, before time.Time, limit int) (int, error) {
	n, err := query.New(pool).SweepLetters(ctx, query.SweepLettersParams{Before: before, N: int32(limit)})
	return int(n), postgres.Translate(err)
}
