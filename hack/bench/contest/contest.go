// Package contest measures rivals by turns, so that what else the machine does meets all of them alike.
package contest

import (
	"context"
	"fmt"

	"github.com/rentora/rentora/hack/bench/stats"
)

// Side is one of the rivals. Measure is called once a round and never beside another side's.
type Side struct {
	Name    string
	Measure func(ctx context.Context, round int) (Sample, error)
}

// Sample is what one round measured of one side.
type Sample struct {
	PerSecond     float64
	P50, P95, P99 float64            // milliseconds
	CPU           map[string]float64 // seconds per 1,000 requests, by process
	Requests      int64
	Note          string
}

// Outcome is all rounds of one side.
type Outcome struct {
	Side   string
	Rounds []Sample
}

// Run measures every side once in each round, in turning order: who goes first goes last in the next round.
func Run(ctx context.Context, rounds int, progress func(string), sides ...Side) ([]Outcome, error) {
	out := make([]Outcome, len(sides))
	for i, s := range sides {
		out[i].Side = s.Name
	}
	for round := range rounds {
		for turn := range sides {
			i := (turn + round) % len(sides)
			sample, err := sides[i].Measure(ctx, round)
			if err != nil {
				return nil, fmt.Errorf("%s, round %d: %w", sides[i].Name, round+1, err)
			}
			out[i].Rounds = append(out[i].Rounds, sample)
			progress(fmt.Sprintf("round %d/%d  %-34s %9.0f/s  p50 %6.2f  p99 %7.2f ms", round+1, rounds, sides[i].Name, sample.PerSecond, sample.P50, sample.P99))
		}
	}
	return out, nil
}

// Rate gives the median of the rounds' requests per second.
func (o Outcome) Rate() float64 {
	return stats.Median(o.Each(func(s Sample) float64 { return s.PerSecond }))
}

// P50 gives the median of the rounds' medians, milliseconds.
func (o Outcome) P50() float64 { return stats.Median(o.Each(func(s Sample) float64 { return s.P50 })) }

// P95 gives the median of the rounds' 95th percentiles, milliseconds.
func (o Outcome) P95() float64 { return stats.Median(o.Each(func(s Sample) float64 { return s.P95 })) }

// P99 gives the median of the rounds' 99th percentiles, milliseconds.
func (o Outcome) P99() float64 { return stats.Median(o.Each(func(s Sample) float64 { return s.P99 })) }

// CPU gives the median of the rounds for each process, seconds per 1,000 requests.
func (o Outcome) CPU() map[string]float64 {
	out := map[string]float64{}
	if len(o.Rounds) == 0 {
		return out
	}
	for name := range o.Rounds[0].CPU {
		out[name] = stats.Median(o.Each(func(s Sample) float64 { return s.CPU[name] }))
	}
	return out
}

// Each gives one figure of every round.
func (o Outcome) Each(of func(Sample) float64) []float64 {
	out := make([]float64, len(o.Rounds))
	for i, s := range o.Rounds {
		out[i] = of(s)
	}
	return out
}

// Ratio gives how many times the rival's rate ours is: the median of the rounds' ratios.
func Ratio(ours, rival Outcome) float64 {
	rate := func(s Sample) float64 { return s.PerSecond }
	return stats.Ratio(ours.Each(rate), rival.Each(rate))
}
