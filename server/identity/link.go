package identity

import (
	"context"
	"time"

	"github.com/google/uuid"

	"github.com/rentora/rentora/server/errs"
	"github.com/rentora/rentora/server/identity/internal/query"
	"github.com/rentora/rentora/server/postgres"
)

// LinkPurpose is what a one-time link is good for.
type LinkPurpose string

// The purposes of links.
const (
	LinkVerifyEmail   LinkPurpose = "verify_email"
	LinkResetPassword LinkPurpose = "reset_password"
	LinkInvitation    LinkPurpose = "invitation"
)

const invitationLife = 72 * time.Hour

// passwordLinks are the purposes whose links set a password.
var passwordLinks = []string{string(LinkResetPassword), string(LinkInvitation)}

// MintLink makes the token of a one-time link. Whoever mails the link asks for it at that moment: we keep its hash only.
// Earlier links of the account stay good until they expire or one of them is used.
func (s *Service) MintLink(ctx context.Context, userID uuid.UUID, purpose LinkPurpose) (token string, expires time.Time, err error) {
	if _, err := s.user(ctx, userID); err != nil {
		return "", time.Time{}, err
	}
	token, hash := newSecret()
	expires = s.now().Add(s.lifeOf(purpose))
	err = s.queries.InsertLink(ctx, query.InsertLinkParams{Hash: hash, UserID: userID, Purpose: string(purpose), Now: s.now(), ExpiresAt: expires})
	if err != nil {
		return "", time.Time{}, postgres.Translate(err)
	}
	return token, expires, nil
}

func (s *Service) lifeOf(purpose LinkPurpose) time.Duration {
	switch purpose {
	case LinkResetPassword:
		return s.conf.LinkLife / 4
	case LinkInvitation:
		return invitationLife
	}
	return s.conf.LinkLife
}

func badLink() *errs.Error {
	e := errs.InvalidField("token", "link", "This link is not valid any more: it was used, or it is too old. Please ask for a new one.")
	return e.Coded("link_invalid")
}
