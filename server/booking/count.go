package booking

import (
	"context"

	"github.com/rentora/rentora/server/postgres"
)

// CountByStatus tells how many bookings are in each status; a status without any is left out. It reads the
// index of the statuses, and of the table only what changed since the last vacuum.
func (s *Service) CountByStatus(ctx context.Context) (map[string]int64, error) {
	rows, err := s.query().CountByStatus(ctx)
	counts := make(map[string]int64, len(rows))
	for _, row := range rows {
		counts[row.Status] = row.N
	}
	return counts, postgres.Translate(err)
}
