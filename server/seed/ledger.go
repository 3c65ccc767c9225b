package seed

import (
	"context"
	"crypto/sha256"
	"encoding/binary"
	"fmt"
	"time"

	"github.com/google/uuid"
	"github.com/jackc/pgx/v5"
	"golang.org/x/sync/errgroup"

	"github.com/rentora/rentora/server/errs"
	"github.com/rentora/rentora/server/postgres"
	"github.com/rentora/rentora/server/seed/internal/query"
)

// run is one seed of this database, from its beginning through all interruptions.
type run struct {
	*Loader
	seed     uint64
	listings int
	base     time.Time // when it began: dates of the content are counted from here
}

// begin finds the run of this database or makes it. It is Conflict when the run is whole (code seeded), or is one of
// other numbers (code seed_interrupted), and when there is none but somebody lives here already (code not_empty).
func (l *Loader) begin(ctx context.Context, seed uint64, n int) (*run, error) {
	number := int64(seed)
	if err := l.enter(ctx, query.BeginRunParams{Number: number, Listings: int32(n), BeganAt: l.Now().UTC().Truncate(time.Second)}); err != nil {
		return nil, err
	}
	row, err := query.New(l.Pool).Run(ctx)
	if err != nil {
		return nil, postgres.Translate(err)
	}
	switch {
	case row.FinishedAt != nil:
		return nil, errs.E(errs.Conflict, "This database has demo data already.").Coded("seeded")
	case row.Number != number || int(row.Listings) != n:
		return nil, errs.Ef(errs.Conflict, "An interrupted seed waits here. Go on with: rentora seed --listings %d --seed %d",
			row.Listings, uint64(row.Number)).Coded("seed_interrupted")
	}
	return &run{Loader: l, seed: seed, listings: n, base: row.BeganAt.UTC()}, nil
}

// enter makes the run of this database, unless it has one. Whoever gives the command where people are at work, by mistake,
// must not give them an administrator whose password is published.
func (l *Loader) enter(ctx context.Context, run query.BeginRunParams) error {
	return postgres.Tx(ctx, l.Pool, func(tx pgx.Tx) error {
		q := query.New(tx)
		n, err := q.BeginRun(ctx, run)
		if err != nil || n == 0 {
			return err
		}
		inhabited, err := q.Inhabited(ctx)
		if err == nil && inhabited {
			err = errs.E(errs.Conflict, "This database has accounts that no seed made, and a seed adds an administrator whose password everybody knows. "+
				"Nothing was changed; set RENTORA_DATABASE_URL to an empty database, migrate it, and seed that one.").Coded("not_empty")
		}
		return err
	})
}

// id gives the nth thing of a kind the same id in every run of the same seed number that began at the same instant. Like any
// UUIDv7 it begins with when the thing was made, so that lists in the order of ids are lists in the order of time.
func (r *run) id(kind string, n int, at time.Time) uuid.UUID {
	sum := sha256.Sum256(fmt.Appendf(nil, "%d %s %d", r.seed, kind, n))
	id := uuid.UUID(sum[:16])
	var ms [8]byte
	binary.BigEndian.PutUint64(ms[:], uint64(at.UnixMilli()))
	copy(id[:6], ms[2:])
	id[6], id[8] = id[6]&0x0f|0x70, id[8]&0x3f|0x80
	return id
}

// writers is how many batches are written at once: more would wait for the same processors.
const writers = 2

// batches runs write for each batch of total things that is not done yet, each in one transaction with its entry in the
// ledger: a batch is there wholly or not at all, whatever ends the program.
func (r *run) batches(ctx context.Context, step string, total, size int, write func(ctx context.Context, tx pgx.Tx, first, last int) error) error {
	rows, err := query.New(r.Pool).Batches(ctx, step)
	if err != nil {
		return postgres.Translate(err)
	}
	finished := map[int]bool{}
	for _, row := range rows {
		finished[int(row.First)] = true
	}
	count := &counter{step: step, total: total, tell: r.Progress}
	group, gctx := errgroup.WithContext(ctx)
	group.SetLimit(writers)
	for first := 0; first < total && gctx.Err() == nil; first += size {
		last := min(first+size, total)
		if finished[first] {
			count.skip(last - first)
			continue
		}
		group.Go(func() error {
			err := postgres.Tx(gctx, r.Pool, func(tx pgx.Tx) error { return claimed(gctx, tx, step, first, last, write) })
			if err != nil {
				return fmt.Errorf("seed: %s %d to %d: %w", step, first, last-1, err)
			}
			count.add(last - first)
			return nil
		})
	}
	if err := group.Wait(); err != nil {
		return err
	}
	return ctx.Err()
}

func claimed(ctx context.Context, tx pgx.Tx, step string, first, last int, write func(context.Context, pgx.Tx, int, int) error) error {
	n, err := query.New(tx).Claim(ctx, query.ClaimParams{Step: step, First: int32(first)})
	if err != nil || n == 0 {
		return err
	}
	return write(ctx, tx, first, last)
}
