package report

import (
	"strings"
	"testing"

	"github.com/rentora/rentora/hack/bench/contest"
)

func outcome(rates ...float64) contest.Outcome {
	o := contest.Outcome{Side: "side"}
	for _, r := range rates {
		o.Rounds = append(o.Rounds, contest.Sample{PerSecond: r, P50: 1, P99: 2, CPU: map[string]float64{"api": 0.5, "postgres": 0.25, "redis": 0, "generator": 0.1}})
	}
	return o
}

func TestAgainstJudgesTheRatio(t *testing.T) {
	t.Parallel()
	for _, c := range []struct {
		ours, rival, atLeast float64
		ratio                string
		want                 Verdict
	}{
		{700, 100, 7, "7.0 ×", Yes},
		{699, 100, 7, "7.0 ×", No},
		{84, 100, 0.85, "84 %", No},
		{86, 100, 0.85, "86 %", Yes},
		{100, 0, 1, "0 %", No},
	} {
		l := Against("row", outcome(c.ours), outcome(c.rival), c.atLeast)
		if l.Ratio != c.ratio || l.Holds != c.want {
			t.Errorf("%v against %v: ratio %s, holds %s; want %s, %s", c.ours, c.rival, l.Ratio, l.Holds, c.ratio, c.want)
		}
	}
}

func TestTablesAreAligned(t *testing.T) {
	t.Parallel()
	lines := []Line{Against("first", outcome(100, 120, 110), outcome(10, 10, 11), 10), {Row: "second × longer", Ours: "1", Holds: NoBar, Note: "a note"}}
	var out strings.Builder
	Table(&out, lines)
	Details(&out, lines)
	var width int
	for line := range strings.Lines(out.String()) {
		switch n := len([]rune(strings.TrimSpace(line))); {
		case !strings.HasPrefix(line, "|"):
			width = 0
		case width == 0:
			width = n
		case n != width:
			t.Errorf("a line of %d characters in a table of %d: %s", n, width, line)
		}
	}
	for _, want := range []string{"* second × longer: a note", "api 0.500, postgres 0.250, together 0.750, (generator 0.100)", "| 110 ", "18 %"} {
		if !strings.Contains(out.String(), want) {
			t.Errorf("%q is missing in\n%s", want, out.String())
		}
	}
	if strings.Contains(out.String(), "redis") {
		t.Error("a process that computed nothing is shown")
	}
}

func TestWhatFailedHasALineOfItsOwn(t *testing.T) {
	t.Parallel()
	var out strings.Builder
	Table(&out, []Line{NotMeasured("create", "pgbench is missing\nand more")})
	for _, want := range []string{"| create | – ", "| not measured |", "* create: pgbench is missing\n"} {
		if !strings.Contains(out.String(), want) {
			t.Errorf("%q is missing in\n%s", want, out.String())
		}
	}
	if strings.Contains(out.String(), "and more") {
		t.Errorf("more than a line of the reason:\n%s", out.String())
	}
}
