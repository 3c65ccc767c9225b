package row

import (
	"context"
	"errors"
	"fmt"
	"slices"
	"time"

	"github.com/rentora/rentora/hack/bench/load"
	"github.com/rentora/rentora/hack/bench/report"
	"github.com/rentora/rentora/hack/bench/usage"
)

const (
	apiRate   = 1000
	apiMost   = 150 // MiB
	workerMax = 80  // MiB
)

// memory weighs the API while it answers and the worker while it waits.
func memory(ctx context.Context, b *Bench) ([]report.Line, error) {
	api, err := b.API(ctx, "api")
	if err != nil {
		return nil, err
	}
	defer api.Stop()
	mixed := slices.Concat(details()[:256], ownBookings(b.Stand))
	var busy int64
	r, err := b.Load.Run(ctx, load.Plan{Address: api.Address, Connections: b.Connections, Warm: 2 * b.Warm, Measure: 3 * b.Settings.Measure, Requests: mixed, Rate: apiRate},
		nothing, func() { busy = usage.Resident(api.Pid) })
	if err != nil {
		return nil, err
	}
	rest, err := b.workerAtRest(ctx)
	if err != nil {
		return nil, err
	}
	return []report.Line{
		{Row: "memory of the API at 1,000 requests/s", Ours: fmt.Sprintf("%.0f MiB at %.0f/s", mebi(busy), r.PerSecond), Bar: "< 150 MiB",
			Holds: report.Holds(mebi(busy) < apiMost && r.PerSecond > 0.95*apiRate), Note: enough(r)},
		{Row: "memory of the worker at rest", Ours: fmt.Sprintf("%.0f MiB", mebi(rest)), Bar: "< 80 MiB", Holds: report.Holds(mebi(rest) < workerMax)},
	}, nil
}

func enough(r load.Result) string {
	if r.PerSecond > 0.95*apiRate {
		return ""
	}
	return fmt.Sprintf("the machine gave only %.0f requests/s", r.PerSecond)
}

// Rest is a while in which a program computes next to nothing. A worker comes to it when its groups have joined, every
// listing was compared with the index, and the runtime has given back what that took.
const (
	restFor    = 5 * time.Second
	restWithin = 90 * time.Second
	restShare  = 0.02 // of one core
)

// workerAtRest weighs a worker when nothing is left to do; if it never rests, as it is then.
func (b *Bench) workerAtRest(ctx context.Context) (int64, error) {
	if err := b.FreeSlots(ctx); err != nil {
		return 0, err
	}
	worker, err := b.Worker(ctx, "worker")
	if err != nil {
		return 0, err
	}
	defer worker.Stop()
	within := restWithin
	if b.Quick {
		within = restFor
	}
	ctx, cancel := context.WithTimeoutCause(ctx, within, errRestless)
	defer cancel()
	tick := time.NewTicker(restFor)
	defer tick.Stop()
	for before := usage.CPU(worker.Pid); ; {
		select {
		case <-tick.C:
			now := usage.CPU(worker.Pid)
			if now-before < restShare*restFor.Seconds() {
				return usage.Resident(worker.Pid), nil
			}
			before = now
		case <-ctx.Done():
			if errors.Is(context.Cause(ctx), errRestless) {
				return usage.Resident(worker.Pid), nil
			}
			return 0, ctx.Err()
		}
	}
}

var errRestless = errors.New("the worker does not rest")

func mebi(bytes int64) float64 { return float64(bytes) / (1 << 20) }
