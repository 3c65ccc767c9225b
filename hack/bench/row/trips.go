package row

import (
	"context"
	"fmt"
	"time"

	"github.com/rentora/rentora/hack/bench/load"
	"github.com/rentora/rentora/hack/bench/report"
	"github.com/rentora/rentora/hack/bench/stand"
)

// trips lets Postgres count the statements of a request: with one in each flush, that is the round trips, and more of
// them never are. A test of the rooms counts flushes at the driver; this one needs no access to the program.
func trips(ctx context.Context, b *Bench) (lines []report.Line, err error) {
	defer b.free()
	if _, err := b.DB.Exec(ctx, "create extension if not exists pg_stat_statements"); err != nil {
		return nil, err
	}
	api, err := b.API(ctx, "api", uncached...)
	if err != nil {
		return nil, err
	}
	defer api.Stop()
	const n = 200
	booked, err := b.Bookings(ctx, api.Address, 2*n)
	if err != nil {
		return nil, err
	}
	asked := ownBookings(b.Stand)
	for len(asked) < 2*n {
		asked = append(asked, asked...)
	}
	for _, one := range []struct {
		name     string
		requests []load.Request
		most     float64
	}{{"detail uncached", details()[:2*n], 1}, {"own bookings", asked[:2*n], 1}, {"booking creation", booked, 2}} {
		// The first half fills copies of sessions and prepares statements.
		if err := b.once(ctx, api, one.requests[:n]); err != nil {
			return lines, err
		}
		before, err := b.statements(ctx)
		if err != nil {
			return lines, err
		}
		if err := b.once(ctx, api, one.requests[n:]); err != nil {
			return lines, err
		}
		after, err := b.statements(ctx)
		if err != nil {
			return lines, err
		}
		each := float64(after-before) / n
		lines = append(lines, report.Line{Row: "SQL statements of " + one.name, Ours: fmt.Sprintf("%.2f a request", each), Bar: fmt.Sprintf("≤ %.0f", one.most),
			Holds: report.Holds(each < one.most+0.1)})
	}
	return lines, nil
}

func (b *Bench) once(ctx context.Context, at *stand.Running, requests []load.Request) error {
	_, err := b.Load.Run(ctx, load.Plan{Address: at.Address, Connections: 4, Measure: time.Minute, Requests: requests, Once: true}, nothing, nothing)
	return err
}

// statements counts what the API's connections have asked; our own statement here is not among it.
func (b *Bench) statements(ctx context.Context) (n int64, err error) {
	err = b.DB.QueryRow(ctx, `select coalesce(sum(calls), 0)::bigint from pg_stat_statements
		where dbid = (select oid from pg_database where datname = current_database()) and query not like '%pg_stat_statements%'`).Scan(&n)
	return n, err
}
