package media

import (
	"context"
	"errors"
	"time"

	"github.com/google/uuid"
	"github.com/jackc/pgx/v5"

	"github.com/rentora/rentora/server/errs"
	"github.com/rentora/rentora/server/idempotency"
	"github.com/rentora/rentora/server/identity"
	"github.com/rentora/rentora/server/media/internal/query"
	"github.com/rentora/rentora/server/postgres"
)

// Somebody may have this many uploads open at once; one counts for a day.
const (
	maxPending    = 200
	pendingWindow = 24 * time.Hour
)

// NewUpload is what somebody wants to upload.
type NewUpload struct {
	ContentType string // image/jpeg, image/png, image/webp
	SizeBytes   int64  // exact
}

// Presigned is an upload with the request that brings its bytes: Method URL with exactly Headers, once, until ExpiresAt.
type Presigned struct {
	Upload    Upload
	URL       string
	Method    string
	Headers   map[string]string
	ExpiresAt time.Time
}

// Create opens an upload. A repeated key gives the same upload with a fresh signature, or Conflict when it was swept meanwhile.
func (s *Service) Create(ctx context.Context, actor identity.Actor, n NewUpload, key idempotency.Key) (Presigned, error) {
	if err := n.validate(); err != nil {
		return Presigned{}, err
	}
	var row query.Upload
	err := postgres.Tx(ctx, s.pool, func(tx pgx.Tx) error {
		id, _, err := idempotency.Once(ctx, tx, key, func() (uuid.UUID, error) { return s.insert(ctx, tx, actor, n) })
		if err != nil {
			return err
		}
		row, err = query.New(tx).GetUpload(ctx, id)
		if errors.Is(err, pgx.ErrNoRows) { // the key is remembered longer than an upload that nobody completed
			return errs.E(errs.Conflict, "That upload has expired. Begin a new one with a new Idempotency-Key.").Coded("upload_expired")
		}
		return err
	})
	if err != nil {
		return Presigned{}, err
	}
	u, err := uploadOf(row)
	if err != nil {
		return Presigned{}, err
	}
	return s.store.presign(ctx, u, s.now())
}

func (n NewUpload) validate() error {
	var f errs.Fields
	_, readable := codecs[n.ContentType]
	f.Check(readable, "content_type", "enum", "Content type must be image/jpeg, image/png or image/webp.")
	f.Check(n.SizeBytes >= 1 && n.SizeBytes <= MaxBytes, "size_bytes", "range", "Size must be between 1 byte and 25 MiB.")
	return f.Err()
}

func (s *Service) insert(ctx context.Context, tx pgx.Tx, actor identity.Actor, n NewUpload) (uuid.UUID, error) {
	q, now := query.New(tx), s.now()
	open, err := q.CountPending(ctx, query.CountPendingParams{OwnerID: actor.ID, CreatedAt: now.Add(-pendingWindow)})
	if err != nil {
		return uuid.Nil, err
	}
	if open >= maxPending {
		return uuid.Nil, errs.Ef(errs.TooMany, "At most %d uploads may be open at once. Complete some of them, or wait a day.", maxPending).
			Coded("too_many_uploads").After(time.Hour)
	}
	id, err := uuid.NewV7()
	if err != nil {
		return uuid.Nil, err
	}
	return id, q.InsertUpload(ctx, query.InsertUploadParams{ID: id, OwnerID: actor.ID, ContentType: n.ContentType, SizeBytes: n.SizeBytes,
		ObjectKey: "originals/" + id.String(), Now: now})
}
