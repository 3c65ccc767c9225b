package idempotency

import (
	"context"
	"time"

	"github.com/jackc/pgx/v5/pgxpool"

	"github.com/rentora/rentora/server/idempotency/internal/query"
	"github.com/rentora/rentora/server/postgres"
)

// Sweep deletes keys that were used before a moment, the oldest first and at most limit, and tells how many. A request
// that repeats one of them is a new request.
func Sweep(ctx context.Context, pool *pgxpool.Pool, before time.Time, limit int) (int, error) {
	n, err := query.New(pool).Sweep(ctx, query.SweepParams{Before: before, N: int32(limit)})
	return int(n), postgres.Translate(err)
}
