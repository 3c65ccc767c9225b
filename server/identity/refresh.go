package identity

import (
	"context"
	"log/slog"
	"time"

	"github.com/google/uuid"
	"github.com/jackc/pgx/v5"

	"github.com/rentora/rentora/server/audit"
	"github.com/rentora/rentora/server/errs"
	"github.com/rentora/rentora/server/identity/internal/query"
	"github.com/rentora/rentora/server/postgres"
)

// grace is how long a spent refresh token is still taken: the answer that spent it may have been lost on its way.
const grace = 10 * time.Second

// Refresh spends a refresh token and gives new tokens of the same session. One that was spent longer ago than the grace, or
// whose successor was spent, has been stolen, from the owner or by him: its session ends. It may be called concurrently with one token.
func (s *Service) Refresh(ctx context.Context, refreshToken string) (Tokens, error) {
	now, hash := s.now(), hashSecret(refreshToken)
	secret, fresh := newSecret()
	row, err := s.queries.Rotate(ctx, query.RotateParams{Hash: hash, FreshHash: fresh, Now: now, SpentAfter: now.Add(-grace),
		ExpiresAt: now.Add(s.conf.RefreshLife)})
	if isAbsent(err) {
		return Tokens{}, s.refuseRefresh(ctx, hash)
	}
	if err != nil {
		return Tokens{}, postgres.Translate(err)
	}
	return s.tokens(row.SessionID, userOf(row.User), secret)
}

func (s *Service) refuseRefresh(ctx context.Context, hash []byte) error {
	spent, err := s.queries.SpentToken(ctx, query.SpentTokenParams{Hash: hash, Now: s.now()})
	switch {
	case isAbsent(err):
		return refreshRefused()
	case err != nil:
		return postgres.Translate(err)
	}
	slog.WarnContext(ctx, "identity: a spent refresh token came again; its session ends", "session", spent.SessionID, "user", spent.UserID)
	if err := s.endSession(ctx, spent.SessionID, spent.UserID); err != nil {
		return err
	}
	return refreshRefused()
}

func refreshRefused() *errs.Error {
	return errs.E(errs.Unauthenticated, "This refresh token is not valid any more. Sign in again.").Coded("refresh_refused")
}

// Logout ends the actor's session. Calling it again changes nothing.
func (s *Service) Logout(ctx context.Context, actor Actor) error {
	return s.endSession(ctx, actor.SessionID, actor.ID)
}

// LogoutByRefresh ends the session of a refresh token, for who has no access token any more. A token that was spent says as
// well whose session it is; one of no living session changes nothing.
func (s *Service) LogoutByRefresh(ctx context.Context, refreshToken string) error {
	of, err := s.queries.TokenSession(ctx, query.TokenSessionParams{Hash: hashSecret(refreshToken), Now: s.now()})
	switch {
	case isAbsent(err):
		return nil
	case err != nil:
		return postgres.Translate(err)
	}
	return s.endSession(ctx, of.SessionID, of.UserID)
}

func (s *Service) endSession(ctx context.Context, id, user uuid.UUID) error {
	if err := s.sessions.mark(ctx, user); err != nil {
		return err
	}
	_, err := s.queries.RevokeSession(ctx, query.RevokeSessionParams{ID: id, UserID: user, Now: s.now()})
	return postgres.Translate(err)
}

// LogoutAll ends every session of the actor's account.
func (s *Service) LogoutAll(ctx context.Context, actor Actor) error {
	if err := s.sessions.mark(ctx, actor.ID); err != nil {
		return err
	}
	return postgres.Tx(ctx, s.pool, func(tx pgx.Tx) error {
		ended, err := s.queries.WithTx(tx).RevokeSessions(ctx, query.RevokeSessionsParams{UserID: actor.ID, Now: s.now()})
		if err != nil || ended == 0 {
			return err
		}
		return audit.Append(ctx, tx, s.deed(actor, "user.logout_all", map[string]any{"sessions_ended": ended}))
	})
}

// deed is the record of what an actor did to their own account.
func (s *Service) deed(actor Actor, action string, diff map[string]any) audit.Entry {
	return audit.Entry{At: s.now(), ActorID: &actor.ID, ActorRole: string(actor.Role), Action: action, TargetType: "user", TargetID: &actor.ID,
		Diff: diff, Address: actor.Address}
}
