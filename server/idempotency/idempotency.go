// Package idempotency answers a repeated request with its first answer, from a row written in that request's own transaction.
package idempotency

import (
	"context"
	"crypto/sha256"
	"crypto/subtle"
	"encoding/json"
	"errors"
	"fmt"
	"time"

	"github.com/google/uuid"
	"github.com/jackc/pgx/v5"

	"github.com/rentora/rentora/server/errs"
	"github.com/rentora/rentora/server/idempotency/internal/query"
	"github.com/rentora/rentora/server/postgres"
)

// Key is what a client said to make a request repeatable. The zero Key means that it said nothing: nothing is remembered.
type Key struct {
	Account   uuid.UUID
	Value     string // the Idempotency-Key header
	Operation string // the operation's id
	Hash      [sha256.Size]byte
}

// NewKey makes the key of a request of an account; parts are all that distinguishes one request from another (path
// parameters, body). An empty value gives the zero Key.
func NewKey(account uuid.UUID, value, operation string, parts ...[]byte) Key {
	if value == "" {
		return Key{}
	}
	h := sha256.New()
	for _, p := range append([][]byte{[]byte(operation)}, parts...) {
		fmt.Fprintf(h, "%d:", len(p))
		h.Write(p)
	}
	return Key{Account: account, Value: value, Operation: operation, Hash: [sha256.Size]byte(h.Sum(nil))}
}

// Lock names the advisory lock that a request holds while it uses the key, for a room whose one statement claims and
// remembers the key itself: pg_try_advisory_xact_lock(hashtextextended(Lock, 0)), then a row of idempotency_keys.
func (k Key) Lock() string { return k.Account.String() + k.Value }

// Once runs fn in tx, or gives the result that an earlier run of the same key left, with replayed true. A key that is
// being used by a running request is Conflict; one that was used for another request is Unprocessable.
// T must survive a round trip through JSON.
func Once[T any](ctx context.Context, tx pgx.Tx, key Key, fn func() (T, error)) (result T, replayed bool, err error) {
	if key.Value == "" {
		result, err = fn()
		return result, false, err
	}
	q := query.New(tx)
	held, err := q.Hold(ctx, key.Lock())
	if err != nil {
		return result, false, err
	}
	first, err := q.Find(ctx, query.FindParams{AccountID: key.Account, Key: key.Value})
	switch {
	case err == nil:
		return replay[T](key, first)
	case !errors.Is(err, pgx.ErrNoRows):
		return result, false, err
	case !held:
		return result, false, stillRunning()
	}
	if result, err = fn(); err != nil {
		return result, false, err
	}
	return result, false, save(ctx, tx, key, result)
}

func replay[T any](key Key, first query.FindRow) (result T, replayed bool, err error) {
	if first.Operation != key.Operation || subtle.ConstantTimeCompare(first.RequestHash, key.Hash[:]) != 1 {
		return result, false, errs.E(errs.Unprocessable, "This Idempotency-Key was used for another request. Use a new key for a new request.").Coded("key_reused")
	}
	if err := json.Unmarshal(first.Result, &result); err != nil {
		return result, false, fmt.Errorf("idempotency: stored result of %s: %w", key.Operation, err)
	}
	return result, true, nil
}

func save[T any](ctx context.Context, tx pgx.Tx, key Key, result T) error {
	stored, err := json.Marshal(result)
	if err != nil {
		return fmt.Errorf("idempotency: result of %s: %w", key.Operation, err)
	}
	err = query.New(tx).Save(ctx, query.SaveParams{AccountID: key.Account, Key: key.Value, Operation: key.Operation, RequestHash: key.Hash[:], Result: stored})
	if postgres.Violates(err, "idempotency_keys_pkey") {
		return stillRunning().Because(err) // unreachable while the lock is held; a safe answer all the same
	}
	return err
}

func stillRunning() *errs.Error {
	return errs.E(errs.Conflict, "A request with this Idempotency-Key is still running. Wait for its answer, or try again.").
		Coded("still_running").After(time.Second)
}
