package listing

import (
	"context"
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

// PhotoInput puts an upload into a listing.
type PhotoInput struct {
	UploadID uuid.UUID `json:"upload_id"`
	Caption  string    `json:"caption"`
	AltText  string    `json:"alt_text"`
}

const maxPhotos = 50

// SetPhotos makes the photos of a listing those given, in their order. The uploads are the host's own and at least
// completed. Rules of versions and states are those of Update, for what guests rely on.
func (s *Service) SetPhotos(ctx context.Context, actor identity.Actor, id uuid.UUID, version int64, photos []PhotoInput) (Listing, error) {
	return s.edit(ctx, actor, id, version, func(ctx context.Context, tx pgx.Tx, l Listing) error {
		q := query.New(tx)
		if err := checkPhotos(ctx, q, l.Host.ID, photos); err != nil {
			return err
		}
		if l.approved() {
			return s.revise(ctx, tx, l, l.wanted().Facts, trimmed(photos))
		}
		n, err := q.Touch(ctx, query.TouchParams{ID: id, Version: version, Now: s.now()})
		if err != nil {
			return err
		}
		if n == 0 {
			return stale()
		}
		if err := replacePhotos(ctx, q, id, photos); err != nil {
			return err
		}
		return events.Append(ctx, tx, Changed{ListingID: id})
	})
}

func replacePhotos(ctx context.Context, q *query.Queries, id uuid.UUID, photos []PhotoInput) error {
	if err := q.ClearPhotos(ctx, id); err != nil {
		return err
	}
	p := query.InsertPhotosParams{ListingID: id, UploadIds: uploadIDs(photos)}
	for i, photo := range trimmed(photos) {
		p.Positions = append(p.Positions, int32(i))
		p.Captions = append(p.Captions, photo.Caption)
		p.AltTexts = append(p.AltTexts, photo.AltText)
	}
	return q.InsertPhotos(ctx, p)
}

func checkPhotos(ctx context.Context, q *query.Queries, host uuid.UUID, photos []PhotoInput) error {
	if len(photos) > maxPhotos {
		return errs.InvalidField("photos", "max", fmt.Sprintf("photos must be at most %d.", maxPhotos))
	}
	rows, err := q.UploadStates(ctx, query.UploadStatesParams{Ids: uploadIDs(photos), OwnerID: host})
	if err != nil {
		return err
	}
	states := map[uuid.UUID]string{}
	for _, r := range rows {
		states[r.ID] = r.Status
	}
	var broken errs.Fields
	seen := map[uuid.UUID]bool{}
	for i, p := range photos {
		checkPhoto(p, fmt.Sprintf("photos[%d]", i), states[p.UploadID], seen[p.UploadID], &broken)
		seen[p.UploadID] = true
	}
	return broken.Err()
}

func checkPhoto(p PhotoInput, at, state string, repeated bool, broken *errs.Fields) {
	field := at + ".upload_id"
	switch {
	case repeated:
		broken.Addf(field, "unique", "%s names an upload that stands earlier in the list.", field)
	case state == "":
		broken.Addf(field, "not_found", "%s is not one of your uploads.", field)
	case state == "failed":
		broken.Addf(field, "failed", "%s is an upload that could not be processed; upload the photo again.", field)
	case state == "pending":
		broken.Addf(field, "pending", "%s is an upload that is not completed yet.", field)
	}
	if utf8.RuneCountInString(strings.TrimSpace(p.Caption)) > 200 {
		broken.Addf(at+".caption", "max", "%s.caption must have at most 200 characters.", at)
	}
	if utf8.RuneCountInString(strings.TrimSpace(p.AltText)) > 300 {
		broken.Addf(at+".alt_text", "max", "%s.alt_text must have at most 300 characters.", at)
	}
}

func trimmed(photos []PhotoInput) []PhotoInput {
	out := make([]PhotoInput, len(photos))
	for i, p := range photos {
		out[i] = PhotoInput{UploadID: p.UploadID, Caption: strings.TrimSpace(p.Caption), AltText: strings.TrimSpace(p.AltText)}
	}
	return out
}

func uploadIDs(photos []PhotoInput) []uuid.UUID {
	ids := make([]uuid.UUID, len(photos))
	for i, p := range photos {
		ids[i] = p.UploadID
	}
	return ids
}
