package identity

import (
	"context"
	"strings"

	"github.com/google/uuid"

	"github.com/rentora/rentora/server/errs"
	"github.com/rentora/rentora/server/identity/internal/query"
	"github.com/rentora/rentora/server/page"
	"github.com/rentora/rentora/server/postgres"
)

// UserFilter narrows Users; empty fields do not.
type UserFilter struct {
	Begins string // how the e-mail address or the name begins, capitals or not
	Role   Role
	Locked *bool
}

// Users gives admins a page of accounts, newest first.
func (s *Service) Users(ctx context.Context, actor Actor, f UserFilter, req page.Request) (page.Page[User], error) {
	if err := keepsOrder(actor); err != nil {
		return page.Page[User]{}, err
	}
	narrow, err := f.params()
	if err != nil {
		return page.Page[User]{}, err
	}
	q := query.New(postgres.Replan(s.pool))
	fetch := func(ctx context.Context, key *uuid.UUID, back bool, n int) (found []User, err error) {
		ask, rows := narrow, []query.User(nil)
		if ask.Key, ask.N = uuid.Max, int32(n); key != nil {
			ask.Key = *key
		}
		if back {
			rows, err = q.UsersAfter(ctx, query.UsersAfterParams(ask))
		} else {
			rows, err = q.UsersBefore(ctx, ask)
		}
		for _, r := range rows {
			found = append(found, userOf(r))
		}
		return found, postgres.Translate(err)
	}
	return page.Keyset(ctx, req, fetch, func(u User) uuid.UUID { return u.ID })
}

var escapeLike = strings.NewReplacer(`\`, `\\`, `%`, `\%`, `_`, `\_`)

func (f UserFilter) params() (p query.UsersBeforeParams, err error) {
	if begins := strings.TrimSpace(f.Begins); begins != "" {
		if !printable(begins) {
			return p, errs.InvalidField("q", ruleFormat, "q must be one line of text.")
		}
		prefix := escapeLike.Replace(strings.ToLower(begins)) + "%"
		p.Prefix = &prefix
	}
	if role := string(f.Role); role != "" {
		p.Role = &role
	}
	if f.Locked != nil {
		status := statusActive
		if *f.Locked {
			status = statusLocked
		}
		p.Status = &status
	}
	return p, nil
}

// User gives admins one account.
func (s *Service) User(ctx context.Context, actor Actor, id uuid.UUID) (User, error) {
	if err := keepsOrder(actor); err != nil {
		return User{}, err
	}
	return s.user(ctx, id)
}

// UserSessions gives admins a page of an account's sessions that live, newest first.
func (s *Service) UserSessions(ctx context.Context, actor Actor, id uuid.UUID, req page.Request) (page.Page[LiveSession], error) {
	if _, err := s.User(ctx, actor, id); err != nil {
		return page.Page[LiveSession]{}, err
	}
	return s.sessionsOf(ctx, id, actor.SessionID, req)
}

func keepsOrder(actor Actor) error {
	if actor.IsAdmin() {
		return nil
	}
	return errs.E(errs.Forbidden, "Only admins look after accounts.")
}
