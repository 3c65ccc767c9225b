// Package report writes what was measured, for the terminal and for the repository.
package report

import (
	"fmt"
	"io"
	"slices"
	"strings"

	"github.com/rentora/rentora/hack/bench/contest"
)

// Line is one line of the table.
type Line struct {
	Row     string
	Ours    string
	Rival   string // "–" when there is none
	Ratio   string
	Bar     string // "" when there is none
	Holds   Verdict
	Details []contest.Outcome
	Note    string
}

// Verdict says whether a bar holds.
type Verdict string

// The verdicts.
const (
	Yes    Verdict = "yes"
	No     Verdict = "**no**"
	NoBar  Verdict = "–"
	Unsure Verdict = "not measured"
)

// Holds turns a comparison into a verdict.
func Holds(ok bool) Verdict {
	if ok {
		return Yes
	}
	return No
}

// Table writes the lines as a Markdown table, aligned, so that it reads in a terminal too.
func Table(out io.Writer, lines []Line) {
	rows := [][]string{{"row", "ours", "rival", "ratio", "bar", "holds?"}}
	for _, l := range lines {
		rows = append(rows, []string{l.Row, l.Ours, dash(l.Rival), dash(l.Ratio), dash(l.Bar), string(l.Holds)})
	}
	write(out, rows)
	for _, l := range lines {
		if l.Note != "" {
			fmt.Fprintf(out, "\n* %s: %s", l.Row, l.Note)
		}
	}
	fmt.Fprintln(out)
}

// Details writes requests per second, latencies and computing of every side, and how far its rounds lie apart.
func Details(out io.Writer, lines []Line) {
	rows := [][]string{{"row", "side", "requests/s", "p50 ms", "p99 ms", "spread", "CPU seconds per 1,000 requests"}}
	for _, l := range lines {
		for _, o := range l.Details {
			rows = append(rows, []string{l.Row, o.Side, fmt.Sprintf("%.0f", o.Rate()), fmt.Sprintf("%.2f", o.P50()), fmt.Sprintf("%.2f", o.P99()),
				spread(o), computing(o.CPU())})
		}
	}
	if len(rows) > 1 {
		write(out, rows)
	}
}

// computing leaves out what did not take part, and adds up the rest without the generator.
func computing(cpu map[string]float64) string {
	var names []string
	for name, seconds := range cpu {
		if seconds >= 0.0005 && name != "generator" {
			names = append(names, name)
		}
	}
	slices.Sort(names)
	var parts []string
	var sum float64
	for _, name := range names {
		parts = append(parts, fmt.Sprintf("%s %.3f", name, cpu[name]))
		sum += cpu[name]
	}
	if len(names) > 1 {
		parts = append(parts, fmt.Sprintf("together %.3f", sum))
	}
	if seconds, ok := cpu["generator"]; ok {
		parts = append(parts, fmt.Sprintf("(generator %.3f)", seconds))
	}
	return strings.Join(parts, ", ")
}

func dash(s string) string {
	if s == "" {
		return "–"
	}
	return s
}

func write(out io.Writer, rows [][]string) {
	widths := make([]int, len(rows[0]))
	for _, row := range rows {
		for i, cell := range row {
			widths[i] = max(widths[i], len([]rune(cell)))
		}
	}
	for n, row := range rows {
		for i, cell := range row {
			fmt.Fprintf(out, "| %s%s ", cell, strings.Repeat(" ", widths[i]-len([]rune(cell))))
		}
		fmt.Fprintln(out, "|")
		if n == 0 {
			for _, w := range widths {
				fmt.Fprintf(out, "|%s", strings.Repeat("-", w+2))
			}
			fmt.Fprintln(out, "|")
		}
	}
}
