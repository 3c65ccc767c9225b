package rest

import (
	"context"
	"time"

	"github.com/rentora/rentora/server/contract"
	"github.com/rentora/rentora/server/errs"
	"github.com/rentora/rentora/server/identity"
)

type identityRoom interface {
	authenticator
	accountRoom
	JWKS() identity.JWKS
	Register(ctx context.Context, n identity.NewUser, c identity.Client) error
	VerifyEmail(ctx context.Context, token string) error
	ResendVerification(ctx context.Context, email string, c identity.Client) error
	Login(ctx context.Context, email, password string, c identity.Client) (identity.Tokens, error)
	Refresh(ctx context.Context, refreshToken string) (identity.Tokens, error)
	Logout(ctx context.Context, actor identity.Actor) error
	LogoutByRefresh(ctx context.Context, refreshToken string) error
	LogoutAll(ctx context.Context, actor identity.Actor) error
	ForgotPassword(ctx context.Context, email string, c identity.Client) error
	ResetPassword(ctx context.Context, token, password string, c identity.Client) (device string, err error)
	Me(ctx context.Context, actor identity.Actor) (identity.User, error)
	UpdateMe(ctx context.Context, actor identity.Actor, version int64, change identity.Change) (identity.User, error)
	BecomeHost(ctx context.Context, actor identity.Actor) (identity.User, error)
}

// Register implements contract.StrictServerInterface.
func (a *API) Register(ctx context.Context, req contract.RegisterRequestObject) (contract.RegisterResponseObject, error) {
	b := req.Body
	role := identity.Guest
	if deref(b.Role) == contract.RegisterRequestRoleHost {
		role = identity.Host
	}
	err := a.Identity.Register(ctx, identity.NewUser{Email: b.Email, Name: b.Name, Password: b.Password, Role: role}, clientOf(ctx).Client)
	if err != nil {
		return nil, err
	}
	return contract.Register202JSONResponse{AcceptedAnswerJSONResponse: accepted("Please follow the link in the mail that we have sent to this address.")}, nil
}

// VerifyEmail implements contract.StrictServerInterface.
func (a *API) VerifyEmail(ctx context.Context, req contract.VerifyEmailRequestObject) (contract.VerifyEmailResponseObject, error) {
	if err := a.Identity.VerifyEmail(ctx, req.Body.Token); err != nil {
		return nil, err
	}
	return contract.VerifyEmail200JSONResponse{DoneAnswerJSONResponse: done("Your e-mail address is verified. You can sign in now.")}, nil
}

// ResendVerification implements contract.StrictServerInterface.
func (a *API) ResendVerification(ctx context.Context, req contract.ResendVerificationRequestObject) (contract.ResendVerificationResponseObject, error) {
	if err := a.Identity.ResendVerification(ctx, req.Body.Email, clientOf(ctx).Client); err != nil {
		return nil, err
	}
	return contract.ResendVerification202JSONResponse{AcceptedAnswerJSONResponse: accepted("If this address waits to be verified, a new mail is on its way.")}, nil
}

// ForgotPassword implements contract.StrictServerInterface.
func (a *API) ForgotPassword(ctx context.Context, req contract.ForgotPasswordRequestObject) (contract.ForgotPasswordResponseObject, error) {
	if err := a.Identity.ForgotPassword(ctx, req.Body.Email, clientOf(ctx).Client); err != nil {
		return nil, err
	}
	return contract.ForgotPassword202JSONResponse{AcceptedAnswerJSONResponse: accepted("If this address has an account, a mail with a link is on its way.")}, nil
}

// ResetPassword implements contract.StrictServerInterface.
func (a *API) ResetPassword(ctx context.Context, req contract.ResetPasswordRequestObject) (contract.ResetPasswordResponseObject, error) {
	device, err := a.Identity.ResetPassword(ctx, req.Body.Token, req.Body.Password, clientOf(ctx).Client)
	if err != nil {
		return nil, err
	}
	return passwordSet{device: device, message: "Your new password is set, and every session has ended. Sign in with it."}, nil
}

// Login implements contract.StrictServerInterface.
func (a *API) Login(ctx context.Context, req contract.LoginRequestObject) (contract.LoginResponseObject, error) {
	tokens, err := a.Identity.Login(ctx, req.Body.Email, req.Body.Password, clientOf(ctx).Client)
	if err != nil {
		return nil, err
	}
	return signedIn{Tokens: tokens, byCookie: deref(req.Body.Transport) == contract.TransportCookie}, nil
}

