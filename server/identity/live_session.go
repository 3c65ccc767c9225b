package identity

import (
	"context"
	"net/netip"
	"time"

	"github.com/google/uuid"

	"github.com/rentora/rentora/server/errs"
	"github.com/rentora/rentora/server/identity/internal/query"
	"github.com/rentora/rentora/server/page"
	"github.com/rentora/rentora/server/postgres"
)

// LiveSession is a place where an account is signed in.
type LiveSession struct {
	ID        uuid.UUID
	Current   bool // the session that asks
	UserAgent string
	Address   netip.Addr // where it signed in from; the zero Addr when that is not known
	CreatedAt time.Time
	UsedAt    time.Time // when it signed in or refreshed last
	ExpiresAt time.Time
}

// Sessions gives a page of the actor's sessions that live, newest first.
func (s *Service) Sessions(ctx context.Context, actor Actor, req page.Request) (page.Page[LiveSession], error) {
	return s.sessionsOf(ctx, actor.ID, actor.SessionID, req)
}

// EndSession ends one session of the actor's account, which may be the one that asks. Another's, and one that has ended, is
// NotFound.
func (s *Service) EndSession(ctx context.Context, actor Actor, id uuid.UUID) error {
	lives, err := s.queries.LiveSession(ctx, query.LiveSessionParams{ID: id, UserID: actor.ID, Now: s.now()})
	if err != nil {
		return postgres.Translate(err)
	}
	if !lives {
		return errs.E(errs.NotFound, "There is no such session.")
	}
	return s.endSession(ctx, id, actor.ID)
}

func (s *Service) sessionsOf(ctx context.Context, user, current uuid.UUID, req page.Request) (page.Page[LiveSession], error) {
	fetch := func(ctx context.Context, key *uuid.UUID, back bool, n int) (found []LiveSession, err error) {
		before := query.SessionsBeforeParams{UserID: user, Key: uuid.Max, Now: s.now(), N: int32(n)}
		if key != nil {
			before.Key = *key
		}
		var rows []query.SessionsBeforeRow
		if back {
			var after []query.SessionsAfterRow
			after, err = s.queries.SessionsAfter(ctx, query.SessionsAfterParams(before))
			for _, r := range after {
				rows = append(rows, query.SessionsBeforeRow(r))
			}
		} else {
			rows, err = s.queries.SessionsBefore(ctx, before)
		}
		for _, r := range rows {
			found = append(found, liveSessionOf(r, current))
		}
		return found, postgres.Translate(err)
	}
	return page.Keyset(ctx, req, fetch, func(l LiveSession) uuid.UUID { return l.ID })
}

func liveSessionOf(r query.SessionsBeforeRow, current uuid.UUID) LiveSession {
	out := LiveSession{ID: r.ID, Current: r.ID == current, UserAgent: r.UserAgent, CreatedAt: r.CreatedAt, UsedAt: r.LastUsedAt, ExpiresAt: r.ExpiresAt}
	if r.Address != nil {
		out.Address = *r.Address
	}
	return out
}
