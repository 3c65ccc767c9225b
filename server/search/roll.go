package search

import (
	"context"
	"time"

	"github.com/google/uuid"

	"github.com/rentora/rentora/server/calendar"
	"github.com/rentora/rentora/server/postgres"
	"github.com/rentora/rentora/server/search/internal/query"
)

// Roller indexes each listing when a new day begins at its place. With the day the nights move that a stay may have: what
// was beyond the horizon comes in, what is inside of the notice goes out. It is not safe for concurrent use.
type Roller struct {
	search *Service
	since  time.Time // days that began before it are done
	until  time.Time // days up to it are being done; zero: none are
	after  uuid.UUID // the last listing that is done of them
}

// Roller begins with every listing, as if nobody had rolled them today: the drift of the index ends there too.
func (s *Service) Roller() *Roller { return &Roller{search: s, since: s.now().Add(-24 * time.Hour)} }

// Run does what is due. The scheduler calls it every minute; when ctx ends it too soon, the next Run goes on from there.
func (r *Roller) Run(ctx context.Context) error {
	if r.until.IsZero() {
		r.until, r.after = r.search.now(), uuid.Nil
	}
	all, err := r.search.queries.Zones(ctx)
	if err != nil {
		return postgres.Translate(err)
	}
	if zones := turned(all, r.since, r.until); len(zones) > 0 {
		if err := r.roll(ctx, zones); err != nil {
			return err
		}
	}
	r.since, r.until = r.until, time.Time{}
	return nil
}

func (r *Roller) roll(ctx context.Context, zones []string) error {
	return r.search.each(ctx, &r.after, r.search.kept, func(ctx context.Context, after uuid.UUID) ([]uuid.UUID, error) {
		return r.search.queries.IDsInZones(ctx, query.IDsInZonesParams{Zones: zones, After: after, N: reindexBatch})
	}, func(int) {})
}

// turned gives the zones that show another date now than then. One that nobody knows has no documents either.
func turned(zones []string, then, now time.Time) []string {
	var out []string
	for _, zone := range zones {
		before, err := calendar.Today(then, zone)
		if err != nil {
			continue
		}
		if today, _ := calendar.Today(now, zone); today != before {
			out = append(out, zone)
		}
	}
	return out
}
