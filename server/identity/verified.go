package identity

import (
	"crypto/sha256"
	"errors"
	"time"

	"github.com/golang-jwt/jwt/v5"
	"github.com/google/uuid"
	"github.com/maypok86/otter/v2"

	"github.com/rentora/rentora/server/errs"
)

// remembered is how many verified tokens a process keeps, about 150 bytes each.
const remembered = 50_000

// verified is what a token of which the signature is good says. The same token comes with every request of its fifteen
// minutes, and checking its signature is a quarter of what a page of bookings costs the API beside the database.
type verified struct {
	session, user uuid.UUID
	until         time.Time
}

// memory holds verified tokens by their hash, so that no token stands in it. What is kept is only what the bytes say: whether
// the token is still good, and whether its session lives, is asked anew each time. Keys change with the process alone, and with
// it the memory is gone. Safe for concurrent use.
type memory struct {
	tokens *otter.Cache[[sha256.Size]byte, verified]
}

func newMemory() (memory, error) {
	tokens, err := otter.New(&otter.Options[[sha256.Size]byte, verified]{MaximumSize: remembered})
	return memory{tokens}, err
}

// verify gives the session and the account that a token names. The token being good does not mean that its session lives.
func (s *signer) verify(token string) (session, user uuid.UUID, err error) {
	hash := sha256.Sum256([]byte(token))
	v, known := s.memory.tokens.GetIfPresent(hash)
	if !known {
		if v, err = s.check(token); err != nil {
			return uuid.Nil, uuid.Nil, err
		}
		s.memory.tokens.Set(hash, v)
	}
	if !s.now().Before(v.until) {
		return uuid.Nil, uuid.Nil, expired()
	}
	return v.session, v.user, nil
}

// check verifies signature and claims.
func (s *signer) check(token string) (verified, error) {
	var c claims
	if _, err := s.parser.ParseWithClaims(token, &c, s.keyOf); err != nil {
		if errors.Is(err, jwt.ErrTokenExpired) {
			return verified{}, expired().Because(err)
		}
		return verified{}, badToken().Because(err)
	}
	user, err := uuid.Parse(c.Subject)
	if err != nil || c.SessionID == uuid.Nil {
		return verified{}, badToken().Because(err)
	}
	return verified{session: c.SessionID, user: user, until: c.ExpiresAt.Time}, nil
}

func expired() *errs.Error {
	return errs.E(errs.Unauthenticated, "Your access token has expired. Refresh it, or sign in again.").Coded("token_expired")
}
