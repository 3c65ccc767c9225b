package row

import (
	"context"
	"time"

	"github.com/rentora/rentora/hack/bench/contest"
	"github.com/rentora/rentora/hack/bench/load"
	"github.com/rentora/rentora/hack/bench/report"
	"github.com/rentora/rentora/hack/bench/stand"
)

// So many bookings are prepared for each second, more than a side makes of them.
const (
	quickest      = 4000
	quickestRival = 2000 // after twenty seconds of warm-up, in one process and in two
)

// create books free nights through the API and with pgbench.
func create(ctx context.Context, b *Bench) ([]report.Line, error) {
	defer b.free()
	api, err := b.API(ctx, "api")
	if err != nil {
		return nil, err
	}
	defer api.Stop()
	out, err := b.contest(ctx,
		contest.Side{Name: "API", Measure: b.creating(api, api.Address, quickest)},
		contest.Side{Name: "pgbench, one statement", Measure: b.placing})
	if err != nil {
		return nil, err
	}
	return []report.Line{report.Against("booking creation, pgbench", out[0], out[1], 0.85)}, nil
}

// creating books at a server; quotes come from the API, whose tokens all servers of the benchmark read.
func (b *Bench) creating(at *stand.Running, quotes string, perSecond int) func(context.Context, int) (contest.Sample, error) {
	return func(ctx context.Context, _ int) (contest.Sample, error) {
		requests, err := b.Bookings(ctx, quotes, int((b.Warm+b.Settings.Measure).Seconds()*float64(perSecond)))
		if err != nil {
			return contest.Sample{}, err
		}
		return b.Stand.Measure(ctx, load.Plan{Address: at.Address, Connections: b.Connections, Warm: b.Warm, Measure: b.Settings.Measure, Requests: requests, Once: true}, at)
	}
}

// most is more transactions a second than pgbench reaches; the nights that it leaves free are the price of not asking.
const most = 10000

func (b *Bench) placing(ctx context.Context, _ int) (contest.Sample, error) {
	seconds := (b.Warm + b.Settings.Measure + time.Second).Seconds()
	first, err := b.Slots(int64(seconds * most))
	if err != nil {
		return contest.Sample{}, err
	}
	return b.pgbench(ctx, "place.sql", map[string]int64{"base": first, "n": 0})
}

func (b *Bench) pgbench(ctx context.Context, script string, more map[string]int64) (contest.Sample, error) {
	variables := map[string]int64{"stays": stand.Stays, "accounts": stand.Accounts, "clients": int64(b.Connections)}
	for name, value := range more {
		variables[name] = value
	}
	return b.Pgbench(ctx, stand.Pgbench{Script: script, Clients: b.Connections, Warm: b.Warm, Measure: b.Settings.Measure, Variables: variables})
}

// free gives the nights back after a row, also one that failed.
func (b *Bench) free() {
	ctx, cancel := context.WithTimeout(context.Background(), time.Minute)
	defer cancel()
	if err := b.FreeSlots(ctx); err != nil {
		b.say(err.Error())
	}
}
