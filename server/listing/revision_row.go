package listing

import (
	"context"
	"encoding/json"
	"fmt"

	"github.com/google/uuid"

	"github.com/rentora/rentora/server/listing/internal/query"
	"github.com/rentora/rentora/server/media"
)

// readWhole is read with the listing's revision, for those who may know of it.
func readWhole(ctx context.Context, db query.DBTX, id uuid.UUID) (Listing, error) {
	l, err := read(ctx, db, id)
	if err != nil {
		return Listing{}, err
	}
	whole := []Listing{l}
	err = attachRevisions(ctx, db, whole)
	return whole[0], err
}

// attachRevisions gives those of the listings that were approved their newest revision, if it waits or was rejected, in
// two queries at most.
func attachRevisions(ctx context.Context, db query.DBTX, list []Listing) error {
	at := map[uuid.UUID]*Listing{}
	var ids []uuid.UUID
	for i := range list {
		if list[i].approved() {
			at[list[i].ID] = &list[i]
			ids = append(ids, list[i].ID)
		}
	}
	if len(ids) == 0 {
		return nil
	}
	rows, err := query.New(db).Revisions(ctx, ids)
	if err != nil {
		return err
	}
	for _, row := range rows {
		r, err := revisionOf(row)
		if err != nil {
			return fmt.Errorf("revision %s: %w", row.ID, err)
		}
		if r.Status == RevisionOpen || r.Status == RevisionRefused {
			at[row.ListingID].Revision = &r
		}
	}
	return attachPhotos(ctx, db, list)
}

func revisionOf(row query.RevisionsRow) (Revision, error) {
	r := Revision{ID: row.ID, Status: RevisionStatus(row.Status), Version: row.Version, SubmittedAt: row.SubmittedAt.UTC(), Reason: row.Reason}
	if err := json.Unmarshal(row.Fields, &r.Change); err != nil {
		return Revision{}, fmt.Errorf("fields: %w", err)
	}
	if err := json.Unmarshal(row.Notes, &r.Notes); err != nil {
		return Revision{}, fmt.Errorf("notes: %w", err)
	}
	return r, nil
}

// attachPhotos tells of the photos that revisions name what their uploads are.
func attachPhotos(ctx context.Context, db query.DBTX, list []Listing) error {
	var ids []uuid.UUID
	for _, l := range list {
		if l.Revision != nil && l.Revision.Change.Photos != nil {
			ids = append(ids, uploadIDs(*l.Revision.Change.Photos)...)
		}
	}
	if len(ids) == 0 {
		return nil
	}
	uploads, err := photoUploads(ctx, db, ids)
	if err != nil {
		return err
	}
	for _, l := range list {
		if l.Revision == nil || l.Revision.Change.Photos == nil {
			continue
		}
		for _, p := range *l.Revision.Change.Photos {
			photo := uploads[p.UploadID] // one that is gone stays bare; approval refuses it
			photo.UploadID, photo.Caption, photo.AltText = p.UploadID, p.Caption, p.AltText
			l.Revision.Photos = append(l.Revision.Photos, photo)
		}
	}
	return nil
}

func photoUploads(ctx context.Context, db query.DBTX, ids []uuid.UUID) (map[uuid.UUID]Photo, error) {
	rows, err := query.New(db).PhotoUploads(ctx, ids)
	if err != nil {
		return nil, err
	}
	out := make(map[uuid.UUID]Photo, len(rows))
	for _, r := range rows {
		variants, err := media.DecodeVariants(r.Variants)
		if err != nil {
			return nil, err
		}
		out[r.ID] = Photo{Ready: r.Status == "ready", Width: int(r.Width), Height: int(r.Height), Blurhash: r.Blurhash, Variants: variants}
	}
	return out, nil
}
