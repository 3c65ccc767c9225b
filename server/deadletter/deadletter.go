// Package deadletter lets staff look at events that a handler refused for good, and admins retry or discard them.
package deadletter

import (
	"context"
	"time"

	"github.com/google/uuid"
	"github.com/jackc/pgx/v5"
	"github.com/jackc/pgx/v5/pgxpool"

	"github.com/rentora/rentora/server/audit"
	"github.com/rentora/rentora/server/errs"
	"github.com/rentora/rentora/server/events"
	"github.com/rentora/rentora/server/identity"
	"github.com/rentora/rentora/server/page"
	"github.com/rentora/rentora/server/postgres"
)

// MostAtOnce bounds one RetryAll.
const MostAtOnce = 1000

// Service deals with dead letters. It is safe for concurrent use.
type Service struct {
	pool *pgxpool.Pool
	now  func() time.Time
}

// New makes the service.
func New(pool *pgxpool.Pool, now func() time.Time) *Service { return &Service{pool: pool, now: now} }

// List gives a page, newest first, without payloads, to support and admins.
func (s *Service) List(ctx context.Context, actor identity.Actor, f events.LetterFilter, req page.Request) (page.Page[events.Letter], error) {
	if err := mayLook(actor); err != nil {
		return page.Page[events.Letter]{}, err
	}
	return events.ListLetters(ctx, s.pool, f, req)
}

// Get gives one with its payload to support and admins.
func (s *Service) Get(ctx context.Context, actor identity.Actor, id uuid.UUID) (events.Letter, error) {
	if err := mayLook(actor); err != nil {
		return events.Letter{}, err
	}
	return events.FindLetter(ctx, s.pool, id)
}

// Retry sends an event to the group that refused it, and to no other. One that is done with is a Conflict.
func (s *Service) Retry(ctx context.Context, actor identity.Actor, id uuid.UUID) (events.Letter, error) {
	return s.settle(ctx, actor, id, "dead_letter.retry", nil, func(tx pgx.Tx) error {
		return events.RetryLetter(ctx, tx, id, actor.ID, s.now())
	})
}

// Discard closes a letter without another try. One that is done with is a Conflict.
func (s *Service) Discard(ctx context.Context, actor identity.Actor, id uuid.UUID, reason string) (events.Letter, error) {
	return s.settle(ctx, actor, id, "dead_letter.discard", map[string]any{"reason": reason}, func(tx pgx.Tx) error {
		return events.DiscardLetter(ctx, tx, id, actor.ID, reason, s.now())
	})
}

// settle does a deed and its record together, and gives the letter as it is then.
func (s *Service) settle(ctx context.Context, actor identity.Actor, id uuid.UUID, action string, diff map[string]any, deed func(pgx.Tx) error) (l events.Letter, err error) {
	if err := mayAct(actor); err != nil {
		return l, err
	}
	err = postgres.Tx(ctx, s.pool, func(tx pgx.Tx) error {
		if err := deed(tx); err != nil {
			return err
		}
		if l, err = events.FindLetter(ctx, tx, id); err != nil {
			return err
		}
		return audit.Append(ctx, tx, entry(actor, action, &id, diff))
	})
	return l, err
}

// RetryAll sends the events of open letters again, oldest first, at most limit (from 1 to MostAtOnce). It tells how many,
// and whether the filter has more.
func (s *Service) RetryAll(ctx context.Context, actor identity.Actor, f events.LetterFilter, limit int) (n int, more bool, err error) {
	if err := mayAct(actor); err != nil {
		return 0, false, err
	}
	if limit < 1 || limit > MostAtOnce {
		return 0, false, errs.InvalidField("limit", "range", "limit must be between 1 and 1000.")
	}
	err = postgres.Tx(ctx, s.pool, func(tx pgx.Tx) (err error) {
		if n, more, err = events.RetryLetters(ctx, tx, f, limit, actor.ID, s.now()); err != nil || n == 0 {
			return err
		}
		return audit.Append(ctx, tx, entry(actor, "dead_letter.retry_all", nil, map[string]any{"group": f.Group, "type": f.Type, "retried": n}))
	})
	return n, more, err
}

func entry(actor identity.Actor, action string, id *uuid.UUID, diff map[string]any) audit.Entry {
	return audit.Entry{ActorID: &actor.ID, ActorRole: string(actor.Role), Action: action, TargetType: "dead_letter", TargetID: id, Diff: diff, Address: actor.Address}
}

func mayLook(actor identity.Actor) error {
	if actor.IsAdmin() || actor.Role == identity.Support {
		return nil
	}
	return errs.E(errs.Forbidden, "Only support and admins look at dead letters.")
}

func mayAct(actor identity.Actor) error {
	if actor.IsAdmin() {
		return nil
	}
	return errs.E(errs.Forbidden, "Only admins retry or discard dead letters.")
}
