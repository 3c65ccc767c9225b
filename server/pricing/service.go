package pricing

import (
	"context"
	"errors"
	"time"

	"github.com/google/uuid"
	"github.com/jackc/pgx/v5"
	"github.com/jackc/pgx/v5/pgxpool"

	"github.com/rentora/rentora/server/audit"
	"github.com/rentora/rentora/server/errs"
	"github.com/rentora/rentora/server/events"
	"github.com/rentora/rentora/server/identity"
	"github.com/rentora/rentora/server/listing"
	"github.com/rentora/rentora/server/postgres"
	"github.com/rentora/rentora/server/pricing/internal/query"
)

// Service is the verbs of prices. It is safe for concurrent use.
type Service struct {
	pool *pgxpool.Pool
	now  func() time.Time
}

// New makes the service.
func New(pool *pgxpool.Pool, now func() time.Time) *Service { return &Service{pool: pool, now: now} }

// Get gives the price of a listing that the actor may see. One that has none yet is NotFound with the code no_price.
func (s *Service) Get(ctx context.Context, actor identity.Actor, listingID uuid.UUID) (Price, error) {
	row, err := of(ctx, s.pool, listingID)
	if err != nil {
		return Price{}, err
	}
	if err := listing.See(actor, row.HostID, listing.Status(row.Status)); err != nil {
		return Price{}, err
	}
	if !row.Priced {
		return Price{}, errs.E(errs.NotFound, "The listing has no price yet.").Coded("no_price")
	}
	return row.price(listingID), nil
}

// GetMany gives the prices that the listings of ids have, in one query and without asking who wants to know.
func (s *Service) GetMany(ctx context.Context, ids []uuid.UUID) (map[uuid.UUID]Price, error) {
	rows, err := query.New(s.pool).Many(ctx, ids)
	if err != nil {
		return nil, postgres.Translate(err)
	}
	out := make(map[uuid.UUID]Price, len(rows))
	for _, r := range rows {
		out[r.ListingID] = Price{
			ListingID: r.ListingID, Currency: r.Currency, NightlyMinor: r.NightlyMinor, CleaningMinor: r.CleaningMinor,
			IncludedGuests: int(r.IncludedGuests), ExtraGuestMinor: r.ExtraGuestMinor, TaxBps: int(r.TaxBps), Version: r.Version,
		}
	}
	return out, nil
}

// Set makes p the price of its listing. The first price is made from p.Version 0; a later one replaces the version that
// p names, and is Stale when that is not the one there is. For the host and admins, until the listing is archived.
func (s *Service) Set(ctx context.Context, actor identity.Actor, p Price) (Price, error) {
	err := postgres.Tx(ctx, s.pool, func(tx pgx.Tx) error {
		row, err := of(ctx, tx, p.ListingID)
		if err != nil {
			return err
		}
		if err := row.maySet(actor, p); err != nil {
			return err
		}
		if err := s.write(ctx, tx, p); err != nil {
			return err
		}
		if err := events.Append(ctx, tx, Changed{ListingID: p.ListingID}); err != nil || actor.ID == row.HostID {
			return err
		}
		return audit.Append(ctx, tx, audit.Entry{ActorID: &actor.ID, ActorRole: string(actor.Role), Action: "price.set", TargetType: "listing",
			TargetID: &p.ListingID, Address: actor.Address, Diff: map[string]any{"currency": p.Currency, "nightly_minor": p.NightlyMinor}})
	})
	p.Version++
	return p, err
}

func (s *Service) write(ctx context.Context, tx pgx.Tx, p Price) (err error) {
	var n int64
	if p.Version == 0 {
		n, err = query.New(tx).Insert(ctx, query.InsertParams{
			ListingID: p.ListingID, Currency: p.Currency, NightlyMinor: p.NightlyMinor, CleaningMinor: p.CleaningMinor,
			IncludedGuests: int32(p.IncludedGuests), ExtraGuestMinor: p.ExtraGuestMinor, TaxBps: int32(p.TaxBps), Now: s.now(),
		})
	} else {
		n, err = query.New(tx).Update(ctx, query.UpdateParams{
			ListingID: p.ListingID, Currency: p.Currency, NightlyMinor: p.NightlyMinor, CleaningMinor: p.CleaningMinor,
			IncludedGuests: int32(p.IncludedGuests), ExtraGuestMinor: p.ExtraGuestMinor, TaxBps: int32(p.TaxBps), Now: s.now(), Version: p.Version,
		})
	}
	if err == nil && n == 0 {
		return stale()
	}
	return err
}

// RequirePrice is what pricing wants of a listing before it is handed in: a price that fits its guests.
func RequirePrice(ctx context.Context, tx pgx.Tx, listingID uuid.UUID) ([]errs.Field, error) {
	row, err := of(ctx, tx, listingID)
	if err != nil {
		return nil, err
	}
	if !row.Priced {
		return []errs.Field{{Field: "price", Rule: "required", Message: "price must be set."}}, nil
	}
	if row.IncludedGuests > row.MaxGuests {
		return []errs.Field{{Field: "price", Rule: "range", Message: "price includes more guests than the listing takes; set it anew."}}, nil
	}
	return nil, nil
}

// found is a listing's row with its price.
type found query.OfRow

func of(ctx context.Context, db query.DBTX, listingID uuid.UUID) (found, error) {
	row, err := query.New(db).Of(ctx, listingID)
	if errors.Is(err, pgx.ErrNoRows) {
		return found{}, errs.E(errs.NotFound, "There is no such listing.")
	}
	return found(row), postgres.Translate(err)
}

func (f found) price(listingID uuid.UUID) Price {
	return Price{
		ListingID: listingID, Currency: f.Currency, NightlyMinor: f.NightlyMinor, CleaningMinor: f.CleaningMinor,
		IncludedGuests: int(f.IncludedGuests), ExtraGuestMinor: f.ExtraGuestMinor, TaxBps: int(f.TaxBps), Version: f.Version,
	}
}

func (f found) maySet(actor identity.Actor, p Price) error {
	if err := listing.Change(actor, f.HostID, listing.Status(f.Status)); err != nil {
		return err
	}
	if listing.Status(f.Status) == listing.StatusArchived {
		return errs.E(errs.Conflict, "The listing is archived and its price cannot be changed.").Coded("not_editable")
	}
	if f.Priced && p.Version == 0 {
		return errs.InvalidField("If-Match", "required", "If-Match must name the version of the price that you change: send the ETag of getPrice.")
	}
	if f.Version != p.Version {
		return stale()
	}
	return p.validate(int(f.MaxGuests))
}

func stale() *errs.Error {
	return errs.E(errs.Stale, "The price has changed since you read it. Read it again and repeat your change.")
}
