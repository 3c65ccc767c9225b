package idempotency_test

import (
	"context"
	"errors"
	"sync"
	"sync/atomic"
	"testing"

	"github.com/google/uuid"
	"github.com/jackc/pgx/v5"
	"github.com/jackc/pgx/v5/pgxpool"

	"github.com/rentora/rentora/server/errs"
	"github.com/rentora/rentora/server/idempotency"
	"github.com/rentora/rentora/server/testkit"
)

// once runs one request; the answer is the number of the run that made it.
func once(ctx context.Context, pool *pgxpool.Pool, key idempotency.Key, runs *atomic.Int64) (answer int64, replayed bool, err error) {
	err = pgx.BeginFunc(ctx, pool, func(tx pgx.Tx) error {
		answer, replayed, err = idempotency.Once(ctx, tx, key, func() (int64, error) { return runs.Add(1), nil })
		return err
	})
	return answer, replayed, err
}

func TestARepeatedRequestGetsTheFirstAnswer(t *testing.T) {
	t.Parallel()
	pool, account := testkit.DB(t), uuid.New()
	var runs atomic.Int64
	key := idempotency.NewKey(account, "key-1", "createBooking", []byte("body"))
	for n := range 3 {
		answer, replayed, err := once(t.Context(), pool, key, &runs)
		if err != nil || answer != 1 || replayed != (n > 0) {
			t.Errorf("try %d: answer %d, replayed %v, %v", n, answer, replayed, err)
		}
	}
	other := idempotency.NewKey(uuid.New(), "key-1", "createBooking", []byte("body"))
	if answer, replayed, err := once(t.Context(), pool, other, &runs); err != nil || replayed || answer != 2 {
		t.Errorf("another account with the same key: %d, %v, %v", answer, replayed, err)
	}
}

func TestAKeyIsForOneRequest(t *testing.T) {
	t.Parallel()
	pool, account := testkit.DB(t), uuid.New()
	var runs atomic.Int64
	if _, _, err := once(t.Context(), pool, idempotency.NewKey(account, "k", "createBooking", []byte("ab"), []byte("c")), &runs); err != nil {
		t.Fatal(err)
	}
	for what, key := range map[string]idempotency.Key{
		"another body":          idempotency.NewKey(account, "k", "createBooking", []byte("other")),
		"another operation":     idempotency.NewKey(account, "k", "createListing", []byte("ab"), []byte("c")),
		"parts cut differently": idempotency.NewKey(account, "k", "createBooking", []byte("a"), []byte("bc")),
	} {
		if _, _, err := once(t.Context(), pool, key, &runs); !errs.Is(err, errs.Unprocessable) {
			t.Errorf("%s: %v, want unprocessable", what, err)
		}
	}
}

func TestAFailedRequestLeavesItsKeyFree(t *testing.T) {
	t.Parallel()
	pool := testkit.DB(t)
	key := idempotency.NewKey(uuid.New(), "k", "createBooking")
	broken := errors.New("broken")
	err := pgx.BeginFunc(t.Context(), pool, func(tx pgx.Tx) error {
		_, _, err := idempotency.Once(t.Context(), tx, key, func() (int, error) { return 0, broken })
		return err
	})
	if !errors.Is(err, broken) {
		t.Fatal(err)
	}
	var runs atomic.Int64
	if answer, replayed, err := once(t.Context(), pool, key, &runs); err != nil || replayed || answer != 1 {
		t.Errorf("%d, %v, %v", answer, replayed, err)
	}
}

func TestManyAtOnceRunOnce(t *testing.T) {
	t.Parallel()
	pool, key := testkit.DB(t), idempotency.NewKey(uuid.New(), "k", "createBooking")
	var runs atomic.Int64
	var all sync.WaitGroup
	for range 24 {
		all.Go(func() {
			answer, _, err := once(t.Context(), pool, key, &runs)
			if err != nil && !errs.Is(err, errs.Conflict) || err == nil && answer != 1 {
				t.Errorf("answer %d, %v", answer, err)
			}
		})
	}
	all.Wait()
	if n := runs.Load(); n != 1 {
		t.Errorf("the request ran %d times", n)
	}
}

func TestARunningRequestIsSaidToRun(t *testing.T) {
	t.Parallel()
	pool, key := testkit.DB(t), idempotency.NewKey(uuid.New(), "k", "createBooking")
	var runs atomic.Int64
	err := pgx.BeginFunc(t.Context(), pool, func(tx pgx.Tx) error {
		_, _, err := idempotency.Once(t.Context(), tx, key, func() (int64, error) {
			_, _, inner := once(t.Context(), pool, key, &runs)
			var e *errs.Error
			if !errors.As(inner, &e) || e.Kind != errs.Conflict || e.Code != "still_running" || e.RetryAfter == 0 {
				t.Errorf("meanwhile: %v", inner)
			}
			return 1, nil
		})
		return err
	})
	if err != nil || runs.Load() != 0 {
		t.Errorf("%v, %d runs", err, runs.Load())
	}
}
