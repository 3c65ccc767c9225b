package media

import (
	"context"

	"github.com/google/uuid"

	"github.com/rentora/rentora/server/errs"
	"github.com/rentora/rentora/server/media/internal/query"
	"github.com/rentora/rentora/server/postgres"
)

// Adopt gives each owner a ready upload of their own that shares the objects of an existing one, for seeding. The ids
// are in the order of owners.
func (s *Service) Adopt(ctx context.Context, uploadID uuid.UUID, owners []uuid.UUID) ([]uuid.UUID, error) {
	ids := make([]uuid.UUID, len(owners))
	for i := range ids {
		id, err := uuid.NewV7()
		if err != nil {
			return nil, err
		}
		ids[i] = id
	}
	n, err := query.New(s.pool).AdoptUpload(ctx, query.AdoptUploadParams{Ids: ids, OwnerIds: owners, SourceID: uploadID, Now: s.now()})
	if err != nil {
		return nil, postgres.Translate(err)
	}
	if int(n) != len(owners) {
		return nil, errs.E(errs.Conflict, "Only a ready upload can be adopted.")
	}
	return ids, nil
}
