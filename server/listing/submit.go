package listing

import (
	"context"
	"fmt"
	"unicode/utf8"

	"github.com/google/uuid"
	"github.com/jackc/pgx/v5"

	"github.com/rentora/rentora/server/errs"
	"github.com/rentora/rentora/server/events"
	"github.com/rentora/rentora/server/identity"
	"github.com/rentora/rentora/server/listing/internal/query"
)

// What a listing has before it is handed in.
const (
	leastTitle       = 10
	leastDescription = 80
	leastPhotos      = 5
)

// Submit hands a draft or rejected listing in for verification. What it still lacks is answered at once: an Invalid
// error with the code not_ready_for_review and a field error for each lack.
func (s *Service) Submit(ctx context.Context, actor identity.Actor, id uuid.UUID) (Listing, error) {
	return s.transition(ctx, id, func(tx pgx.Tx, l Listing) error {
		if err := author(actor, l.Host.ID, l.Status); err != nil {
			return err
		}
		if l.Status != StatusDraft && l.Status != StatusRejected {
			return wrongState(l.Status, "handed in")
		}
		if err := s.ready(ctx, tx, l); err != nil {
			return err
		}
		n, err := query.New(tx).MarkSubmitted(ctx, query.MarkSubmittedParams{ID: id, Version: l.Version, Now: new(s.now())})
		if err != nil {
			return err
		}
		if n == 0 { // it was edited, or handed in, since it was read
			return errs.E(errs.Conflict, "The listing changed while it was handed in. Look at it and hand it in again.").Coded("wrong_state")
		}
		return events.Append(ctx, tx, Submitted{ListingID: id, HostID: l.Host.ID})
	})
}

// ready collects every lack, the other rooms' too.
func (s *Service) ready(ctx context.Context, tx pgx.Tx, l Listing) error {
	missing := l.lacks()
	for _, require := range s.requirements {
		more, err := require(ctx, tx, l.ID)
		if err != nil {
			return err
		}
		missing = append(missing, more...)
	}
	return notReady(missing)
}

func notReady(lacks []errs.Field) error {
	if len(lacks) == 0 {
		return nil
	}
	e := errs.Ef(errs.Invalid, "The listing is not ready for review: %d things are missing.", len(lacks)).Coded("not_ready_for_review")
	if len(lacks) == 1 {
		e.Message = "The listing is not ready for review. " + lacks[0].Message
	}
	e.Fields = lacks
	return e
}

func (l Listing) lacks() []errs.Field { return lacks(l.Facts, l.readyPhotos()) }

func (l Listing) readyPhotos() (n int) {
	for _, p := range l.Photos {
		if p.Ready {
			n++
		}
	}
	return n
}

func lacks(f Facts, photos int) []errs.Field {
	var out []errs.Field
	atLeast := func(n, least int, field, format string) {
		if n < least {
			out = append(out, errs.Field{Field: field, Rule: "min", Message: fmt.Sprintf(format, least, n)})
		}
	}
	atLeast(utf8.RuneCountInString(f.Title), leastTitle, "title", "title must have at least %d characters; it has %d.")
	atLeast(utf8.RuneCountInString(f.Description), leastDescription, "description", "description must have at least %d characters; it has %d.")
	atLeast(photos, leastPhotos, "photos", "photos must be at least %d that are ready; there are %d.")
	return out
}
