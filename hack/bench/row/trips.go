package row

import (
	"context"
	"fmt"
	"slices"
	"time"

	"github.com/rentora/rentora/hack/bench/load"
	"github.com/rentora/rentora/hack/bench/report"
	"github.com/rentora/rentora/hack/bench/stand"
)

// counted is what each request of an endpoint may ask of Postgres.
type counted struct {
	name     string
	at       *stand.Running
	requests []load.Request // twice tripRequests; the first half fills copies of sessions and prepares statements
	most     float64
}

const tripRequests = 200

// trips lets Postgres count the statements of a request: with one in each flush, that is the round trips, and more of
// them never are. Tests of the rooms count flushes at the driver; this one needs no access to the program.
func trips(ctx context.Context, b *Bench) (lines []report.Line, err error) {
	defer b.free()
	if _, err := b.DB.Exec(ctx, "create extension if not exists pg_stat_statements"); err != nil {
		return nil, err
	}
	if err := b.Reindex(ctx); err != nil {
		return nil, err
	}
	fresh, err := b.API(ctx, "api", uncached...)
	if err != nil {
		return nil, err
	}
	defer fresh.Stop()
	cached, err := b.API(ctx, "api-cached")
	if err != nil {
		return nil, err
	}
	defer cached.Stop()
	all, err := b.hot(ctx, fresh, cached)
	if err != nil {
		return nil, err
	}
	for _, one := range all {
		each, err := b.statementsOf(ctx, one)
		if err != nil {
			return lines, err
		}
		lines = append(lines, report.Line{Row: "SQL statements of " + one.name, Ours: fmt.Sprintf("%.2f a request", each), Bar: fmt.Sprintf("≤ %.0f", one.most),
			Holds: report.Holds(each < one.most+0.1)})
	}
	return lines, nil
}

// hot gives the requests that there are most of.
func (b *Bench) hot(ctx context.Context, fresh, cached *stand.Running) ([]counted, error) {
	booked, err := b.Bookings(ctx, fresh.Address, 2*tripRequests)
	if err != nil {
		return nil, err
	}
	found, err := searches(ctx, b.Stand)
	if err != nil {
		return nil, err
	}
	return []counted{
		{"detail uncached", fresh, details()[:2*tripRequests], 1},
		{"detail cached", cached, repeated(details()[:tripRequests]), 0},
		{"page of results uncached", fresh, repeated(found), 1},
		{"own bookings", fresh, repeated(ownBookings(b.Stand)), 1},
		{"booking creation", fresh, booked, 2},
	}, nil
}

// repeated gives as many requests as are counted, and as many before.
func repeated(few []load.Request) []load.Request {
	all := slices.Clone(few)
	for len(all) < 2*tripRequests {
		all = append(all, few...)
	}
	return all[:2*tripRequests]
}

func (b *Bench) statementsOf(ctx context.Context, c counted) (each float64, err error) {
	if err := b.once(ctx, c.at, c.requests[:tripRequests]); err != nil {
		return 0, err
	}
	before, err := b.statements(ctx)
	if err != nil {
		return 0, err
	}
	if err := b.once(ctx, c.at, c.requests[tripRequests:]); err != nil {
		return 0, err
	}
	after, err := b.statements(ctx)
	return float64(after-before) / tripRequests, err
}

func (b *Bench) once(ctx context.Context, at *stand.Running, requests []load.Request) error {
	_, err := b.Load.Run(ctx, load.Plan{Address: at.Address, Connections: 4, Measure: time.Minute, Requests: requests, Once: true}, nothing, nothing)
	return err
}

// statements counts what the API's connections have asked. Our own statement here is not among it, nor is the one that each
// API asks several times a second whatever is requested (server/identity): a slow machine would count it as the requests'.
func (b *Bench) statements(ctx context.Context) (n int64, err error) {
	err = b.DB.QueryRow(ctx, `select coalesce(sum(calls), 0)::bigint from pg_stat_statements
		where dbid = (select oid from pg_database where datname = current_database()) and query not like '%pg_stat_statements%'
		and query not like '%from changed_accounts where until%'`).Scan(&n)
	return n, err
}
