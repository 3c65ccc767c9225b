package row

import (
	"context"
	"fmt"

	"github.com/rentora/rentora/hack/bench/contest"
	"github.com/rentora/rentora/hack/bench/load"
	"github.com/rentora/rentora/hack/bench/report"
	"github.com/rentora/rentora/hack/bench/stand"
)

// pools are the sizes of the database pool that are tried.
var pools = []string{"8", "16", "32"}

// endpoint is one whose latency is looked at.
type endpoint struct {
	name     string
	settings []string
	measure  func(*stand.Running) func(context.Context, int) (contest.Sample, error)
}

// latency asks of each endpoint that its slow answers are not far from the usual ones, and shows what the pool's size does.
func latency(ctx context.Context, b *Bench) (lines []report.Line, err error) {
	defer b.free()
	if err := b.Reindex(ctx); err != nil {
		return nil, err
	}
	found, err := searches(ctx, b.Stand)
	if err != nil {
		return nil, err
	}
	reading := func(requests []load.Request) func(*stand.Running) func(context.Context, int) (contest.Sample, error) {
		return func(api *stand.Running) func(context.Context, int) (contest.Sample, error) {
			return b.asking(api, requests)
		}
	}
	for _, e := range []endpoint{
		{"detail cached", nil, reading(details())},
		{"detail uncached", uncached, reading(details())},
		{"search uncached", uncached, reading(found)},
		{"own bookings", nil, reading(ownBookings(b.Stand))},
		{"booking creation", nil, func(api *stand.Running) func(context.Context, int) (contest.Sample, error) {
			return b.creating(api, api.Address, quickest)
		}},
	} {
		line, err := b.spread(ctx, e)
		if err != nil {
			return lines, err
		}
		lines = append(lines, line)
	}
	return lines, nil
}

// spread measures an endpoint with each size of the pool.
func (b *Bench) spread(ctx context.Context, e endpoint) (report.Line, error) {
	var sides []contest.Side
	for _, pool := range pools {
		api, err := b.API(ctx, "api-pool-"+pool, append([]string{"RENTORA_DATABASE_MAX_CONNS", pool}, e.settings...)...)
		if err != nil {
			return report.Line{}, err
		}
		defer api.Stop()
		sides = append(sides, contest.Side{Name: "API, pool of " + pool, Measure: e.measure(api)})
	}
	out, err := b.contest(ctx, sides...)
	if err != nil {
		return report.Line{}, err
	}
	return spreadOf(e.name, out), nil
}

// spreadOf judges the default pool, and shows the others.
func spreadOf(name string, out []contest.Outcome) report.Line {
	usual := out[1]
	ratio := usual.P99() / max(usual.P50(), 0.001)
	l := report.Line{Row: "p99 of " + name, Ours: fmt.Sprintf("p50 %.1f ms, p99 %.1f ms", usual.P50(), usual.P99()), Ratio: fmt.Sprintf("%.1f ×", ratio),
		Bar: "p99 ≤ 4 × p50", Holds: report.Holds(ratio <= 4), Details: out}
	for i, o := range out {
		if i > 0 {
			l.Note += "; "
		}
		l.Note += fmt.Sprintf("pool of %s: %.0f/s, p50 %.1f, p99 %.1f ms", pools[i], o.Rate(), o.P50(), o.P99())
	}
	return l
}
