package seed

import (
	"context"
	"errors"
	"testing"
	"time"

	"github.com/jackc/pgx/v5"
	"github.com/jackc/pgx/v5/pgxpool"

	"github.com/rentora/rentora/server/errs"
	"github.com/rentora/rentora/server/identity"
	"github.com/rentora/rentora/server/testkit"
)

var began = time.Date(2026, 1, 2, 3, 4, 5, 600, time.UTC)

func begun(t *testing.T, pool *pgxpool.Pool, seed uint64, n int, now time.Time) (*run, error) {
	t.Helper()
	l := &Loader{Pool: pool, Now: func() time.Time { return now }, Progress: func(Progress) {}}
	return l.begin(t.Context(), seed, n)
}

func TestARunGoesOnAsItBegan(t *testing.T) {
	t.Parallel()
	pool := testkit.DB(t)
	first, err := begun(t, pool, 1<<63+5, 70, began)
	if err != nil {
		t.Fatal(err)
	}
	again, err := begun(t, pool, 1<<63+5, 70, began.AddDate(0, 0, 9))
	if err != nil || !again.base.Equal(first.base) || again.id("booking", 7, again.base) != first.id("booking", 7, first.base) {
		t.Errorf("began %s and %s, %v", first.base, again.base, err)
	}
	var known *errs.Error
	if _, err := begun(t, pool, 1<<63+5, 71, began); !errors.As(err, &known) || known.Code != "seed_interrupted" {
		t.Errorf("another size: %v", err)
	}
	if known != nil && known.Message != "An interrupted seed waits here. Go on with: rentora seed --listings 70 --seed 9223372036854775813" {
		t.Error(known.Message)
	}
	if err := pgx.BeginFunc(t.Context(), pool, func(tx pgx.Tx) error { return again.finish(t.Context(), tx) }); err != nil {
		t.Fatal(err)
	}
	if _, err := begun(t, pool, 1<<63+5, 70, began); !errors.As(err, &known) || known.Code != "seeded" {
		t.Errorf("a finished one: %v", err)
	}
}

func TestADatabaseThatIsInUseIsNotSeeded(t *testing.T) {
	t.Parallel()
	pool := testkit.DB(t)
	testkit.User(t, pool, identity.Guest)
	for range 2 { // the first must not leave a run behind that the second goes on with
		var known *errs.Error
		if _, err := begun(t, pool, 1, 10, began); !errors.As(err, &known) || known.Kind != errs.Conflict || known.Code != "not_empty" {
			t.Errorf("%v", err)
		}
	}
}

// An interrupted seed finds the accounts that it made itself.
func TestASeedGoesOnAmongItsOwnAccounts(t *testing.T) {
	t.Parallel()
	pool := testkit.DB(t)
	if _, err := begun(t, pool, 1, 10, began); err != nil {
		t.Fatal(err)
	}
	testkit.User(t, pool, identity.Guest)
	if _, err := begun(t, pool, 1, 10, began); err != nil {
		t.Error(err)
	}
}

func TestIDsAreInTheOrderOfTime(t *testing.T) {
	t.Parallel()
	r := &run{seed: 1}
	early, late := r.id("booking", 2, began), r.id("booking", 1, began.Add(time.Millisecond))
	if early.Version() != 7 || early.String() >= late.String() {
		t.Errorf("%s, %s", early, late)
	}
	if other := (&run{seed: 2}).id("booking", 2, began); other == early {
		t.Error("two seeds share an id")
	}
}

// The write of a batch that is cut off leaves nothing, and is done again; one that came through never is, by whomever.
func TestEachBatchIsWrittenOnce(t *testing.T) {
	t.Parallel()
	pool := testkit.DB(t)
	r, err := begun(t, pool, 1, 10, began)
	if err != nil {
		t.Fatal(err)
	}
	if _, err := pool.Exec(t.Context(), "create table written (first int, last int)"); err != nil {
		t.Fatal(err)
	}
	cut := errors.New("cut off")
	write := func(broken int) func(context.Context, pgx.Tx, int, int) error {
		return func(ctx context.Context, tx pgx.Tx, first, last int) error {
			_, err := tx.Exec(ctx, "insert into written values ($1, $2)", first, last)
			if err == nil && first == broken {
				return cut
			}
			return err
		}
	}
	if err := r.batches(t.Context(), "things", 10, 3, write(6)); !errors.Is(err, cut) {
		t.Fatalf("%v, want what broke it", err)
	}
	others := make(chan error)
	for range 2 {
		go func() { others <- r.batches(t.Context(), "things", 10, 3, write(-1)) }()
	}
	if err := errors.Join(<-others, <-others); err != nil {
		t.Fatal(err)
	}
	var parts string
	if err := pool.QueryRow(t.Context(), "select string_agg(first || '-' || last, ' ' order by first) from written").Scan(&parts); err != nil || parts != "0-3 3-6 6-9 9-10" {
		t.Errorf("wrote %s, %v", parts, err)
	}
}
