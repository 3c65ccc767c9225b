package main

import (
	"context"
	"errors"
	"io"
	"slices"
	"testing"
	"time"

	"github.com/rentora/rentora/hack/bench/report"
	"github.com/rentora/rentora/hack/bench/row"
)

func TestParse(t *testing.T) {
	t.Parallel()
	c, err := parse([]string{"--only", "create, detail", "--rounds", "7", "--seconds", "2.5"}, io.Discard)
	if err != nil || len(c.rows) != 2 || c.rows[0].Name != "create" || c.rows[1].Name != "detail" || c.Rounds != 7 || c.Measure != 2500*time.Millisecond {
		t.Errorf("parse = %+v, %v", c, err)
	}
	if c, err := parse(nil, io.Discard); err != nil || len(c.rows) == 0 || c.Rounds < 5 || c.limit > 25*time.Minute {
		t.Errorf("by default: %+v, %v", c, err)
	}
	for _, wrong := range [][]string{{"--only", "nonsense"}, {"--rounds", "0"}, {"--seconds", "0.1"}, {"--listings", "5"}, {"--unknown"}} {
		if _, err := parse(wrong, io.Discard); err == nil {
			t.Errorf("parse(%v) is no error", wrong)
		}
	}
}

// What a run of some rows says must not take the place of the whole table.
func TestSomeRowsDoNotReplaceTheResults(t *testing.T) {
	t.Parallel()
	for out, args := range map[string][]string{wholeResults: nil, someResults: {"--only", "create"}, "elsewhere.md": {"--only", "create", "--out", "elsewhere.md"}} {
		if c, err := parse(args, io.Discard); err != nil || c.out != out {
			t.Errorf("parse(%v): results go to %s, %v; want %s", args, c.out, err, out)
		}
	}
}

func TestARowThatFailsAndThoseWithoutTimeHaveALine(t *testing.T) {
	t.Parallel()
	ctx, cancel := context.WithCancel(t.Context())
	good := report.Line{Row: "half", Holds: report.Yes}
	c := call{rows: []row.Row{
		{Name: "broken", Run: func(context.Context, *row.Bench) ([]report.Line, error) {
			return []report.Line{good}, errors.New("broken today")
		}},
		{Name: "last", Run: func(context.Context, *row.Bench) ([]report.Line, error) { cancel(); return []report.Line{good}, nil }},
		{Name: "late", Run: func(context.Context, *row.Bench) ([]report.Line, error) { return []report.Line{good}, nil }},
	}}
	lines, err := c.measure(ctx, &row.Bench{Output: io.Discard})
	if err == nil {
		t.Error("no error")
	}
	var got []string
	for _, l := range lines {
		got = append(got, l.Row+" "+string(l.Holds))
	}
	if want := []string{"half yes", "broken not measured", "half yes", "late not measured"}; !slices.Equal(got, want) {
		t.Errorf("lines %q, want %q", got, want)
	}
}
