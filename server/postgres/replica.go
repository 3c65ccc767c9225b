package postgres

import (
	"context"
	"errors"
	"log/slog"
	"sync/atomic"
	"time"

	"github.com/jackc/pgx/v5/pgxpool"

	"github.com/rentora/rentora/server/config"
	"github.com/rentora/rentora/server/errs"
)

// Reads runs fn, which only reads, on a database that may be a moment behind. It may run fn twice: when the first one
// was lost on the way, again on the primary.
type Reads func(ctx context.Context, fn func(ctx context.Context, db *pgxpool.Pool) error) error

// replicaPatience is what one read may take on the replica before the primary is asked: a replica that hangs must not
// use up the time of the request.
const replicaPatience = 300 * time.Millisecond

// Replica sends reads that may be a moment behind to a streaming replica, and to the primary while the replica is away or
// too far behind. It is safe for concurrent use.
//
// Its readers are those who are not signed in and look at what everybody may see: somebody who has just written something
// is signed in, and always reads the primary.
type Replica struct {
	primary *pgxpool.Pool
	replica *pgxpool.Pool // nil: there is none
	maxLag  time.Duration
	now     func() time.Time
	log     *slog.Logger
	began   time.Time
	asOf    atomic.Int64     // since began: the replica has all that was written before; 0 is unknown
	reads   [2]atomic.Uint64 // by fromReplica, fromPrimary
	marks   []mark           // of Run alone
	was     bool             // of Run alone: fit at the last check
}

// mark is a place in the primary's log and when it was the end of it.
type mark struct {
	at  time.Duration
	lsn string
}

// OpenReplica makes the pool of the replica, when one is configured. It does not wait for the server; until Run has seen
// that the replica follows, everything is read from the primary.
func OpenReplica(ctx context.Context, c config.Postgres, primary *pgxpool.Pool, now func() time.Time, log *slog.Logger, options ...func(*pgxpool.Config)) (*Replica, error) {
	r := &Replica{primary: primary, maxLag: c.ReplicaMaxLag, now: now, log: log, began: now()}
	if c.ReplicaURL == "" {
		return r, nil
	}
	if _, err := pgxpool.ParseConfig(c.ReplicaURL); err != nil {
		return nil, errs.E(errs.Invalid, "RENTORA_DATABASE_REPLICA_URL is not a Postgres URL.") // the cause would quote the password
	}
	c.URL = c.ReplicaURL
	var err error
	r.replica, err = Open(ctx, c, options...)
	return r, err
}

// Read implements Reads.
func (r *Replica) Read(ctx context.Context, fn func(ctx context.Context, db *pgxpool.Pool) error) error {
	if !r.fit() {
		r.reads[fromPrimary].Add(1)
		return fn(ctx, r.primary)
	}
	short, cancel := context.WithTimeout(ctx, replicaPatience)
	defer cancel()
	err := fn(short, r.replica)
	if err == nil || ctx.Err() != nil || !lostOnReplica(err) {
		r.reads[fromReplica].Add(1)
		return err
	}
	r.asOf.Store(0) // the next check may trust it again
	r.reads[fromPrimary].Add(1)
	return fn(ctx, r.primary)
}

// Close ends the connections to the replica.
func (r *Replica) Close() {
	if r != nil && r.replica != nil {
		r.replica.Close()
	}
}

// fit tells whether the replica has everything that was written before the longest lag that is allowed. A Run that
// hangs makes it false too.
func (r *Replica) fit() bool {
	asOf := time.Duration(r.asOf.Load())
	return asOf > 0 && r.now().Sub(r.began)-asOf <= r.maxLag
}

// lostOnReplica tells an answer of the replica's own condition from one that the primary would give as well: it is away
// or slow, its replay cancelled the statement, or it has not replayed a migration yet.
func lostOnReplica(err error) bool {
	if away(err) || Retryable(err) || errors.Is(err, context.Canceled) || errs.Is(err, errs.Unavailable) {
		return true
	}
	switch Code(err) {
	case "42P01", "42703", "42883": // undefined table, column, function
		return true
	}
	return false
}
