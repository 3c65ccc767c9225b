// Package postgres is the pool, transactions and migrations; it knows no room.
package postgres

import (
	"context"
	"errors"
	"time"

	"github.com/jackc/pgx/v5"
	"github.com/jackc/pgx/v5/pgconn"
	"github.com/jackc/pgx/v5/pgxpool"

	"github.com/rentora/rentora/server/config"
	"github.com/rentora/rentora/server/errs"
)

// Traced makes Open hand every statement to a tracer.
func Traced(t pgx.QueryTracer) func(*pgxpool.Config) {
	return func(c *pgxpool.Config) { c.ConnConfig.Tracer = t }
}

// Open makes the pool. It does not wait for the server: readiness is asked with Ping.
func Open(ctx context.Context, c config.Postgres, options ...func(*pgxpool.Config)) (*pgxpool.Pool, error) {
	conf, err := pgxpool.ParseConfig(c.URL)
	if err != nil {
		return nil, errs.E(errs.Invalid, "RENTORA_DATABASE_URL is not a Postgres URL.") // the cause would quote the password
	}
	conf.MaxConns = int32(c.MaxConns)
	conf.ConnConfig.ConnectTimeout = c.ConnectTimeout
	conf.MaxConnLifetime = 30 * time.Minute
	conf.MaxConnLifetimeJitter = 5 * time.Minute
	conf.ConnConfig.RuntimeParams["application_name"] = "rentora"
	conf.ConnConfig.RuntimeParams["timezone"] = "UTC"
	for _, option := range options {
		option(conf)
	}
	return pgxpool.NewWithConfig(ctx, conf)
}

// Tx runs fn in a transaction and commits when fn returns nil. A deadlock or a serialisation failure runs fn again,
// at most three times: fn must have no effect outside of the transaction, and makes no network call but tx's own.
func Tx(ctx context.Context, pool *pgxpool.Pool, fn func(tx pgx.Tx) error) error {
	var err error
	for range 3 {
		err = pgx.BeginFunc(ctx, pool, fn)
		if !Retryable(err) || ctx.Err() != nil {
			break
		}
	}
	return Translate(err)
}

// Retryable tells whether the same transaction may succeed when it is run again.
func Retryable(err error) bool {
	switch Code(err) {
	case "40P01", "40001": // deadlock_detected, serialization_failure
		return true
	}
	return false
}

// Code gives the SQLSTATE of err, or "".
func Code(err error) string {
	var pg *pgconn.PgError
	if errors.As(err, &pg) {
		return pg.Code
	}
	return ""
}

// Violates tells whether err breaks the named constraint.
func Violates(err error, constraint string) bool {
	var pg *pgconn.PgError
	return errors.As(err, &pg) && pg.ConstraintName == constraint
}

// Translate gives an error that nobody classified a kind: a server that is away is Unavailable, an expired deadline too.
// A classified error, nil, and pgx.ErrNoRows (whose meaning only the caller knows) come back as they are.
func Translate(err error) error {
	var known *errs.Error
	if err == nil || errors.As(err, &known) || errors.Is(err, pgx.ErrNoRows) {
		return err
	}
	if away(err) {
		return errs.E(errs.Unavailable, "The database is not reachable at the moment. Please try again.").Because(err).After(2 * time.Second)
	}
	return err
}

func away(err error) bool {
	var connect *pgconn.ConnectError
	if errors.As(err, &connect) || errors.Is(err, context.DeadlineExceeded) || pgconn.SafeToRetry(err) || pgconn.Timeout(err) {
		return true
	}
	code := Code(err)
	if len(code) == 5 && (code[:2] == "08" || code[:2] == "57" || code[:2] == "53") { // connection, operator intervention, resources
		return true
	}
	return code == "" && isConnectionLost(err)
}
