package calendar

import (
	"context"
	"errors"
	"time"

	"github.com/google/uuid"
	"github.com/jackc/pgx/v5"
	"github.com/jackc/pgx/v5/pgxpool"

	"github.com/rentora/rentora/server/audit"
	"github.com/rentora/rentora/server/calendar/internal/query"
	"github.com/rentora/rentora/server/errs"
	"github.com/rentora/rentora/server/events"
	"github.com/rentora/rentora/server/identity"
	"github.com/rentora/rentora/server/postgres"
)

// Service keeps the calendars. It is safe for concurrent use.
type Service struct {
	pool  *pgxpool.Pool
	reads postgres.Reads // visitors' reads; nil: pool
	now   func() time.Time
}

// New makes the service.
func New(pool *pgxpool.Pool, now func() time.Time) *Service {
	return &Service{pool: pool, now: now}
}

// ReadFrom makes visitors who are not signed in read Days from where reads goes, such as a replica. It is for the
// start, before the service is used.
func (s *Service) ReadFrom(reads postgres.Reads) { s.reads = reads }

// GetRules gives a listing's rules, the defaults when its host has set none. Everybody may ask about a live listing.
func (s *Service) GetRules(ctx context.Context, actor identity.Actor, listingID uuid.UUID) (Rules, error) {
	row, err := s.rules(ctx, listingID)
	if err != nil {
		return Rules{}, err
	}
	if err := maySee(actor, row.HostID, row.Status); err != nil {
		return Rules{}, err
	}
	return RulesOf(row.MinNights, row.MaxNights, row.AdvanceNoticeDays, row.HorizonDays, row.Version), nil
}

// SetRules replaces a listing's rules. r.Version is that of the rules which the change is based on, 0 when there were
// none; errs.Stale when they have changed since.
func (s *Service) SetRules(ctx context.Context, actor identity.Actor, listingID uuid.UUID, r Rules) (Rules, error) {
	row, err := s.rules(ctx, listingID)
	if err != nil {
		return Rules{}, err
	}
	if err := mayChange(actor, row.HostID, row.Status); err != nil {
		return Rules{}, err
	}
	if err := r.validate(); err != nil {
		return Rules{}, err
	}
	err = postgres.Tx(ctx, s.pool, func(tx pgx.Tx) error {
		version, err := query.New(tx).SaveRules(ctx, query.SaveRulesParams{ListingID: listingID, MinNights: int32(r.MinNights), MaxNights: int32(r.MaxNights),
			AdvanceNoticeDays: int32(r.AdvanceNoticeDays), HorizonDays: int32(r.HorizonDays), At: s.now(), Version: r.Version})
		if errors.Is(err, pgx.ErrNoRows) {
			return staleRules(r.Version)
		}
		if err != nil {
			return err
		}
		r.Version = version
		return s.changed(ctx, tx, actor, row.HostID, listingID, "calendar.set_rules", map[string]any{
			"min_nights": r.MinNights, "max_nights": r.MaxNights, "advance_notice_days": r.AdvanceNoticeDays, "horizon_days": r.HorizonDays})
	})
	return r, err
}

func staleRules(version int64) error {
	if version == 0 {
		return errs.E(errs.Stale, "This listing has availability rules already. Send If-Match with the ETag of the ones that you saw.")
	}
	return errs.E(errs.Stale, "The availability rules have changed since you read them. Read them again.")
}

func (s *Service) rules(ctx context.Context, listingID uuid.UUID) (query.RulesRow, error) {
	row, err := query.New(s.pool).Rules(ctx, listingID)
	return row, missing(err)
}

// changed tells the listeners of a change and records it when it was an admin's on somebody else's listing.
func (s *Service) changed(ctx context.Context, tx pgx.Tx, actor identity.Actor, hostID, listingID uuid.UUID, action string, diff map[string]any) error {
	if err := events.Append(ctx, tx, Changed{ListingID: listingID}); err != nil {
		return err
	}
	if actor.ID == hostID {
		return nil
	}
	return audit.Append(ctx, tx, audit.Entry{ActorID: &actor.ID, ActorRole: string(actor.Role), Action: action,
		TargetType: "listing", TargetID: &listingID, Diff: diff, Address: actor.Address})
}
