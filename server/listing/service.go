package listing

import (
	"context"
	"time"

	"github.com/google/uuid"
	"github.com/jackc/pgx/v5"
	"github.com/jackc/pgx/v5/pgxpool"

	"github.com/rentora/rentora/server/errs"
	"github.com/rentora/rentora/server/idempotency"
	"github.com/rentora/rentora/server/identity"
	"github.com/rentora/rentora/server/listing/internal/query"
	"github.com/rentora/rentora/server/postgres"
)

// Requirement is what another room wants of a listing before it is handed in: it gives the rules that are still broken.
// It reads in the transaction of the submission.
type Requirement func(ctx context.Context, tx pgx.Tx, listingID uuid.UUID) ([]errs.Field, error)

// Service is the verbs of listings. It is safe for concurrent use.
type Service struct {
	pool         *pgxpool.Pool
	secret       []byte
	now          func() time.Time
	requirements []Requirement
}

// New makes the service. The secret, any bytes, hides where exactly a place is; another one later moves a public point
// only when its listing moves.
func New(pool *pgxpool.Pool, secret []byte, now func() time.Time, requirements ...Requirement) *Service {
	return &Service{pool: pool, secret: secret, now: now, requirements: requirements}
}

// maxOpen bounds what one host may have that is not archived.
const maxOpen = 200

// Create starts a draft of the actor's.
func (s *Service) Create(ctx context.Context, actor identity.Actor, key idempotency.Key, f Facts) (Listing, error) {
	if err := mayCreate(actor); err != nil {
		return Listing{}, err
	}
	f = f.clean()
	if err := f.validate(); err != nil {
		return Listing{}, err
	}
	row, err := s.newRow(actor.ID, f)
	if err != nil {
		return Listing{}, err
	}
	var l Listing
	err = postgres.Tx(ctx, s.pool, func(tx pgx.Tx) error {
		l, _, err = idempotency.Once(ctx, tx, key, func() (Listing, error) { return insert(ctx, tx, row) })
		return err
	})
	return l, err
}

func mayCreate(actor identity.Actor) error {
	switch {
	case !actor.SignedIn():
		return errs.E(errs.Unauthenticated, "Sign in to list a place.")
	case !actor.CanHost():
		return errs.E(errs.Forbidden, "Only hosts can list a place. Become a host first: POST /api/v1/users/me/host.").Coded("not_a_host")
	}
	return nil
}

func insert(ctx context.Context, tx pgx.Tx, row query.InsertParams) (Listing, error) {
	q := query.New(tx)
	if err := q.LockHost(ctx, row.HostID.String()); err != nil {
		return Listing{}, err
	}
	open, err := q.CountOpen(ctx, row.HostID)
	if err != nil {
		return Listing{}, err
	}
	if open >= maxOpen {
		return Listing{}, errs.Ef(errs.Conflict, "You have %d listings, the most that an account may have. Archive one to start another.", open).Coded("too_many_listings")
	}
	if err := q.Insert(ctx, row); err != nil {
		return Listing{}, err
	}
	return read(ctx, tx, row.ID)
}

// Get gives a listing as the actor may see it: a live one to everybody, all to its host and admins.
func (s *Service) Get(ctx context.Context, actor identity.Actor, id uuid.UUID) (Listing, error) {
	l, err := read(ctx, s.pool, id)
	if err != nil {
		return Listing{}, postgres.Translate(err)
	}
	if l, err = l.seenBy(actor); err != nil {
		return Listing{}, err
	}
	return s.WithRevision(ctx, l)
}

// WithRevision gives a listing that an actor sees wholly with its revision, read after it, so that no version names a
// revision that it did not have. What everybody sees stays as it is and costs nothing.
func (s *Service) WithRevision(ctx context.Context, l Listing) (Listing, error) {
	if !l.Exact {
		return l, nil
	}
	whole := []Listing{l}
	err := attachRevisions(ctx, s.pool, whole)
	return whole[0], postgres.Translate(err)
}

func (l Listing) seenBy(actor identity.Actor) (Listing, error) {
	if err := See(actor, l.Host.ID, l.Status); err != nil {
		return Listing{}, err
	}
	if !owns(actor, l.Host.ID) && !actor.IsAdmin() {
		return l.public(), nil
	}
	return l, nil
}
