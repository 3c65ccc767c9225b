package media

import (
	"context"
	"errors"

	"github.com/google/uuid"
	"github.com/jackc/pgx/v5"

	"github.com/rentora/rentora/server/errs"
	"github.com/rentora/rentora/server/events"
	"github.com/rentora/rentora/server/identity"
	"github.com/rentora/rentora/server/media/internal/query"
	"github.com/rentora/rentora/server/postgres"
)

// Complete says that the bytes are there, by the owner. Once an upload is past pending, calling it again changes nothing.
func (s *Service) Complete(ctx context.Context, actor identity.Actor, id uuid.UUID) (Upload, error) {
	u, err := s.Get(ctx, actor, id)
	switch {
	case err != nil:
		return Upload{}, err
	case u.OwnerID != actor.ID:
		return Upload{}, errs.E(errs.Forbidden, "Only its owner may complete an upload.")
	case u.Status != Pending:
		return u, nil
	}
	if err := s.arrived(ctx, u); err != nil {
		return Upload{}, err
	}
	return s.start(ctx, actor, id)
}

// arrived asks the storage whether all bytes are there, before any transaction.
func (s *Service) arrived(ctx context.Context, u Upload) error {
	size, err := s.store.size(ctx, u.objectKey)
	var absent *Failure
	switch {
	case errors.As(err, &absent):
		return errs.E(errs.Conflict, "The file has not been uploaded yet. PUT it to upload_url first.").Coded("not_uploaded")
	case err != nil:
		return err
	case size != u.SizeBytes:
		return errs.Ef(errs.Conflict, "The uploaded file has %d bytes instead of the announced %d.", size, u.SizeBytes).Coded("size_mismatch")
	}
	return nil
}

func (s *Service) start(ctx context.Context, actor identity.Actor, id uuid.UUID) (Upload, error) {
	var row query.Upload
	err := postgres.Tx(ctx, s.pool, func(tx pgx.Tx) (err error) {
		row, err = query.New(tx).StartProcessing(ctx, query.StartProcessingParams{ID: id, Now: s.now()})
		if err != nil {
			return err
		}
		return events.Append(ctx, tx, UploadCompleted{UploadID: id})
	})
	if errors.Is(err, pgx.ErrNoRows) { // another call completed it meanwhile
		return s.Get(ctx, actor, id)
	}
	if err != nil {
		return Upload{}, err
	}
	return uploadOf(row)
}
