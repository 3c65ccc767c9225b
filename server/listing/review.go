package listing

import (
	"context"
	"encoding/json"
	"fmt"
	"strings"
	"unicode/utf8"

	"github.com/google/uuid"
	"github.com/jackc/pgx/v5"

	"github.com/rentora/rentora/server/errs"
	"github.com/rentora/rentora/server/events"
	"github.com/rentora/rentora/server/identity"
	"github.com/rentora/rentora/server/listing/internal/query"
)

// Rejection says why a listing goes back to its host.
type Rejection struct {
	Reason string // incomplete, misleading, photos, location, duplicate, prohibited, other
	Notes  []Note
}

// Approve publishes a pending listing, or applies the revision that waits of a live or paused one; the note goes into the
// audit log. The version is the one that the admin has looked at; if there is another by now it is Stale. For admins.
func (s *Service) Approve(ctx context.Context, actor identity.Actor, id uuid.UUID, version int64, note string) (Listing, error) {
	if err := verifier(actor); err != nil {
		return Listing{}, err
	}
	if err := WarmZones(); err != nil { // not while a transaction waits
		return Listing{}, err
	}
	more := map[string]any{}
	if note = strings.TrimSpace(note); note != "" {
		more["note"] = note
	}
	return s.transition(ctx, id, func(tx pgx.Tx, l Listing) error {
		if err := decidable(l, version, "approved"); err != nil {
			return err
		}
		if r := l.open(); r != nil {
			return s.apply(ctx, tx, actor, l, *r, more)
		}
		n, err := query.New(tx).MarkApproved(ctx, query.MarkApprovedParams{ID: id, Version: l.Version, Reviewer: &actor.ID, Now: new(s.now())})
		if err != nil {
			return err
		}
		if n == 0 {
			return overtaken(ctx, tx, id, "approved")
		}
		if err := record(ctx, tx, actor, "listing.approve", l, StatusLive, more); err != nil {
			return err
		}
		return events.Append(ctx, tx, Approved{ListingID: id, HostID: l.Host.ID})
	})
}

// Reject sends a pending listing, or the revision that waits of a live or paused one, back to its host with a reason and
// notes on its fields; an approved version stays as it is. Versions are those of Approve. For admins.
func (s *Service) Reject(ctx context.Context, actor identity.Actor, id uuid.UUID, version int64, why Rejection) (Listing, error) {
	if err := verifier(actor); err != nil {
		return Listing{}, err
	}
	why = why.clean()
	if err := why.validate(); err != nil {
		return Listing{}, err
	}
	notes, err := json.Marshal(why.Notes)
	if err != nil {
		return Listing{}, fmt.Errorf("listing: notes: %w", err)
	}
	return s.transition(ctx, id, func(tx pgx.Tx, l Listing) error {
		if err := decidable(l, version, "rejected"); err != nil {
			return err
		}
		if r := l.open(); r != nil {
			return s.refuse(ctx, tx, actor, l, *r, why)
		}
		n, err := query.New(tx).MarkRejected(ctx, query.MarkRejectedParams{ID: id, Version: l.Version, Reason: why.Reason, Notes: notes, Reviewer: &actor.ID, Now: s.now()})
		if err != nil {
			return err
		}
		if n == 0 {
			return overtaken(ctx, tx, id, "rejected")
		}
		more := map[string]any{"reason": why.Reason, "notes": why.Notes}
		if err := record(ctx, tx, actor, "listing.reject", l, StatusRejected, more); err != nil {
			return err
		}
		return events.Append(ctx, tx, Rejected{ListingID: id, HostID: l.Host.ID})
	})
}

// decidable refuses a decision where nothing waits, and one on something else than the admin has seen.
func decidable(l Listing, version int64, done string) error {
	switch {
	case version == 0:
		return errs.InvalidField("If-Match", "required", "If-Match must name the version of the listing that you decide on: send the ETag of getListing.")
	case version != l.Version: // what was looked at comes before what may be done with it (RFC 9110, section 13.2.1)
		return stale()
	case l.open() == nil && l.Status != StatusPending:
		return wrongState(l.Status, done)
	}
	return nil
}

func (r Rejection) clean() Rejection {
	notes := make([]Note, len(r.Notes))
	for i, n := range r.Notes {
		notes[i] = Note{Field: n.Field, Note: strings.TrimSpace(n.Note)}
	}
	r.Notes = notes
	return r
}

func (r Rejection) validate() error {
	var broken errs.Fields
	broken.Check(r.Reason != "", "reason", "required", "reason must be given.")
	broken.Check(len(r.Notes) <= 20, "notes", "max", "notes must be at most 20.")
	for i, n := range r.Notes {
		if l := utf8.RuneCountInString(n.Note); l < 1 || l > 500 {
			broken.Addf(fmt.Sprintf("notes[%d].note", i), "length", "notes[%d].note must have between 1 and 500 characters.", i)
		}
	}
	return broken.Err()
}
