package row

import (
	"context"
	"net/http"

	"github.com/rentora/rentora/hack/bench/contest"
	"github.com/rentora/rentora/hack/bench/load"
	"github.com/rentora/rentora/hack/bench/report"
	"github.com/rentora/rentora/hack/bench/stand"
)

// detail asks for listings that no cache knows.
func detail(ctx context.Context, b *Bench) ([]report.Line, error) {
	api, err := b.API(ctx, "api", uncached...)
	if err != nil {
		return nil, err
	}
	defer api.Stop()
	out, err := b.contest(ctx,
		contest.Side{Name: "API, no cache", Measure: b.asking(api, details())},
		contest.Side{Name: "pgbench, one query", Measure: b.querying("detail.sql")})
	if err != nil {
		return nil, err
	}
	return []report.Line{report.Against("detail uncached, pgbench", out[0], out[1], 0.70)}, nil
}

// details asks for every listing of the benchmark as a visitor.
func details() []load.Request {
	requests := make([]load.Request, stand.Stays)
	for i := range requests {
		requests[i] = load.Get("/api/v1/listings/"+stand.ListingID(i), "", http.StatusOK)
	}
	return requests
}

// asking sends the same requests in every round.
func (b *Bench) asking(at *stand.Running, requests []load.Request) func(context.Context, int) (contest.Sample, error) {
	return func(ctx context.Context, round int) (contest.Sample, error) {
		return b.Stand.Measure(ctx, load.Plan{Address: at.Address, Connections: b.Connections, Warm: b.Warm, Measure: b.Settings.Measure,
			Requests: requests, Seed: uint64(round)}, at)
	}
}

func (b *Bench) querying(script string) func(context.Context, int) (contest.Sample, error) {
	return func(ctx context.Context, _ int) (contest.Sample, error) { return b.pgbench(ctx, script, nil) }
}
