package listing

import (
	"context"

	"github.com/google/uuid"

	"github.com/rentora/rentora/server/listing/internal/query"
	"github.com/rentora/rentora/server/postgres"
)

// LiveOf gives the ids of a host's live listings; a host has a bounded number.
func (s *Service) LiveOf(ctx context.Context, hostID uuid.UUID) ([]uuid.UUID, error) {
	ids, err := query.New(s.pool).LiveOf(ctx, hostID)
	return ids, postgres.Translate(err)
}

// CountByStatus tells how many listings are in each status; a status without any is left out. It reads the
// index of the statuses, and of the table only what changed since the last vacuum.
func (s *Service) CountByStatus(ctx context.Context) (map[string]int64, error) {
	rows, err := query.New(s.pool).CountByStatus(ctx)
	counts := make(map[string]int64, len(rows))
	for _, row := range rows {
		counts[row.Status] = row.N
	}
	return counts, postgres.Translate(err)
}
