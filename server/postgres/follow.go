package postgres

import (
	"context"
	"fmt"
	"slices"
	"time"
)

// Run watches how far the replica follows, four times within the allowed lag, until ctx ends.
//
// It notes where the primary's log ends and asks the replica later whether it has come so far. So the lag is known when
// nobody writes, too, where the time of the last transaction replayed would grow for ever.
func (r *Replica) Run(ctx context.Context) error {
	if r.replica == nil {
		return nil
	}
	tick := time.NewTicker(r.maxLag / 4)
	defer tick.Stop()
	for {
		err := r.check(ctx)
		r.tell(ctx, err)
		select {
		case <-ctx.Done():
			return nil
		case <-tick.C:
		}
	}
}

func (r *Replica) check(ctx context.Context) error {
	ctx, cancel := context.WithTimeout(ctx, r.maxLag/2)
	defer cancel()
	at := r.now().Sub(r.began)
	r.marks = slices.DeleteFunc(r.marks, func(m mark) bool { return at-m.at > r.maxLag })
	var lsn string
	if err := r.primary.QueryRow(ctx, "select pg_current_wal_lsn()::text").Scan(&lsn); err != nil {
		return fmt.Errorf("primary: %w", err)
	}
	r.marks = append(r.marks, mark{at: at, lsn: lsn})
	reached, err := r.reached(ctx)
	if err != nil {
		return fmt.Errorf("replica: %w", err)
	}
	if reached > 0 {
		r.asOf.Store(int64(max(r.marks[reached-1].at, 1)))
		r.marks = slices.Delete(r.marks, 0, reached)
	}
	return nil
}

// reached counts the marks that the replica has passed; none when it follows nobody any more.
func (r *Replica) reached(ctx context.Context) (n int, err error) {
	ends := make([]string, len(r.marks))
	for i, m := range r.marks {
		ends[i] = m.lsn
	}
	var follows bool
	err = r.replica.QueryRow(ctx, `select pg_is_in_recovery(), (select count(*) from unnest($1::text[]) m where m::pg_lsn <= pg_last_wal_replay_lsn())`, ends).
		Scan(&follows, &n)
	if err == nil && !follows {
		r.asOf.Store(0) // promoted, or never a replica: what it has may be another history
		return 0, nil
	}
	return n, err
}

// tell logs only what changed.
func (r *Replica) tell(ctx context.Context, err error) {
	fit := r.fit()
	if ctx.Err() != nil || fit == r.was {
		return
	}
	r.was = fit
	if fit {
		r.log.InfoContext(ctx, "the replica follows and is read from")
		return
	}
	r.log.WarnContext(ctx, "the replica is away or too far behind; the primary is read instead", "max_lag", r.maxLag.String(), "error", err)
}
