package testkit

import (
	"context"
	"sync"
	"testing"

	"github.com/jackc/pgx/v5"
	"github.com/jackc/pgx/v5/pgxpool"
)

// Trips notes every round trip to the database that is made through a pool: a statement, a begin or commit, a batch.
// Preparing a statement, which a connection does once, is none. It is safe for concurrent use.
type Trips struct {
	mu   sync.Mutex
	made []string
}

// CountTrips opens a second pool to the database of the first and counts what goes through it.
func CountTrips(t testing.TB, pool *pgxpool.Pool) (*pgxpool.Pool, *Trips) {
	t.Helper()
	trips := &Trips{}
	conf := pool.Config()
	conf.ConnConfig.Tracer = trips
	counted, err := pgxpool.NewWithConfig(t.Context(), conf)
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(counted.Close)
	return counted, trips
}

// Made gives what went to the database since the last call of Made.
func (r *Trips) Made() []string {
	r.mu.Lock()
	defer r.mu.Unlock()
	made := r.made
	r.made = nil
	return made
}

func (r *Trips) note(sql string) {
	r.mu.Lock()
	defer r.mu.Unlock()
	r.made = append(r.made, sql)
}

// TraceQueryStart implements pgx.QueryTracer.
func (r *Trips) TraceQueryStart(ctx context.Context, _ *pgx.Conn, q pgx.TraceQueryStartData) context.Context {
	r.note(q.SQL)
	return ctx
}

// TraceQueryEnd implements pgx.QueryTracer.
func (r *Trips) TraceQueryEnd(context.Context, *pgx.Conn, pgx.TraceQueryEndData) {}

// TraceBatchStart implements pgx.BatchTracer.
func (r *Trips) TraceBatchStart(ctx context.Context, _ *pgx.Conn, _ pgx.TraceBatchStartData) context.Context {
	r.note("batch")
	return ctx
}

// TraceBatchQuery implements pgx.BatchTracer.
func (r *Trips) TraceBatchQuery(context.Context, *pgx.Conn, pgx.TraceBatchQueryData) {}

// TraceBatchEnd implements pgx.BatchTracer.
func (r *Trips) TraceBatchEnd(context.Context, *pgx.Conn, pgx.TraceBatchEndData) {}
