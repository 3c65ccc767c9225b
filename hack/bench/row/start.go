package row

import (
	"context"
	"fmt"
	"time"

	"github.com/rentora/rentora/hack/bench/report"
	"github.com/rentora/rentora/hack/bench/stats"
)

const startMost = 300 * time.Millisecond

// start takes the time from the fork of the API to its first readiness, with the schema in place.
func start(ctx context.Context, b *Bench) ([]report.Line, error) {
	var took []float64
	for round := range b.Rounds {
		began := time.Now()
		api, err := b.API(ctx, "api")
		if err != nil {
			return nil, err
		}
		took = append(took, time.Since(began).Seconds()*1000)
		api.Stop()
		b.say(fmt.Sprintf("round %d/%d  ready after %.0f ms", round+1, b.Rounds, took[round]))
	}
	middle := stats.Median(took)
	return []report.Line{{Row: "API's start to ready", Ours: fmt.Sprintf("%.0f ms", middle), Bar: "< 300 ms", Holds: report.Holds(middle < float64(startMost.Milliseconds()))}}, nil
}
