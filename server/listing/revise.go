package listing

import (
	"context"
	"encoding/json"
	"fmt"
	"reflect"

	"github.com/google/uuid"
	"github.com/jackc/pgx/v5"

	"github.com/rentora/rentora/server/errs"
	"github.com/rentora/rentora/server/events"
	"github.com/rentora/rentora/server/identity"
	"github.com/rentora/rentora/server/listing/internal/query"
)

// revise makes an approved listing what its host wants: what needs no review at once, the rest through its revision.
// Whatever is written, the listing's own version grows first, so that of edits and decisions at once only one wins.
func (s *Service) revise(ctx context.Context, tx pgx.Tx, l Listing, f Facts, photos []PhotoInput) error {
	change, now := changeOf(l, f, photos), atOnce(l.Facts, f)
	applies, waits := !reflect.DeepEqual(now, l.Facts), !reflect.DeepEqual(change, openChange(l))
	if !applies && !waits {
		return nil
	}
	if applies {
		if err := s.save(ctx, tx, l, now); err != nil {
			return err
		}
		if err := events.Append(ctx, tx, Changed{ListingID: l.ID}); err != nil {
			return err
		}
	} else if err := bump(ctx, tx, l); err != nil {
		return err
	}
	if !waits {
		return nil
	}
	return s.writeRevision(ctx, tx, l, change)
}

func openChange(l Listing) Proposal {
	if r := l.open(); r != nil {
		return r.Change
	}
	return Proposal{}
}

// bump makes another version of a listing whose own row says the same as before.
func bump(ctx context.Context, tx pgx.Tx, l Listing) error {
	n, err := query.New(tx).Bump(ctx, query.BumpParams{ID: l.ID, Version: l.Version})
	if err == nil && n == 0 {
		return stale()
	}
	return err
}

func (s *Service) writeRevision(ctx context.Context, tx pgx.Tx, l Listing, change Proposal) error {
	r := l.open()
	if r != nil && change.empty() {
		return s.closeRevision(ctx, tx, *r, RevisionWithdrawn, Rejection{}, nil)
	}
	if err := notReady(change.lacks(l.Facts, countPhotos(change))); err != nil {
		return err
	}
	fields, err := json.Marshal(change)
	if err != nil {
		return fmt.Errorf("listing: revision: %w", err)
	}
	if r == nil {
		return s.openRevision(ctx, tx, l, fields)
	}
	n, err := query.New(tx).RewriteRevision(ctx, query.RewriteRevisionParams{ID: r.ID, Version: r.Version, BaseVersion: l.Version, Fields: fields, Now: s.now()})
	if err == nil && n == 0 {
		return stale()
	}
	return err
}

// countPhotos counts those that are still being processed too: they will be ready when an admin looks, or are refused.
func countPhotos(change Proposal) int {
	if change.Photos == nil {
		return 0
	}
	return len(*change.Photos)
}

func (s *Service) openRevision(ctx context.Context, tx pgx.Tx, l Listing, fields []byte) error {
	id, err := uuid.NewV7()
	if err != nil {
		return fmt.Errorf("listing: id: %w", err)
	}
	err = query.New(tx).OpenRevision(ctx, query.OpenRevisionParams{ID: id, ListingID: l.ID, BaseVersion: l.Version, Fields: fields, Now: s.now()})
	if err != nil {
		return err
	}
	return events.Append(ctx, tx, RevisionSubmitted{ListingID: l.ID, RevisionID: id, HostID: l.Host.ID})
}

// closeRevision ends an open revision; by is the admin who decided, nil when it was the host.
func (s *Service) closeRevision(ctx context.Context, tx pgx.Tx, r Revision, to RevisionStatus, why Rejection, by *uuid.UUID) error {
	notes, err := json.Marshal(why.clean().Notes)
	if err != nil {
		return fmt.Errorf("listing: notes: %w", err)
	}
	n, err := query.New(tx).CloseRevision(ctx, query.CloseRevisionParams{
		ID: r.ID, Version: r.Version, Status: string(to), Reason: why.Reason, Notes: notes, DecidedBy: by, Now: new(s.now()),
	})
	if err == nil && n == 0 {
		return stale()
	}
	return err
}

// Withdraw takes back what waits for review of the version that the caller has read; the listing stays as it was approved.
func (s *Service) Withdraw(ctx context.Context, actor identity.Actor, id uuid.UUID, version int64) (Listing, error) {
	return s.edit(ctx, actor, id, version, func(ctx context.Context, tx pgx.Tx, l Listing) error {
		// Before the change is looked for: a verdict that came between the reading of the listing and of its change makes this stale.
		if err := bump(ctx, tx, l); err != nil {
			return err
		}
		r := l.open()
		if r == nil {
			return errs.E(errs.NotFound, "No change of this listing waits for review.").Coded("no_revision")
		}
		return s.closeRevision(ctx, tx, *r, RevisionWithdrawn, Rejection{}, nil)
	})
}