// Refresh implements contract.StrictServerInterface.
func (a *API) Refresh(ctx context.Context, req contract.RefreshRequestObject) (contract.RefreshResponseObject, error) {
	token, byCookie := deref(req.Body.RefreshToken), false
	if token == "" {
		token, byCookie = clientOf(ctx).refresh, true
	}
	if token == "" {
		return nil, errs.E(errs.Unauthenticated, "There is no refresh token, neither in the body nor as a cookie. Sign in.").Coded("sign_in_required")
	}
	tokens, err := a.Identity.Refresh(ctx, token)
	if byCookie && errs.Is(err, errs.Unauthenticated) {
		return nil, deadSession(err)
	}
	if err != nil {
		return nil, err
	}
	return signedIn{Tokens: tokens, byCookie: byCookie}, nil
}

// Logout implements contract.StrictServerInterface.
func (a *API) Logout(ctx context.Context, _ contract.LogoutRequestObject) (contract.LogoutResponseObject, error) {
	actor := actorOf(ctx)
	leave := func() error { return a.Identity.Logout(ctx, actor) }
	if !actor.SignedIn() { // the door lets nobody in who has not even a refresh cookie
		leave = func() error { return a.Identity.LogoutByRefresh(ctx, clientOf(ctx).refresh) }
	}
	if err := leave(); err != nil {
		return nil, err
	}
	return signedOut{message: "You are signed out."}, nil
}

// LogoutAll implements contract.StrictServerInterface.
func (a *API) LogoutAll(ctx context.Context, _ contract.LogoutAllRequestObject) (contract.LogoutAllResponseObject, error) {
	if err := a.Identity.LogoutAll(ctx, actorOf(ctx)); err != nil {
		return nil, err
	}
	return signedOut{message: "You are signed out everywhere."}, nil
}

// GetMe implements contract.StrictServerInterface.
func (a *API) GetMe(ctx context.Context, _ contract.GetMeRequestObject) (contract.GetMeResponseObject, error) {
	user, err := a.Identity.Me(ctx, actorOf(ctx))
	if err != nil {
		return nil, err
	}
	return contract.GetMe200JSONResponse{UserAnswerJSONResponse: userAnswer(user)}, nil
}

// UpdateMe implements contract.StrictServerInterface.
func (a *API) UpdateMe(ctx context.Context, req contract.UpdateMeRequestObject) (contract.UpdateMeResponseObject, error) {
	user, err := a.Identity.UpdateMe(ctx, actorOf(ctx), versionOf(req.Params.IfMatch), identity.Change{Name: req.Body.Name})
	if err != nil {
		return nil, err
	}
	return contract.UpdateMe200JSONResponse{UserAnswerJSONResponse: userAnswer(user)}, nil
}

// BecomeHost implements contract.StrictServerInterface.
func (a *API) BecomeHost(ctx context.Context, _ contract.BecomeHostRequestObject) (contract.BecomeHostResponseObject, error) {
	user, err := a.Identity.BecomeHost(ctx, actorOf(ctx))
	if err != nil {
		return nil, err
	}
	return contract.BecomeHost200JSONResponse{UserAnswerJSONResponse: userAnswer(user)}, nil
}

func accepted(message string) contract.AcceptedAnswerJSONResponse {
	return contract.AcceptedAnswerJSONResponse(done(message))
}

func userAnswer(u identity.User) contract.UserAnswerJSONResponse {
	return contract.UserAnswerJSONResponse{Headers: contract.UserAnswerResponseHeaders{ETag: etag(u.Version)},
		Body: contract.UserEnvelope{Success: true, Data: userOf(u)}}
}

func userOf(u identity.User) contract.User {
	return contract.User{Id: u.ID, Email: u.Email, Name: u.Name, Role: contract.Role(u.Role), EmailVerified: u.EmailVerified,
		CreatedAt: u.CreatedAt.UTC()}
}

func tokensOf(t identity.Tokens, byCookie bool) contract.Tokens {
	out := contract.Tokens{TokenType: contract.TokensTokenTypeBearer, ExpiresIn: int(t.AccessLife / time.Second), RefreshExpiresIn: int(t.RefreshLife / time.Second),
		User: userOf(t.User)}
	if !byCookie {
		out.AccessToken, out.RefreshToken = &t.Access, &t.Refresh
	}
	return out
}
