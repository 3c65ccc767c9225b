package booking

import (
	"time"

	"github.com/jackc/pgx/v5/pgxpool"

	"github.com/rentora/rentora/server/booking/internal/query"
	"github.com/rentora/rentora/server/config"
)

// Service keeps the bookings. It is safe for concurrent use.
type Service struct {
	pool    *pgxpool.Pool
	conf    config.Booking
	clock   func() time.Time
	signer  signer
	newCode func() string
}

// New makes the service. secret is config.Identity.SecretKey, of which the key that signs quotes is derived.
func New(pool *pgxpool.Pool, conf config.Booking, secret string, now func() time.Time) (*Service, error) {
	s, err := newSigner(secret)
	if err != nil {
		return nil, err
	}
	return &Service{pool: pool, conf: conf, clock: now, signer: s, newCode: randomCode}, nil
}

// now has the precision of Postgres, so that what is answered at once equals what is read later.
func (s *Service) now() time.Time { return s.clock().UTC().Truncate(time.Microsecond) }

func (s *Service) query() *query.Queries { return query.New(s.pool) }
