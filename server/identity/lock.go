package identity

import (
	"context"
	"slices"
	"strings"
	"unicode/utf8"

	"github.com/google/uuid"
	"github.com/jackc/pgx/v5"

	"github.com/rentora/rentora/server/audit"
	"github.com/rentora/rentora/server/errs"
	"github.com/rentora/rentora/server/identity/internal/query"
	"github.com/rentora/rentora/server/postgres"
)

const maxReason = 500

// Lock keeps an account out and ends its sessions. Admins cannot lock themselves, and of admins who lock each other at once
// one stays, so that there is always an admin who can act. One that is locked already is a Conflict.
func (s *Service) Lock(ctx context.Context, actor Actor, id uuid.UUID, reason string) (User, error) {
	if actor.ID == id {
		return User{}, errs.E(errs.Conflict, "You cannot lock your own account.").Coded("own_account")
	}
	return s.treat(ctx, actor, id, "user.lock", reason, func(q *query.Queries) (row query.User, err error) {
		if err := holdOrder(ctx, q, actor); err != nil {
			return row, err
		}
		return s.setStatus(ctx, q, id, statusLocked)
	})
}

// Unlock lets an account sign in again. One that is not locked is a Conflict.
func (s *Service) Unlock(ctx context.Context, actor Actor, id uuid.UUID, reason string) (User, error) {
	return s.treat(ctx, actor, id, "user.unlock", reason, func(q *query.Queries) (query.User, error) {
		return s.setStatus(ctx, q, id, statusActive)
	})
}

// RevokeSessions ends every session of an account.
func (s *Service) RevokeSessions(ctx context.Context, actor Actor, id uuid.UUID, reason string) (User, error) {
	return s.treat(ctx, actor, id, "user.revoke_sessions", reason, func(q *query.Queries) (query.User, error) {
		row, err := q.HoldUser(ctx, id)
		if isAbsent(err) {
			err = noAccount().Because(err)
		}
		return row, err
	})
}

// treat changes an account, ends its sessions and writes down why, all or nothing.
func (s *Service) treat(ctx context.Context, actor Actor, id uuid.UUID, action, reason string, change func(*query.Queries) (query.User, error)) (User, error) {
	if err := keepsOrder(actor); err != nil {
		return User{}, err
	}
	reason, err := tidyReason(reason)
	if err != nil {
		return User{}, err
	}
	if err := s.sessions.mark(ctx, id); err != nil {
		return User{}, err
	}
	var row query.User
	err = postgres.Tx(ctx, s.pool, func(tx pgx.Tx) (err error) {
		q := s.queries.WithTx(tx)
		if row, err = change(q); err != nil {
			return err
		}
		ended, err := q.RevokeSessions(ctx, query.RevokeSessionsParams{UserID: id, Now: s.now()})
		if err != nil {
			return err
		}
		entry := s.deed(actor, action, map[string]any{"reason": reason, "sessions_ended": ended})
		entry.TargetID = &id
		return audit.Append(ctx, tx, entry)
	})
	return userOf(row), err
}

// holdOrder makes admins who lock somebody wait for each other; who was locked meanwhile goes no further.
func holdOrder(ctx context.Context, q *query.Queries, actor Actor) error {
	active, err := q.HoldActiveAdmins(ctx)
	if err == nil && !slices.Contains(active, actor.ID) {
		err = sessionEnded()
	}
	return err
}

func (s *Service) setStatus(ctx context.Context, q *query.Queries, id uuid.UUID, status string) (query.User, error) {
	row, err := q.HoldUser(ctx, id)
	switch {
	case isAbsent(err):
		return row, noAccount().Because(err)
	case err != nil:
		return row, err
	case row.Status == status && status == statusLocked:
		return row, errs.E(errs.Conflict, "This account is locked already.").Coded("already_locked")
	case row.Status == status:
		return row, errs.E(errs.Conflict, "This account is not locked.").Coded("not_locked")
	}
	return q.SetStatus(ctx, query.SetStatusParams{ID: id, Status: status, Now: s.now()})
}

func tidyReason(reason string) (string, error) {
	reason = strings.TrimSpace(reason)
	var broken errs.Fields
	broken.Check(reason != "", "reason", ruleRequired, "Reason must not be blank.")
	broken.Check(utf8.RuneCountInString(reason) <= maxReason, "reason", ruleMaxLength, "Reason must have at most 500 characters.")
	broken.Check(printable(reason), "reason", ruleFormat, "Reason must be one line of text.")
	return reason, broken.Err()
}

func noAccount() *errs.Error { return errs.E(errs.NotFound, "There is no such account.") }
