package identity

import (
	"context"
	"strings"

	"github.com/jackc/pgx/v5"

	"github.com/rentora/rentora/server/audit"
	"github.com/rentora/rentora/server/errs"
	"github.com/rentora/rentora/server/events"
	"github.com/rentora/rentora/server/identity/internal/query"
	"github.com/rentora/rentora/server/postgres"
)

// Change is an edit of an account; nil leaves a field as it is.
type Change struct {
	Name *string
}

// Me gives the actor's account.
func (s *Service) Me(ctx context.Context, actor Actor) (User, error) { return s.user(ctx, actor.ID) }

// UpdateMe changes the actor's account, if version is still its version; else the answer is Stale.
func (s *Service) UpdateMe(ctx context.Context, actor Actor, version int64, change Change) (User, error) {
	if change.Name == nil {
		return User{}, errs.InvalidField("body", "min_properties", "The body must name at least one field.")
	}
	name := strings.TrimSpace(*change.Name)
	var broken errs.Fields
	if checkName(name, &broken); broken.Err() != nil {
		return User{}, broken.Err()
	}
	var row query.User
	err := postgres.Tx(ctx, s.pool, func(tx pgx.Tx) (err error) {
		if row, err = s.queries.WithTx(tx).Rename(ctx, query.RenameParams{ID: actor.ID, Version: version, Name: name, Now: s.now()}); err != nil {
			return err
		}
		return events.Append(ctx, tx, Renamed{UserID: actor.ID})
	})
	if isAbsent(err) {
		return User{}, errs.E(errs.Stale, "Your account has changed since you loaded it. Load it again and repeat the change.").Because(err)
	}
	return userOf(row), err
}

// BecomeHost makes the actor a host; the role acts at once in every session. A host or an admin stays what they are.
func (s *Service) BecomeHost(ctx context.Context, actor Actor) (User, error) {
	if err := s.sessions.mark(ctx, actor.ID); err != nil {
		return User{}, err
	}
	var row query.User
	err := postgres.Tx(ctx, s.pool, func(tx pgx.Tx) (err error) {
		q := s.queries.WithTx(tx)
		if row, err = q.PromoteToHost(ctx, query.PromoteToHostParams{ID: actor.ID, Now: s.now()}); err != nil {
			return err
		}
		return audit.Append(ctx, tx, s.deed(actor, "user.become_host", map[string]any{"role": map[string]any{"from": Guest, "to": Host}}))
	})
	if isAbsent(err) {
		return s.staysHost(ctx, actor)
	}
	return userOf(row), err
}

func (s *Service) staysHost(ctx context.Context, actor Actor) (User, error) {
	user, err := s.user(ctx, actor.ID)
	if err == nil && user.Role == Support {
		return User{}, errs.E(errs.Forbidden, "A support account cannot become a host. Use an account of your own.")
	}
	return user, err
}
