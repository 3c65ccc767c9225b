package main

import (
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"net/http"
	"slices"
	"strings"

	"github.com/rentora/rentora/server/contract"
)

// outcome is what one role found.
type outcome struct {
	role     string
	cases    map[string]int // by operation: "GET /listings/{listing_id}"
	answers  map[string]int
	refused  map[string]int // answers with 401
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
			Interactions map[string]struct {
				Response *struct {
					Status int `json:"status_code"`
				}
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
	o := &outcome{role: role, cases: map[string]int{}, answers: map[string]int{}, refused: map[string]int{}, failures: map[string]int{}}
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
	o.sort()
	return o, nil
}

func (o *outcome) sort() {
	slices.Sort(o.findings)
	o.findings = slices.Compact(o.findings)
}

// wantSession finds the operations that were asked without a session that holds: a 401 is an answer of the contract, so that
// no check of schemathesis minds when all answers are one.
func (o *outcome) wantSession() error {
	spec, err := contract.GetSpec()
	if err != nil {
		return err
	}
	for path, item := range spec.Paths.Map() {
		for method, op := range item.Operations() {
			label := method + " " + path
			open := op.Security != nil && len(*op.Security) == 0
			if !open && o.answers[label] > 0 && o.answers[label] == o.refused[label] {
				o.failures[label]++
				o.find(label, "session", fmt.Sprintf("all %d answers are 401", o.refused[label]))
			}
		}
	}
	o.sort()
	return nil
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
		if response := r.Interactions[id].Response; response != nil {
			o.answers[label]++
			if response.Status == http.StatusUnauthorized {
				o.refused[label]++
			}
		}
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
