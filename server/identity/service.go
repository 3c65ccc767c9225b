package identity

import (
	"context"
	"net/netip"
	"time"

	"github.com/google/uuid"
	"github.com/jackc/pgx/v5/pgxpool"
	"github.com/redis/go-redis/v9"

	"github.com/rentora/rentora/server/config"
	"github.com/rentora/rentora/server/errs"
	"github.com/rentora/rentora/server/identity/internal/query"
	"github.com/rentora/rentora/server/postgres"
)

// Service is the verbs of identity. It is safe for concurrent use.
type Service struct {
	pool     *pgxpool.Pool
	queries  *query.Queries
	conf     config.Identity
	now      func() time.Time
	hasher   *hasher
	signer   *signer
	sessions *sessionBook
	throttle *throttle
	devices  devices
}

// Client is what we know of the program on the other side.
type Client struct {
	Address   netip.Addr
	UserAgent string
	Device    string // what Tokens gave it at its last log-in; empty when it keeps none
}

// New makes the room. Redis may be unreachable, then and later: everything goes on from Postgres.
func New(pool *pgxpool.Pool, rdb *redis.Client, c *config.Config, now func() time.Time) (*Service, error) {
	keys, err := newSigner(c.Identity.SigningKeys, c.PublicURL, c.Identity.AccessLife, now)
	if err != nil {
		return nil, err
	}
	known, err := newDevices(c.Identity.SecretKey)
	if err != nil {
		return nil, err
	}
	queries, breaker := query.New(pool), &circuit{now: now, patience: redisPatience}
	return &Service{
		pool: pool, queries: queries, conf: c.Identity, now: now, signer: keys, devices: known,
		hasher:   newHasher(c.Identity.BcryptCost, c.Identity.BcryptSlots),
		sessions: &sessionBook{queries: queries, redis: rdb, circuit: breaker, prefix: c.Redis.Prefix, now: now},
		throttle: &throttle{redis: rdb, circuit: breaker, prefix: c.Redis.Prefix, now: now, local: &localCounters{byID: map[string]counter{}}},
	}, nil
}

// Run watches for changes of sessions that could not be told to Redis, until ctx ends. A process that does not run it asks
// Postgres at every request.
func (s *Service) Run(ctx context.Context) error { return s.sessions.run(ctx) }

// JWKS is the public half of the signing keys, for whoever verifies access tokens elsewhere.
func (s *Service) JWKS() JWKS { return s.signer.jwks }

// Authenticate gives who an access token speaks for. The account's role and state are those of this moment, not those of
// the token. A token that is bad, expired or of an ended session is Unauthenticated.
func (s *Service) Authenticate(ctx context.Context, accessToken string, address netip.Addr) (Actor, error) {
	id, user, err := s.signer.verify(accessToken)
	if err != nil {
		return Actor{}, err
	}
	found, err := s.sessions.find(ctx, id, user)
	if isAbsent(err) {
		return Actor{}, sessionEnded()
	}
	if err != nil {
		return Actor{}, err
	}
	if found.User != user || !found.alive(s.now()) {
		return Actor{}, sessionEnded()
	}
	return Actor{ID: user, SessionID: id, Role: found.Role, Address: address}, nil
}

func sessionEnded() *errs.Error {
	return errs.E(errs.Unauthenticated, "Your session has ended. Sign in again.").Coded("session_ended")
}

// Contact gives where mails to an account go.
func (s *Service) Contact(ctx context.Context, userID uuid.UUID) (Contact, error) {
	u, err := s.user(ctx, userID)
	return Contact{ID: u.ID, Email: u.Email, Name: u.Name}, err
}

// Admins gives the admins who get mails about work: active ones whose address is verified.
func (s *Service) Admins(ctx context.Context) ([]Contact, error) {
	rows, err := s.queries.Admins(ctx)
	if err != nil {
		return nil, postgres.Translate(err)
	}
	out := make([]Contact, len(rows))
	for i, r := range rows {
		out[i] = Contact(r)
	}
	return out, nil
}

func (s *Service) user(ctx context.Context, id uuid.UUID) (User, error) {
	row, err := s.queries.UserByID(ctx, id)
	if isAbsent(err) {
		return User{}, noAccount().Because(err)
	}
	if err != nil {
		return User{}, postgres.Translate(err)
	}
	return userOf(row), nil
}
