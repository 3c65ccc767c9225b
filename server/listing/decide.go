package listing

import (
	"context"
	"errors"
	"maps"

	"github.com/google/uuid"
	"github.com/jackc/pgx/v5"

	"github.com/rentora/rentora/server/audit"
	"github.com/rentora/rentora/server/errs"
	"github.com/rentora/rentora/server/events"
	"github.com/rentora/rentora/server/identity"
	"github.com/rentora/rentora/server/listing/internal/query"
)

// apply makes a revision what the listing says, wholly or not at all.
func (s *Service) apply(ctx context.Context, tx pgx.Tx, actor identity.Actor, l Listing, r Revision, more map[string]any) error {
	f := r.Change.on(l.Facts)
	if err := f.validate(); err != nil {
		return outdated(err)
	}
	if err := s.save(ctx, tx, l, f); err != nil {
		return err
	}
	if err := applyPhotos(ctx, tx, l, r.Change); err != nil {
		return err
	}
	if err := s.fits(ctx, tx, l.ID, r.Change); err != nil {
		return err
	}
	if err := s.closeRevision(ctx, tx, r, RevisionApplied, Rejection{}, &actor.ID); err != nil {
		return err
	}
	if err := recordRevision(ctx, tx, actor, "listing.revision.approve", l, more); err != nil {
		return err
	}
	return events.Append(ctx, tx, Changed{ListingID: l.ID}, RevisionApproved{ListingID: l.ID, RevisionID: r.ID, HostID: l.Host.ID})
}

func applyPhotos(ctx context.Context, tx pgx.Tx, l Listing, c Proposal) error {
	if c.Photos == nil {
		return nil
	}
	q := query.New(tx)
	if err := checkPhotos(ctx, q, l.Host.ID, *c.Photos); err != nil {
		return outdated(err)
	}
	return replacePhotos(ctx, q, l.ID, *c.Photos)
}

// fits asks of the listing as it is with the change what is asked of one that is handed in, other rooms' rules too.
func (s *Service) fits(ctx context.Context, tx pgx.Tx, id uuid.UUID, c Proposal) error {
	l, err := read(ctx, tx, id)
	if err != nil {
		return err
	}
	missing := c.lacks(l.Facts, l.readyPhotos())
	for _, require := range s.requirements {
		more, err := require(ctx, tx, id)
		if err != nil {
			return err
		}
		missing = append(missing, more...)
	}
	return outdated(notReady(missing))
}

// outdated makes of broken rules a Conflict: the revision kept them when it was written.
func outdated(err error) error {
	var broken *errs.Error
	if !errs.Is(err, errs.Invalid) || !errors.As(err, &broken) {
		return err
	}
	e := errs.E(errs.Conflict, "The change does not fit any more and cannot be approved. "+broken.Message).Coded("revision_invalid")
	e.Fields = broken.Fields
	return e
}

// refuse sends a revision back; the listing stays as it was approved.
func (s *Service) refuse(ctx context.Context, tx pgx.Tx, actor identity.Actor, l Listing, r Revision, why Rejection) error {
	if err := bump(ctx, tx, l); err != nil {
		return err
	}
	if err := s.closeRevision(ctx, tx, r, RevisionRefused, why, &actor.ID); err != nil {
		return err
	}
	more := map[string]any{"reason": why.Reason, "notes": why.Notes}
	if err := recordRevision(ctx, tx, actor, "listing.revision.reject", l, more); err != nil {
		return err
	}
	return events.Append(ctx, tx, RevisionRejected{ListingID: l.ID, RevisionID: r.ID, HostID: l.Host.ID})
}

// recordRevision writes what an admin decided into the audit log: which revision and fields. Their values stay with the revision.
func recordRevision(ctx context.Context, tx pgx.Tx, actor identity.Actor, action string, l Listing, more map[string]any) error {
	fields := []string{}
	for _, d := range l.Diff() {
		fields = append(fields, d.Field)
	}
	diff := map[string]any{"revision_id": l.Revision.ID, "fields": fields}
	maps.Copy(diff, more)
	return audit.Append(ctx, tx, audit.Entry{
		ActorID: &actor.ID, ActorRole: string(actor.Role), Action: action, TargetType: "listing", TargetID: &l.ID,
		Diff: diff, Address: actor.Address,
	})
}
