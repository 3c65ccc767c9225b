package main

import (
	"bytes"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"

	"github.com/rentora/rentora/server/search"
)

func TestTheReportOfACheckIsAligned(t *testing.T) {
	t.Parallel()
	var out bytes.Buffer
	printDrift(&out, search.Drift{
		Checked: 1200, Repaired: 3,
		Counts:   map[search.Difference]int{search.Stale: 12, search.WrongDays: 1},
		Examples: map[search.Difference][]string{search.Stale: {"a", "b"}, search.WrongDays: {"c"}},
	}, 1500*time.Millisecond)
	want := `DIFFERENCE  DOCUMENTS  EXAMPLES
missing             0  
stale              12  a b
wrong days          1  c
extra               0  
Compared 1200, 13 differ, 3 repaired, in 1.5 s.
`
	if diff := cmp.Diff(want, out.String()); diff != "" {
		t.Error(diff)
	}
}
