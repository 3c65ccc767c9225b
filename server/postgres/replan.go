package postgres

import (
	"context"

	"github.com/jackc/pgx/v5"
	"github.com/jackc/pgx/v5/pgconn"
)

// Database is what pools, connections and transactions have in common.
type Database interface {
	Exec(ctx context.Context, sql string, args ...any) (pgconn.CommandTag, error)
	Query(ctx context.Context, sql string, args ...any) (pgx.Rows, error)
	QueryRow(ctx context.Context, sql string, args ...any) pgx.Row
}

// Replan has Postgres plan each statement anew for its arguments. A prepared statement that was asked some times may get
// one plan for all arguments: right for nearly everything here, and wrong for a list with filters that may be null, whose
// rare ones have an index that a plan for all cannot use.
func Replan(db Database) Database { return replanned{db} }

type replanned struct{ db Database }

// The statement's description stays known, so that this costs no round trip.
func (r replanned) with(args []any) []any {
	return append([]any{pgx.QueryExecModeCacheDescribe}, args...)
}

func (r replanned) Exec(ctx context.Context, sql string, args ...any) (pgconn.CommandTag, error) {
	return r.db.Exec(ctx, sql, r.with(args)...)
}

func (r replanned) Query(ctx context.Context, sql string, args ...any) (pgx.Rows, error) {
	return r.db.Query(ctx, sql, r.with(args)...) //nolint:rowserrcheck // the caller reads the rows
}

func (r replanned) QueryRow(ctx context.Context, sql string, args ...any) pgx.Row {
	return r.db.QueryRow(ctx, sql, r.with(args)...)
}
