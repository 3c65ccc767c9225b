package row

import (
	"context"
	"fmt"
	"net/http"
	"net/url"

	"github.com/rentora/rentora/hack/bench/capture"
	"github.com/rentora/rentora/hack/bench/contest"
	"github.com/rentora/rentora/hack/bench/load"
	"github.com/rentora/rentora/hack/bench/report"
	"github.com/rentora/rentora/hack/bench/stand"
)

// searchers ask at once. Typesense computes an answer on every core that it finds: with more of them, all that is measured is
// how long the queue in front of it is.
const searchers = 8

// search compares ours with the same questions put straight to Typesense: those that our API was seen to ask.
func search(ctx context.Context, b *Bench) ([]report.Line, error) {
	few := *b
	few.Connections, b = searchers, &few
	if err := b.Reindex(ctx); err != nil {
		return nil, err
	}
	asked, err := searches(ctx, b.Stand)
	if err != nil {
		return nil, err
	}
	direct, err := b.direct(ctx, asked)
	if err != nil {
		return nil, err
	}
	server, err := url.Parse(b.Env["RENTORA_TYPESENSE_URL"])
	if err != nil {
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
	typesense := &stand.Running{Address: server.Host}
	out, err := b.contest(ctx,
		contest.Side{Name: "API, no cache", Measure: b.asking(fresh, asked)},
		contest.Side{Name: "API, one search repeated", Measure: b.asking(cached, asked[:1])},
		contest.Side{Name: "Typesense, straight", Measure: func(ctx context.Context, round int) (contest.Sample, error) {
			return b.Stand.Measure(ctx, load.Plan{Address: typesense.Address, Connections: b.Connections, Warm: b.Warm, Measure: b.Settings.Measure, Requests: direct, Seed: uint64(round)})
		}})
	if err != nil {
		return nil, err
	}
	listings := b.Listings + stand.Stays
	line := report.Against("search uncached, Typesense straight", out[0], out[2], 0.90)
	more := out[0].P95() - out[2].P95()
	line.Bar, line.Note = line.Bar+", p95 ≤ + 3 ms", fmt.Sprintf("%d searches over %d listings; our p95 is %.1f ms, %+.1f ms", len(asked), listings, out[0].P95(), more)
	line.Holds = report.Holds(line.Holds == report.Yes && more <= 3)
	repeated := report.Against("search repeated, Typesense straight", out[1], out[2], 10)
	return []report.Line{atFullSize(line, listings), atFullSize(repeated, listings)}, nil
}

// fullSize is the number of listings for which the bars of the search are set.
const fullSize = 100_000

// atFullSize judges nothing that was measured over a smaller index: Typesense answers quicker there, so that what we add to it
// looks greater, and a copy looks less worth.
func atFullSize(l report.Line, listings int) report.Line {
	if listings >= fullSize {
		return l
	}
	l.Holds = report.Unsure
	if l.Note != "" {
		l.Note += "; "
	}
	l.Note += fmt.Sprintf("the bar is set at %d listings, here were %d: run with --listings %d", fullSize, listings, fullSize)
	return l
}

// searches asks for boxes around listings of the benchmark, with dates, guests and a price range.
func searches(ctx context.Context, s *stand.Stand) ([]load.Request, error) {
	places, err := searched(ctx, s)
	if err != nil {
		return nil, err
	}
	requests := make([]load.Request, len(places))
	for i, place := range places {
		requests[i] = load.Get(place.path(20+i%40), "", http.StatusOK)
	}
	return requests, nil
}

// direct records what the API asks for each search, so that both sides ask for the same whatever that is.
func (b *Bench) direct(ctx context.Context, asked []load.Request) ([]load.Request, error) {
	proxy, err := capture.New(b.Env["RENTORA_TYPESENSE_URL"])
	if err != nil {
		return nil, err
	}
	defer proxy.Close()
	api, err := b.API(ctx, "api-seen", append([]string{"RENTORA_TYPESENSE_URL", proxy.URL}, uncached...)...)
	if err != nil {
		return nil, err
	}
	defer api.Stop()
	proxy.Take()
	if err := b.once(ctx, api, asked); err != nil {
		return nil, err
	}
	var requests []load.Request
	for _, one := range proxy.Take() {
		requests = append(requests, load.Post(one.Path, "", string(one.Body), http.StatusOK).With("X-TYPESENSE-API-KEY", b.Env["RENTORA_TYPESENSE_API_KEY"]))
	}
	if len(requests) != len(asked) {
		return nil, fmt.Errorf("the API asked Typesense %d times for %d searches", len(requests), len(asked))
	}
	return requests, nil
}
