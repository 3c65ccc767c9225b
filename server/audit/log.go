package audit

import (
	"context"

	"github.com/jackc/pgx/v5/pgxpool"

	"github.com/rentora/rentora/server/page"
	"github.com/rentora/rentora/server/postgres"
)

// Log is the record for readers. It is safe for concurrent use.
type Log struct{ pool *pgxpool.Pool }

// NewLog makes it.
func NewLog(pool *pgxpool.Pool) Log { return Log{pool: pool} }

// List is the function of that name.
func (l Log) List(ctx context.Context, f Filter, req page.Request) (page.Page[Entry], error) {
	p, err := List(ctx, l.pool, f, req)
	return p, postgres.Translate(err)
}
