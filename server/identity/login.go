package identity

import (
	"context"
	"strings"
	"time"

	"github.com/google/uuid"
	"github.com/jackc/pgx/v5"

	"github.com/rentora/rentora/server/errs"
	"github.com/rentora/rentora/server/events"
	"github.com/rentora/rentora/server/identity/internal/query"
	"github.com/rentora/rentora/server/postgres"
)

// Tokens are the two proofs of a session.
type Tokens struct {
	Access, Refresh         string
	Device                  string        // after a log-in: for the client to keep, also when it signs out, and to show at the next (DeviceLife)
	AccessLife, RefreshLife time.Duration // from now
	User                    User
}

// Login opens a session. An unknown address, an account without a password and a wrong password give the same answer after
// the same work. Only who knows the password hears that the account is locked or its address not verified; the latter asks
// for a new verification mail.
func (s *Service) Login(ctx context.Context, email, password string, client Client) (Tokens, error) {
	email = strings.TrimSpace(email)
	a, err := s.countLogin(ctx, email, client)
	if err != nil {
		return Tokens{}, err
	}
	account, err := s.proven(ctx, email, password)
	if err != nil || a.barred {
		return Tokens{}, s.refuseLogin(ctx, a, err)
	}
	s.throttle.forget(ctx, a.counted[0])
	s.throttle.giveBack(ctx, a.counted[1:]...)
	switch user := userOf(account); {
	case user.Locked:
		return Tokens{}, errs.E(errs.Forbidden, "This account is locked. Please write to our support.").Coded("account_locked")
	case !user.EmailVerified:
		return Tokens{}, s.askToVerify(ctx, user, client)
	default:
		return s.openSession(ctx, account, client)
	}
}

// proven gives the account whose password this is.
func (s *Service) proven(ctx context.Context, email, password string) (query.User, error) {
	var account query.User // stays empty for an unknown address: its hash matches nothing, at the same cost
	if printable(email) {
		var err error
		if account, err = s.queries.UserByEmail(ctx, email); err != nil && !isAbsent(err) {
			return account, postgres.Translate(err)
		}
	}
	same, err := s.hasher.matches(ctx, account.PasswordHash, password)
	if err == nil && !same {
		err = wrongPassword()
	}
	return account, err
}

func wrongPassword() *errs.Error {
	return errs.E(errs.Unauthenticated, "The e-mail address or the password is wrong.").Coded("invalid_credentials")
}

// attempt is a log-in that was counted.
type attempt struct {
	counted []quota // the right password starts the first anew and gets the others back
	siege   error   // what a wrong password is answered where limits are used up, nil elsewhere
	barred  bool    // the right one, too
}

// countLogin counts an attempt so that nobody uses up another's. A browser that has signed in to the account before counts
// for itself. Everybody else counts against the account as seen from their network; then against the network, which guards
// other accounts; then against the account as a whole, which guards it from a crowd. Networks from which the account has signed
// in before pass the last two. docs/sign-in.md says who is kept out when.
func (s *Service) countLogin(ctx context.Context, email string, client Client) (attempt, error) {
	if device, known := s.devices.of(client.Device, email, s.now()); known {
		own := quota{name: "login:device:" + device, limit: s.conf.LoginLimit, window: loginWindow}
		if _, err := s.throttle.take(ctx, own); err == nil {
			return attempt{counted: []quota{own}}, nil
		} // it goes on as one that nobody knows
	}
	network, quotas := networkOf(client.Address), s.loginQuotas(email, client)
	usedUp, err := s.throttle.take(ctx, quotas...)
	if err == nil || usedUp == 0 || !network.IsValid() || !printable(email) {
		return attempt{counted: quotas}, err
	}
	known, failed := s.queries.KnownAddress(ctx, query.KnownAddressParams{Email: email, Network: network})
	if failed != nil {
		return attempt{}, postgres.Translate(failed)
	}
	// From here on all go the same way, with the same work, to the same answer, whether the account has been here or not:
	// guesses would else tell who has.
	if _, err := s.throttle.take(ctx, quotas[0]); err != nil {
		return attempt{}, err
	}
	return attempt{counted: quotas[:1], siege: err, barred: !known}, nil
}

// refuseLogin gives the answer to a wrong password, err, or to one that is barred.
func (s *Service) refuseLogin(ctx context.Context, a attempt, err error) error {
	switch {
	case errs.Is(err, errs.Unavailable):
		s.throttle.giveBack(ctx, a.counted...)
	case a.siege != nil && (err == nil || errs.Is(err, errs.Unauthenticated)):
		return a.siege
	}
	return err
}

func (s *Service) loginQuotas(email string, client Client) []quota {
	network, account := networkOf(client.Address).String(), accountName(email)
	return []quota{
		{name: "login:" + account + ":" + network, limit: s.conf.LoginLimit, window: loginWindow},
		{name: "login:from:" + network, limit: crowd * s.conf.LoginLimit, window: loginWindow},
		{name: "login:account:" + account, limit: crowd * s.conf.LoginLimit, window: loginWindow},
	}
}

func (s *Service) askToVerify(ctx context.Context, user User, client Client) error {
	if _, err := s.throttle.take(ctx, s.mailQuotas("verify", user.Email, client)...); err == nil {
		if err := s.announce(ctx, VerificationRequested{UserID: user.ID}); err != nil {
			return err
		}
	}
	return errs.E(errs.Forbidden, "Your e-mail address is not verified yet. Follow the link in the mail that we have sent you.").Coded("email_not_verified")
}

// openSession is for an account as it was when its password was compared.
func (s *Service) openSession(ctx context.Context, account query.User, client Client) (Tokens, error) {
	id, err := uuid.NewV7()
	if err != nil {
		return Tokens{}, err
	}
	secret, hash := newSecret()
	open := query.OpenSessionParams{ID: id, UserID: account.ID, PasswordHash: account.PasswordHash, UserAgent: tidyUserAgent(client.UserAgent),
		TokenHash: hash, Now: s.now(), ExpiresAt: s.now().Add(s.conf.RefreshLife)}
	if client.Address.IsValid() {
		address := client.Address.Unmap().WithZone("")
		open.Address = &address
	}
	opened, err := s.queries.OpenSession(ctx, open)
	if err != nil {
		return Tokens{}, postgres.Translate(err)
	}
	if opened == 0 {
		return Tokens{}, wrongPassword()
	}
	user := userOf(account)
	tokens, err := s.tokens(id, user, secret)
	tokens.Device = s.devices.issue(user.Email, s.now())
	return tokens, err
}

func (s *Service) tokens(session uuid.UUID, user User, refresh string) (Tokens, error) {
	access, err := s.signer.sign(session, user)
	return Tokens{Access: access, Refresh: refresh, AccessLife: s.conf.AccessLife, RefreshLife: s.conf.RefreshLife, User: user}, err
}

// tidyUserAgent keeps of a header what can be stored and shown.
func tidyUserAgent(raw string) string {
	clean := strings.Map(func(r rune) rune {
		if r < ' ' || r == 0x7f {
			return -1
		}
		return r
	}, strings.ToValidUTF8(raw, ""))
	return strings.ToValidUTF8(clean[:min(len(clean), maxUserAgent)], "")
}

// announce appends events in a transaction of their own.
func (s *Service) announce(ctx context.Context, happened ...events.Event) error {
	return postgres.Tx(ctx, s.pool, func(tx pgx.Tx) error { return events.Append(ctx, tx, happened...) })
}
