package listing

import (
	"context"
	"slices"

	"github.com/google/uuid"
	"github.com/jackc/pgx/v5"

	"github.com/rentora/rentora/server/audit"
	"github.com/rentora/rentora/server/errs"
	"github.com/rentora/rentora/server/events"
	"github.com/rentora/rentora/server/identity"
	"github.com/rentora/rentora/server/listing/internal/query"
	"github.com/rentora/rentora/server/postgres"
)

// step is one way through the life cycle that needs nothing but a state to come from.
type step struct {
	action string // of the audit log
	done   string // "paused": completes "cannot be …"
	from   []Status
	to     Status
	event  func(listing uuid.UUID) events.Event
}

var (
	pause = step{
		"listing.pause", "paused",
		[]Status{StatusLive}, StatusPaused, func(id uuid.UUID) events.Event { return Paused{ListingID: id} },
	}
	resume = step{
		"listing.resume", "resumed",
		[]Status{StatusPaused}, StatusLive, func(id uuid.UUID) events.Event { return Resumed{ListingID: id} },
	}
	archive = step{
		"listing.archive", "archived",
		[]Status{StatusDraft, StatusPending, StatusRejected, StatusLive, StatusPaused},
		StatusArchived, func(id uuid.UUID) events.Event { return Archived{ListingID: id} },
	}
)

// Pause takes a live listing out of the public's sight; bookings stand. For the host and admins.
func (s *Service) Pause(ctx context.Context, actor identity.Actor, id uuid.UUID) (Listing, error) {
	return s.walk(ctx, actor, id, pause)
}

// Resume makes a paused listing live again. For the host and admins.
func (s *Service) Resume(ctx context.Context, actor identity.Actor, id uuid.UUID) (Listing, error) {
	return s.walk(ctx, actor, id, resume)
}

// Archive retires a listing for good, from every other state; bookings stand. For the host and admins.
func (s *Service) Archive(ctx context.Context, actor identity.Actor, id uuid.UUID) (Listing, error) {
	return s.walk(ctx, actor, id, archive)
}

func (s *Service) walk(ctx context.Context, actor identity.Actor, id uuid.UUID, way step) (Listing, error) {
	return s.transition(ctx, id, func(tx pgx.Tx, l Listing) error {
		if err := Change(actor, l.Host.ID, l.Status); err != nil {
			return err
		}
		if !slices.Contains(way.from, l.Status) {
			return wrongState(l.Status, way.done)
		}
		n, err := query.New(tx).Move(ctx, query.MoveParams{ID: id, FromStatus: string(l.Status), ToStatus: string(way.to), Now: s.now()})
		if err != nil {
			return err
		}
		if n == 0 {
			return overtaken(ctx, tx, id, way.done)
		}
		if way.to == StatusArchived {
			if err := query.New(tx).SupersedeRevision(ctx, query.SupersedeRevisionParams{ListingID: id, Now: new(s.now())}); err != nil {
				return err
			}
		}
		if !owns(actor, l.Host.ID) {
			if err := record(ctx, tx, actor, way.action, l, way.to, nil); err != nil {
				return err
			}
		}
		return events.Append(ctx, tx, way.event(id))
	})
}

// transition reads the listing, lets take do the step in the same transaction, and gives the listing as it is then.
func (s *Service) transition(ctx context.Context, id uuid.UUID, take func(pgx.Tx, Listing) error) (Listing, error) {
	var after Listing
	err := postgres.Tx(ctx, s.pool, func(tx pgx.Tx) error {
		before, err := readWhole(ctx, tx, id)
		if err != nil {
			return err
		}
		if err := take(tx, before); err != nil {
			return err
		}
		after, err = readWhole(ctx, tx, id)
		return err
	})
	return after, err
}

// overtaken says in which state the listing is that another request has moved since it was read.
func overtaken(ctx context.Context, tx pgx.Tx, id uuid.UUID, done string) error {
	l, err := read(ctx, tx, id)
	if err != nil {
		return err
	}
	if l.Status == StatusPending && done != "archived" { // handed in anew meanwhile
		return stale()
	}
	return wrongState(l.Status, done)
}

func wrongState(now Status, done string) error {
	return errs.Ef(errs.Conflict, "The listing is %s and cannot be %s.", now, done).Coded("wrong_state").
		With(map[string]any{"status": string(now)})
}

// record writes what an admin did into the audit log.
func record(ctx context.Context, tx pgx.Tx, actor identity.Actor, action string, l Listing, to Status, more map[string]any) error {
	diff := map[string]any{"status": map[string]any{"from": string(l.Status), "to": string(to)}}
	for k, v := range more {
		diff[k] = v
	}
	return audit.Append(ctx, tx, audit.Entry{
		ActorID: &actor.ID, ActorRole: string(actor.Role), Action: action, TargetType: "listing", TargetID: &l.ID,
		Diff: diff, Address: actor.Address,
	})
}
