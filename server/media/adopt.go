package media

import (
	"context"
	"time"

	"github.com/google/uuid"
	"github.com/jackc/pgx/v5"

	"github.com/rentora/rentora/server/media/internal/query"
	"github.com/rentora/rentora/server/postgres"
)

// Adoption is a copy of an upload for another owner.
type Adoption struct{ ID, OwnerID, SourceID uuid.UUID }

// Adopt makes copies that share the objects of ready uploads, in one statement of tx, for seeding. It tells how many it
// made: a copy that is there already stays as it is, and of an upload that is not ready none is made.
func (s *Service) Adopt(ctx context.Context, tx pgx.Tx, at time.Time, copies []Adoption) (int, error) {
	p := query.AdoptUploadsParams{Now: at}
	for _, c := range copies {
		p.Ids, p.OwnerIds, p.SourceIds = append(p.Ids, c.ID), append(p.OwnerIds, c.OwnerID), append(p.SourceIds, c.SourceID)
	}
	n, err := query.New(tx).AdoptUploads(ctx, p)
	return int(n), postgres.Translate(err)
}

// StatusOf tells how far an upload is; one that does not exist is NotFound.
func (s *Service) StatusOf(ctx context.Context, id uuid.UUID) (Status, error) {
	row, err := query.New(s.pool).GetUpload(ctx, id)
	if err != nil {
		return "", found(err)
	}
	return Status(row.Status), nil
}
