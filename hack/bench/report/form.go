package report

import (
	"fmt"
	"strings"

	"github.com/rentora/rentora/hack/bench/contest"
	"github.com/rentora/rentora/hack/bench/stats"
)

// Rate writes a rate.
func Rate(o contest.Outcome) string { return fmt.Sprintf("%.0f/s, p99 %.1f ms", o.Rate(), o.P99()) }

// Against makes the line of two sides whose bar is a least ratio of their rates.
func Against(row string, ours, rival contest.Outcome, atLeast float64) Line {
	ratio := contest.Ratio(ours, rival)
	l := Line{Row: row, Ours: Rate(ours), Rival: Rate(rival), Ratio: times(ratio), Bar: "≥ " + times(atLeast), Holds: Holds(ratio >= atLeast),
		Details: []contest.Outcome{ours, rival}}
	return l
}

// NotMeasured makes the line of a row that failed, with the first line of the reason.
func NotMeasured(row, why string) Line {
	why, _, _ = strings.Cut(why, "\n")
	return Line{Row: row, Ours: "–", Holds: Unsure, Note: why}
}

// times writes ratios below one as percents, as the bars do.
func times(ratio float64) string {
	if ratio < 1.2 {
		return fmt.Sprintf("%.0f %%", ratio*100)
	}
	return fmt.Sprintf("%.1f ×", ratio)
}

func spread(o contest.Outcome) string {
	return fmt.Sprintf("%.0f %%", 100*stats.Spread(o.Each(func(s contest.Sample) float64 { return s.PerSecond })))
}
