package row

import (
	"context"
	"fmt"
	"net/http"
	"time"

	"github.com/rentora/rentora/hack/bench/contest"
	"github.com/rentora/rentora/hack/bench/load"
	"github.com/rentora/rentora/hack/bench/report"
	"github.com/rentora/rentora/hack/bench/same"
	"github.com/rentora/rentora/hack/bench/stand"
)

// match is a contest with the rival in hack/bench/rival over one endpoint.
type match struct {
	line     string
	cached   bool     // the rival uses its Redis, we our process
	settings []string // of our API beside the stand's
	requests func(*stand.Stand) []load.Request
	create   bool // requests are bookings, each of other nights
	atLeast  float64
	// A row that asks otherwise in each round, or whose answers are compared otherwise, says so.
	round   func(int) []load.Request
	compare func(ctx context.Context, rival, api *stand.Running) error
}

func rivalDetail(ctx context.Context, b *Bench) ([]report.Line, error) {
	return b.match(ctx, match{line: "detail uncached, Hono + Prisma", settings: uncached, requests: func(*stand.Stand) []load.Request { return details() }, atLeast: 7})
}

func rivalCached(ctx context.Context, b *Bench) ([]report.Line, error) {
	return b.match(ctx, match{line: "detail cached, Hono + Redis", cached: true, requests: func(*stand.Stand) []load.Request { return details() }, atLeast: 4})
}

func rivalCreate(ctx context.Context, b *Bench) ([]report.Line, error) {
	defer b.free()
	return b.match(ctx, match{line: "booking creation, Hono + Prisma", create: true, atLeast: 10})
}

func rivalBookings(ctx context.Context, b *Bench) ([]report.Line, error) {
	return b.match(ctx, match{line: "own bookings, Hono + Prisma", requests: ownBookings, atLeast: 5})
}

// match checks that both give the same answers, lets the rival's compiler warm up, and measures.
func (b *Bench) match(ctx context.Context, m match) ([]report.Line, error) {
	api, err := b.API(ctx, "api", m.settings...)
	if err != nil {
		return nil, err
	}
	defer api.Stop()
	rival, err := b.better(ctx, m, api)
	if err != nil {
		return nil, err
	}
	defer rival.Stop()
	out, err := b.contest(ctx,
		contest.Side{Name: "API", Measure: b.side(m, api, api)},
		contest.Side{Name: rival.Name, Measure: b.side(m, rival, api)})
	if err != nil {
		return nil, err
	}
	line := report.Against(m.line, out[0], out[1], m.atLeast)
	line.Bar += ", lower p99"
	line.Holds = report.Holds(line.Holds == report.Yes && out[0].P99() < out[1].P99())
	return []report.Line{line}, nil
}

func (b *Bench) side(m match, at, quotes *stand.Running) func(context.Context, int) (contest.Sample, error) {
	if m.create {
		most := quickest
		if at != quotes {
			most = quickestRival
		}
		return b.creating(at, quotes.Address, most)
	}
	if m.round != nil {
		return func(ctx context.Context, round int) (contest.Sample, error) {
			return b.asking(at, m.round(round))(ctx, round)
		}
	}
	return b.asking(at, m.requests(b.Stand))
}

// better runs the rival as one process and as two, warms each up and keeps the quicker one.
func (b *Bench) better(ctx context.Context, m match, api *stand.Running) (*stand.Running, error) {
	program, err := b.BuildRival(ctx)
	if err != nil {
		return nil, err
	}
	var best *stand.Running
	var bestRate float64
	for _, processes := range []int{1, 2} {
		rival, err := b.Rival(ctx, program, processes, m.cached)
		if err != nil {
			return nil, stopping(best, err)
		}
		sample, err := b.warmed(ctx, m, rival, api)
		if err != nil {
			rival.Stop()
			return nil, stopping(best, err)
		}
		b.say(fmt.Sprintf("rival of %d, warm: %.0f/s", processes, sample.PerSecond))
		if best != nil && sample.PerSecond <= bestRate {
			rival.Stop()
			continue
		}
		if best != nil {
			best.Stop()
		}
		best, bestRate = rival, sample.PerSecond
	}
	return best, nil
}

func stopping(r *stand.Running, err error) error {
	if r != nil {
		r.Stop()
	}
	return err
}

// warmed compares answers first: a rival that does something else would be no rival.
func (b *Bench) warmed(ctx context.Context, m match, rival, api *stand.Running) (contest.Sample, error) {
	compare := b.compare
	if m.compare != nil {
		compare = m.compare
	}
	if err := compare(ctx, rival, api); err != nil {
		return contest.Sample{}, fmt.Errorf("the rival does not answer as we do: %w", err)
	}
	warm := *b
	warm.Settings.Warm, warm.Settings.Measure = b.RivalWarm, min(2*time.Second, b.Settings.Measure)
	return warm.side(m, rival, api)(ctx, 0)
}

// compare asks both for the same things, and for what a cache keeps twice: the second answer comes out of it.
func (b *Bench) compare(ctx context.Context, rival, api *stand.Running) error {
	guest := b.Guests(0, 1)[0]
	first, other := "/api/v1/listings/"+stand.ListingID(0), "/api/v1/listings/"+stand.ListingID(7)
	for _, path := range []string{first, first, other, other, "/api/v1/bookings"} {
		if err := b.alike(ctx, http.MethodGet, path, guest.Token, [2]string{}, rival, api); err != nil {
			return err
		}
	}
	slot, err := b.Slots(2 * stand.Stays)
	if err != nil {
		return err
	}
	booker := b.Guests(stand.Accounts-1, stand.Accounts)[0]
	var bodies [2]string
	for i := range bodies { // the same listing, one night and the next
		if bodies[i], err = b.Quote(ctx, api.Address, booker.Token, slot+int64(i)*stand.Stays); err != nil {
			return err
		}
	}
	return b.alike(ctx, http.MethodPost, "/api/v1/bookings", booker.Token, bodies, rival, api, "id", "code", "check_in", "check_out", "created_at", "updated_at")
}

func (b *Bench) alike(ctx context.Context, method, path, token string, bodies [2]string, rival, api *stand.Running, ignored ...string) error {
	var answers [2][]byte
	var statuses [2]int
	for i, at := range []*stand.Running{api, rival} {
		var body []byte
		if bodies[i] != "" {
			body = []byte(bodies[i])
		}
		var err error
		if statuses[i], answers[i], err = stand.Ask(ctx, method, "http://"+at.Address+path, token, body); err != nil {
			return err
		}
	}
	if statuses[0] != statuses[1] || statuses[0] >= http.StatusBadRequest {
		return fmt.Errorf("%s %s: status %d and %d: %s", method, path, statuses[0], statuses[1], answers[1])
	}
	if err := same.Answers(answers[0], answers[1], ignored...); err != nil {
		return fmt.Errorf("%s %s: %w", method, path, err)
	}
	return nil
}
