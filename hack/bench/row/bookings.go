package row

import (
	"context"
	"net/http"

	"github.com/rentora/rentora/hack/bench/contest"
	"github.com/rentora/rentora/hack/bench/load"
	"github.com/rentora/rentora/hack/bench/report"
	"github.com/rentora/rentora/hack/bench/stand"
)

// bookings asks for the newest page of a guest's own.
func bookings(ctx context.Context, b *Bench) ([]report.Line, error) {
	api, err := b.API(ctx, "api")
	if err != nil {
		return nil, err
	}
	defer api.Stop()
	out, err := b.contest(ctx,
		contest.Side{Name: "API", Measure: b.asking(api, ownBookings(b.Stand))},
		contest.Side{Name: "pgbench, one query", Measure: b.querying("bookings.sql")})
	if err != nil {
		return nil, err
	}
	return []report.Line{report.Against("own bookings, pgbench", out[0], out[1], 0.90)}, nil
}

// ownBookings asks as each guest of the first half, who make none while others are measured.
func ownBookings(s *stand.Stand) []load.Request {
	guests := s.Guests(0, stand.Accounts/2)
	requests := make([]load.Request, len(guests))
	for i, guest := range guests {
		requests[i] = load.Get("/api/v1/bookings", guest.Token, http.StatusOK)
	}
	return requests
}
