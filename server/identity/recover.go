package identity

import (
	"context"
	"strings"

	"github.com/google/uuid"
	"github.com/jackc/pgx/v5"

	"github.com/rentora/rentora/server/audit"
	"github.com/rentora/rentora/server/errs"
	"github.com/rentora/rentora/server/events"
	"github.com/rentora/rentora/server/identity/internal/query"
	"github.com/rentora/rentora/server/postgres"
)

// VerifyEmail takes the token of a verification link.
func (s *Service) VerifyEmail(ctx context.Context, token string) error {
	return postgres.Tx(ctx, s.pool, func(tx pgx.Tx) error {
		user, err := s.redeem(ctx, tx, hashSecret(token), []string{string(LinkVerifyEmail)})
		if err != nil {
			return err
		}
		return s.queries.WithTx(tx).VerifyEmail(ctx, query.VerifyEmailParams{ID: user, Now: s.now()})
	})
}

// redeem uses a link up, in one statement: of many uses at once one succeeds. The account's other links of these purposes
// go with it.
func (s *Service) redeem(ctx context.Context, tx pgx.Tx, hash []byte, purposes []string) (uuid.UUID, error) {
	q := s.queries.WithTx(tx)
	user, err := q.RedeemLink(ctx, query.RedeemLinkParams{Hash: hash, Purposes: purposes, Now: s.now()})
	if isAbsent(err) {
		return user, badLink().Because(err)
	}
	if err != nil {
		return user, err
	}
	return user, q.SpendLinks(ctx, query.SpendLinksParams{UserID: user, Purposes: purposes, Now: s.now()})
}

// ResendVerification asks for another verification mail. Nobody learns whether the address has an account.
func (s *Service) ResendVerification(ctx context.Context, email string, client Client) error {
	return s.requestMail(ctx, "verify", email, client, func(u User) events.Event {
		if u.EmailVerified {
			return nil
		}
		return VerificationRequested{UserID: u.ID}
	})
}

// ForgotPassword asks for a mail with a link that sets a new password. Nobody learns whether the address has an account.
func (s *Service) ForgotPassword(ctx context.Context, email string, client Client) error {
	return s.requestMail(ctx, "forgot", email, client, func(u User) events.Event { return PasswordResetRequested{UserID: u.ID} })
}

func (s *Service) requestMail(ctx context.Context, kind, email string, client Client, eventOf func(User) events.Event) error {
	email = strings.TrimSpace(email)
	if !printable(email) {
		return errs.InvalidField("email", ruleFormat, sentenceEmailFormat)
	}
	if _, err := s.throttle.take(ctx, s.mailQuotas(kind, email, client)...); err != nil {
		return err
	}
	account, err := s.queries.UserByEmail(ctx, email)
	if isAbsent(err) {
		return s.pretend(ctx)
	}
	if err != nil {
		return postgres.Translate(err)
	}
	if event := eventOf(userOf(account)); event != nil {
		return s.announce(ctx, event)
	}
	return s.pretend(ctx)
}

// pretend costs what announce costs, down to the flush of the commit to disk, and says nothing: the time that an answer takes
// must not tell who has an account.
func (s *Service) pretend(ctx context.Context) error {
	return postgres.Tx(ctx, s.pool, func(tx pgx.Tx) error { return s.queries.WithTx(tx).WriteNothing(ctx) })
}

// mailQuotas bound what a stranger can make us mail: to one address, and by one network.
func (s *Service) mailQuotas(kind, email string, client Client) []quota {
	return []quota{
		{name: kind + ":" + accountName(email), limit: max(s.conf.LoginLimit/2, 1), window: mailWindow},
		{name: kind + ":from:" + networkOf(client.Address).String(), limit: crowd * s.conf.LoginLimit, window: mailWindow},
	}
}

// ResetPassword takes the token of a reset link or an invitation and sets the password. It proves the address too, and ends
// every session: whoever else knew the old password is out. The device is for the client to keep as after a log-in: who has
// the owner's mailbox is let in with the new password, however many strangers guess in his network.
func (s *Service) ResetPassword(ctx context.Context, token, password string, client Client) (device string, err error) {
	var broken errs.Fields
	if checkPassword(password, &broken); broken.Err() != nil {
		return "", broken.Err()
	}
	hash := hashSecret(token)
	owner, err := s.queries.LinkOwner(ctx, query.LinkOwnerParams{Hash: hash, Purposes: passwordLinks, Now: s.now()})
	if isAbsent(err) {
		return "", badLink().Because(err) // before the dear work, and again in the transaction
	}
	if err != nil {
		return "", postgres.Translate(err)
	}
	hashed, err := s.hasher.hash(ctx, password)
	if err != nil {
		return "", err
	}
	if err := s.sessions.mark(ctx, owner); err != nil {
		return "", err
	}
	var account query.User
	err = postgres.Tx(ctx, s.pool, func(tx pgx.Tx) (err error) {
		account, err = s.setPassword(ctx, tx, hash, hashed, client)
		return err
	})
	if err != nil {
		return "", err
	}
	quotas := s.loginQuotas(account.Email, client)
	s.throttle.forget(ctx, quotas[0], quotas[2])
	return s.devices.issue(account.Email, s.now()), nil
}

func (s *Service) setPassword(ctx context.Context, tx pgx.Tx, link []byte, passwordHash string, client Client) (query.User, error) {
	user, err := s.redeem(ctx, tx, link, passwordLinks)
	if err != nil {
		return query.User{}, err
	}
	q := s.queries.WithTx(tx)
	account, err := q.SetPassword(ctx, query.SetPasswordParams{ID: user, PasswordHash: passwordHash, Now: s.now()})
	if err != nil {
		return account, err
	}
	ended, err := q.RevokeSessions(ctx, query.RevokeSessionsParams{UserID: user, Now: s.now()})
	if err != nil {
		return account, err
	}
	actor := Actor{ID: user, Role: Role(account.Role), Address: client.Address}
	err = audit.Append(ctx, tx, s.deed(actor, "user.reset_password", map[string]any{"sessions_ended": ended}))
	if err != nil {
		return account, err
	}
	return account, events.Append(ctx, tx, PasswordChanged{UserID: user})
}
