package row

import (
	"context"
	"fmt"
	"net/http"
	"time"

	"github.com/rentora/rentora/hack/bench/load"
	"github.com/rentora/rentora/hack/bench/report"
	"github.com/rentora/rentora/hack/bench/stand"
	"github.com/rentora/rentora/hack/bench/stats"
)

// rivals is how many guests want the same nights.
const rivals = 64

// race lets all of them book one stay at once, once a round.
func race(ctx context.Context, b *Bench) ([]report.Line, error) {
	api, err := b.API(ctx, "api")
	if err != nil {
		return nil, err
	}
	defer api.Stop()
	var seconds []float64
	clean := true
	for round := range b.Rounds {
		slot, err := b.Slots(1)
		if err != nil {
			return nil, err
		}
		requests := make([]load.Request, rivals)
		for i, guest := range b.Guests(0, rivals) {
			quote, err := b.Quote(ctx, api.Address, guest.Token, slot)
			if err != nil {
				return nil, err
			}
			requests[i] = load.Post("/api/v1/bookings", guest.Token, quote, 0)
		}
		r, err := b.Load.Run(ctx, load.Plan{Address: api.Address, Connections: rivals, Measure: 10 * time.Second, Requests: requests, Once: true}, nothing, nothing)
		if err != nil {
			return nil, err
		}
		b.say(fmt.Sprintf("round %d/%d  answers %v, drained in %.0f ms", round+1, b.Rounds, r.Statuses, r.Seconds*1000))
		clean = clean && r.Statuses[http.StatusCreated] == 1 && r.Statuses[http.StatusConflict] == rivals-1
		seconds = append(seconds, r.Seconds)
	}
	overlaps, err := overlaps(ctx, b.Stand)
	if err != nil {
		return nil, err
	}
	drained := stats.Percentile(seconds, 100)
	return []report.Line{{Row: "64 guests, one stay", Ours: fmt.Sprintf("one 201, %d × 409: %t; %d overlaps; slowest drain %.0f ms", rivals-1, clean, overlaps, drained*1000),
		Bar: "one 201, 63 × 409, 0 overlaps, < 1 s", Holds: report.Holds(clean && overlaps == 0 && drained < 1)}}, nil
}

// overlaps counts nights that two bookings hold, without trusting the constraint that forbids them.
func overlaps(ctx context.Context, s *stand.Stand) (n int, err error) {
	err = s.DB.QueryRow(ctx, `select count(*) from bookings a join bookings b on a.listing_id = b.listing_id and a.id < b.id
		and daterange(a.check_in, a.check_out) && daterange(b.check_in, b.check_out)
		where a.host_id = $1 and a.check_in > current_date and a.status in ('CONFIRMED', 'PENDING') and b.status in ('CONFIRMED', 'PENDING')`,
		stand.HostID).Scan(&n)
	return n, err
}

func nothing() {}
