package main

import (
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"slices"
	"strings"

	"github.com/rentora/rentora/server/contract"
)

// outcome is what one role found.
type outcome struct {
	role     string
	cases    map[string]int // by operation: "GET /listings/{listing_id}"
	failures map[string]int
	findings []string // each once
}

// operations of the contract, by path.
func operations() (list []string, err error) {
	spec, err := contract.GetSpec()
	if err != nil {
		return nil, err
	}
	for path, item := range spec.Paths.Map() {
		for method := range item.Operations() {
			list = append(list, method+" "+path)
		}
	}
	slices.SortFunc(list, func(a, b string) int {
		_, x, _ := strings.Cut(a, " ")
		_, y, _ := strings.Cut(b, " ")
		return strings.Compare(x+" "+a, y+" "+b)
	})
	return list, nil
}

// event is what we read of a line of schemathesis' report.
type event struct {
	ScenarioFinished *struct {
		Recorder struct {
			Label string
			Cases map[string]struct {
				Value struct{ Method, Path string }
			}
			Checks map[string][]struct {
				Name, Status string
				Info         struct {
					Failure struct{ Code, Title, Message string }
				} `json:"failure_info"`
			}
		}
	}
	NonFatalError *struct {
		Label string
		Value struct{ Type, Message string }
	}
	EngineFinished *struct{}
}

// readOutcome reads a report to its end; one that breaks off is an error.
func readOutcome(r io.Reader, role string) (*outcome, error) {
	o := &outcome{role: role, cases: map[string]int{}, failures: map[string]int{}}
	finished := false
	for d := json.NewDecoder(r); ; {
		var e event
		if err := d.Decode(&e); errors.Is(err, io.EOF) {
			break
		} else if err != nil {
			return nil, fmt.Errorf("the report of %s: %w", role, err)
		}
		finished = finished || e.EngineFinished != nil
		o.add(e)
	}
	if !finished {
		return nil, fmt.Errorf("the report of %s has no end", role)
	}
	slices.Sort(o.findings)
	o.findings = slices.Compact(o.findings)
	return o, nil
}

func (o *outcome) add(e event) {
	if e.NonFatalError != nil {
		o.failures[e.NonFatalError.Label]++
		o.find(e.NonFatalError.Label, e.NonFatalError.Value.Type, e.NonFatalError.Value.Message)
	}
	if e.ScenarioFinished == nil {
		return
	}
	r := e.ScenarioFinished.Recorder
	for id, one := range r.Cases {
		label := r.Label
		if _, path, found := strings.Cut(label, " "); !found || !strings.HasPrefix(path, "/") { // a chain of several operations
			label = one.Value.Method + " " + one.Value.Path
		}
		o.cases[label]++
		for _, check := range r.Checks[id] {
			if check.Status == "failure" {
				o.failures[label]++
				o.find(label, check.Name, check.Info.Failure.Title+": "+check.Info.Failure.Message)
			}
		}
	}
}

func (o *outcome) find(label, what, message string) {
	o.findings = append(o.findings, fmt.Sprintf("%s as %s: %s: %s", label, o.role, what, strings.ReplaceAll(message, "\n", " · ")))
}
