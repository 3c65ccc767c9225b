package main

import (
	"fmt"
	"io"
	"maps"
	"slices"
	"strings"
)

// table prints cases and failures of every operation and role, what was found, and the line that .ci/run reads; it gives
// how many of operations × roles failed. One that was never asked has failed.
func table(w io.Writer, operations []string, outcomes []*outcome) (failed int) {
	operations = slices.Clone(operations)
	for _, o := range outcomes {
		for label := range maps.Keys(o.failures) { // what belongs to no operation is not lost
			if !slices.Contains(operations, label) {
				operations = append(operations, label)
			}
		}
	}
	width := 0
	for _, op := range operations {
		width = max(width, len(op))
	}
	line := func(name string, cell func(*outcome) string) {
		fmt.Fprintf(w, "%-*s", width, name)
		for _, o := range outcomes {
			fmt.Fprintf(w, " %16s", cell(o))
		}
		fmt.Fprintln(w)
	}
	fmt.Fprintln(w)
	line("cases (failures)", func(o *outcome) string { return o.role })
	fmt.Fprintln(w, strings.Repeat("─", width+17*len(outcomes)))
	cases, failures := map[string]int{}, map[string]int{}
	for _, op := range operations {
		line(op, func(o *outcome) string {
			cases[o.role] += o.cases[op]
			failures[o.role] += o.failures[op]
			if o.cases[op] == 0 || o.failures[op] > 0 {
				failed++
			}
			return cell(o.cases[op], o.failures[op])
		})
	}
	fmt.Fprintln(w, strings.Repeat("─", width+17*len(outcomes)))
	line("all", func(o *outcome) string { return cell(cases[o.role], failures[o.role]) })
	fmt.Fprintln(w)
	for _, o := range outcomes {
		for _, finding := range o.findings {
			fmt.Fprintln(w, finding)
		}
	}
	fmt.Fprintf(w, "fuzz: %d passed, %d failed\n", len(operations)*len(outcomes)-failed, failed)
	return failed
}

func cell(cases, failures int) string { return fmt.Sprintf("%d (%d)", cases, failures) }
