package listing

import (
	"context"
	"reflect"

	"github.com/google/uuid"
	"github.com/jackc/pgx/v5"

	"github.com/rentora/rentora/server/errs"
	"github.com/rentora/rentora/server/identity"
	"github.com/rentora/rentora/server/listing/internal/query"
	"github.com/rentora/rentora/server/postgres"
)

// Patch is a change of facts; nil fields stay as they are.
type Patch struct {
	Title, Description, PropertyType, RoomType *string
	MaxGuests, Bedrooms, Beds                  *int
	Bathrooms                                  *float64
	Amenities                                  *[]string
	Address                                    *Address
	Location                                   *Point
	HouseRules, CheckInFrom, CheckOutUntil     *string
	CancellationPolicy, BookingMode            *string
}

func (p Patch) on(f Facts) Facts {
	set(&f.Title, p.Title)
	set(&f.Description, p.Description)
	set(&f.PropertyType, p.PropertyType)
	set(&f.RoomType, p.RoomType)
	set(&f.MaxGuests, p.MaxGuests)
	set(&f.Bedrooms, p.Bedrooms)
	set(&f.Beds, p.Beds)
	set(&f.Bathrooms, p.Bathrooms)
	set(&f.Amenities, p.Amenities)
	set(&f.Address, p.Address)
	set(&f.Location, p.Location)
	set(&f.HouseRules, p.HouseRules)
	set(&f.CheckInFrom, p.CheckInFrom)
	set(&f.CheckOutUntil, p.CheckOutUntil)
	set(&f.CancellationPolicy, p.CancellationPolicy)
	set(&f.BookingMode, p.BookingMode)
	return f
}

func set[T any](field *T, to *T) {
	if to != nil {
		*field = *to
	}
}

// Update changes facts of the version that the caller has read; another version by now is Stale. In draft and rejected
// every change applies at once. Of a live or paused listing only the amenities and the terms do: what guests rely on waits
// in its revision for review. A pending or archived one is a Conflict. Fields that are as they were do not count, and
// nothing changed changes nothing.
func (s *Service) Update(ctx context.Context, actor identity.Actor, id uuid.UUID, version int64, p Patch) (Listing, error) {
	return s.edit(ctx, actor, id, version, func(ctx context.Context, tx pgx.Tx, l Listing) error {
		wanted := l.wanted()
		f := p.on(wanted.Facts).clean()
		if err := f.validate(); err != nil {
			return err
		}
		switch {
		case l.approved():
			return s.revise(ctx, tx, l, f, inputs(wanted.Photos))
		case reflect.DeepEqual(f, l.Facts):
			return nil
		}
		return s.save(ctx, tx, l, f)
	})
}

// edit reads the listing for its author, refuses stale versions and states that allow no edit, lets change write, and
// gives the listing as it is then.
func (s *Service) edit(ctx context.Context, actor identity.Actor, id uuid.UUID, version int64, change func(context.Context, pgx.Tx, Listing) error) (Listing, error) {
	if err := WarmZones(); err != nil { // not while a transaction waits
		return Listing{}, err
	}
	var l Listing
	err := postgres.Tx(ctx, s.pool, func(tx pgx.Tx) error {
		before, err := readWhole(ctx, tx, id)
		if err != nil {
			return err
		}
		if err := author(actor, before.Host.ID, before.Status); err != nil {
			return err
		}
		if before.Version != version {
			return stale()
		}
		if err := editable(before.Status); err != nil {
			return err
		}
		if err := change(ctx, tx, before); err != nil {
			return err
		}
		l, err = readWhole(ctx, tx, id)
		return err
	})
	return l, err
}

func editable(now Status) error {
	switch now {
	case StatusPending:
		return errs.E(errs.Conflict, "The listing is pending: it cannot be changed while it is being verified.").Coded("not_editable")
	case StatusArchived:
		return errs.E(errs.Conflict, "The listing is archived and cannot be changed.").Coded("not_editable")
	}
	return nil
}

func (s *Service) save(ctx context.Context, tx pgx.Tx, l Listing, f Facts) error {
	zone, near := l.Timezone, l.PublicPoint
	if f.Location != l.Location {
		var err error
		if zone, err = ZoneOf(f.Location); err != nil {
			return err
		}
		near = publicPoint(s.secret, l.ID, f.Location)
	}
	n, err := query.New(tx).Save(ctx, query.SaveParams{
		ID: l.ID, Version: l.Version, Title: f.Title, Description: f.Description, PropertyType: f.PropertyType,
		RoomType: f.RoomType, MaxGuests: int32(f.MaxGuests), Bedrooms: int32(f.Bedrooms), Beds: int32(f.Beds), Bathrooms: f.Bathrooms,
		Amenities: f.Amenities, HouseRules: f.HouseRules, AddressLine: f.Address.Line, City: f.Address.City, Region: f.Address.Region,
		PostalCode: f.Address.PostalCode, CountryCode: f.Address.CountryCode, Lat: f.Location.Lat, Lng: f.Location.Lng, PublicLat: near.Lat,
		PublicLng: near.Lng, Timezone: zone, CheckInFrom: f.CheckInFrom, CheckOutUntil: f.CheckOutUntil,
		CancellationPolicy: f.CancellationPolicy, BookingMode: f.BookingMode, Now: s.now(),
	})
	if err == nil && n == 0 {
		return stale()
	}
	return err
}
