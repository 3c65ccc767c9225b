package rest

import (
	"context"

	"github.com/google/uuid"

	"github.com/rentora/rentora/server/contract"
	"github.com/rentora/rentora/server/identity"
	"github.com/rentora/rentora/server/page"
)

// accountRoom is what sessions and admins need of identity.
type accountRoom interface {
	Sessions(ctx context.Context, actor identity.Actor, req page.Request) (page.Page[identity.LiveSession], error)
	EndSession(ctx context.Context, actor identity.Actor, id uuid.UUID) error
	Users(ctx context.Context, actor identity.Actor, f identity.UserFilter, req page.Request) (page.Page[identity.User], error)
	User(ctx context.Context, actor identity.Actor, id uuid.UUID) (identity.User, error)
	UserSessions(ctx context.Context, actor identity.Actor, id uuid.UUID, req page.Request) (page.Page[identity.LiveSession], error)
	RevokeSessions(ctx context.Context, actor identity.Actor, id uuid.UUID, reason string) (identity.User, error)
	Lock(ctx context.Context, actor identity.Actor, id uuid.UUID, reason string) (identity.User, error)
	Unlock(ctx context.Context, actor identity.Actor, id uuid.UUID, reason string) (identity.User, error)
}

// ListSessions answers where the account is signed in.
func (a *API) ListSessions(ctx context.Context, req contract.ListSessionsRequestObject) (contract.ListSessionsResponseObject, error) {
	p, err := a.Identity.Sessions(ctx, actorOf(ctx), pageRequest(req.Params.Cursor, req.Params.Limit))
	if err != nil {
		return nil, err
	}
	return contract.ListSessions200JSONResponse{SessionsAnswerJSONResponse: sessionsAnswer(p)}, nil
}

// EndSession ends one of them; the cookies of the caller's own go with it.
func (a *API) EndSession(ctx context.Context, req contract.EndSessionRequestObject) (contract.EndSessionResponseObject, error) {
	actor := actorOf(ctx)
	if err := a.Identity.EndSession(ctx, actor, req.SessionId); err != nil {
		return nil, err
	}
	if req.SessionId == actor.SessionID {
		return signedOut{message: "You are signed out."}, nil
	}
	return contract.EndSession200JSONResponse{DoneAnswerJSONResponse: done("This session has ended.")}, nil
}

// ListUsers answers accounts.
func (a *API) ListUsers(ctx context.Context, req contract.ListUsersRequestObject) (contract.ListUsersResponseObject, error) {
	q := req.Params
	f := identity.UserFilter{Begins: deref(q.Q), Role: identity.Role(deref(q.Role))}
	if q.Status != nil {
		locked := *q.Status == contract.AccountStatusLocked
		f.Locked = &locked
	}
	p, err := a.Identity.Users(ctx, actorOf(ctx), f, pageRequest(q.Cursor, q.Limit))
	if err != nil {
		return nil, err
	}
	return contract.ListUsers200JSONResponse{Success: true, Data: each(p.Items, accountOf), Meta: pageMeta(p)}, nil
}

// GetUser answers one account.
func (a *API) GetUser(ctx context.Context, req contract.GetUserRequestObject) (contract.GetUserResponseObject, error) {
	u, err := a.Identity.User(ctx, actorOf(ctx), req.UserId)
	if err != nil {
		return nil, err
	}
	return contract.GetUser200JSONResponse{AccountAnswerJSONResponse: accountAnswer(u)}, nil
}

// ListUserSessions answers where another's account is signed in.
func (a *API) ListUserSessions(ctx context.Context, req contract.ListUserSessionsRequestObject) (contract.ListUserSessionsResponseObject, error) {
	p, err := a.Identity.UserSessions(ctx, actorOf(ctx), req.UserId, pageRequest(req.Params.Cursor, req.Params.Limit))
	if err != nil {
		return nil, err
	}
	return contract.ListUserSessions200JSONResponse{SessionsAnswerJSONResponse: sessionsAnswer(p)}, nil
}

// RevokeUserSessions ends them all.
func (a *API) RevokeUserSessions(ctx context.Context, req contract.RevokeUserSessionsRequestObject) (contract.RevokeUserSessionsResponseObject, error) {
	u, err := a.Identity.RevokeSessions(ctx, actorOf(ctx), req.UserId, req.Body.Reason)
	if err != nil {
		return nil, err
	}
	return contract.RevokeUserSessions200JSONResponse{AccountAnswerJSONResponse: accountAnswer(u)}, nil
}

// LockUser keeps an account out.
func (a *API) LockUser(ctx context.Context, req contract.LockUserRequestObject) (contract.LockUserResponseObject, error) {
	u, err := a.Identity.Lock(ctx, actorOf(ctx), req.UserId, req.Body.Reason)
	if err != nil {
		return nil, err
	}
	return contract.LockUser200JSONResponse{AccountAnswerJSONResponse: accountAnswer(u)}, nil
}

// UnlockUser lets it in again.
func (a *API) UnlockUser(ctx context.Context, req contract.UnlockUserRequestObject) (contract.UnlockUserResponseObject, error) {
	u, err := a.Identity.Unlock(ctx, actorOf(ctx), req.UserId, req.Body.Reason)
	if err != nil {
		return nil, err
	}
	return contract.UnlockUser200JSONResponse{AccountAnswerJSONResponse: accountAnswer(u)}, nil
}

func sessionsAnswer(p page.Page[identity.LiveSession]) contract.SessionsAnswerJSONResponse {
	return contract.SessionsAnswerJSONResponse{Success: true, Data: each(p.Items, sessionOf), Meta: pageMeta(p)}
}

func sessionOf(l identity.LiveSession) contract.Session {
	out := contract.Session{Id: l.ID, Current: l.Current, UserAgent: l.UserAgent, CreatedAt: l.CreatedAt.UTC(), LastUsedAt: l.UsedAt.UTC(), ExpiresAt: l.ExpiresAt.UTC()}
	if l.Address.IsValid() {
		out.Address = optional(l.Address.String())
	}
	return out
}

func accountAnswer(u identity.User) contract.AccountAnswerJSONResponse {
	return contract.AccountAnswerJSONResponse{Success: true, Data: accountOf(u)}
}

func accountOf(u identity.User) contract.Account {
	out := contract.Account{Id: u.ID, Email: u.Email, Name: u.Name, Role: contract.Role(u.Role), Status: contract.AccountStatusActive,
		EmailVerified: u.EmailVerified, CreatedAt: u.CreatedAt.UTC(), UpdatedAt: u.UpdatedAt.UTC()}
	if u.Locked {
		out.Status = contract.AccountStatusLocked
	}
	return out
}
