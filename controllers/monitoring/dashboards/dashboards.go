// Package dashboards draws the platform for Grafana: what each page shows stands in a Go file of its own, and the JSON made of
// it beside them, for whoever imports it by hand.
package dashboards

import (
	"encoding/json"
	"fmt"
	"strings"
)

// Dashboard is one page.
type Dashboard struct {
	Name  string // of its file and, behind "rentora-", its uid: links to it stay true
	Title string
	About string
	Rows  []Row
}

// Row is a line of panels under a title. Panels that do not fit into its width go on below.
type Row struct {
	Title  string
	Panels []Panel
}

// Panel is one picture.
type Panel struct {
	Title   string
	About   string // what it says, and when somebody should act
	Kind    Kind
	Unit    string // in Grafana's names: s, bytes, percentunit, reqps, short …
	Width   int    // of 24; 0 is a third for a line, an eighth for a figure
	Queries []Query
	Steps   []Step   // colours, by rising value; none is green
	Max     *float64 // of the axis
	Stacked bool
	Yes, No string // for values that are 1 or 0
}

// Kind is the form of a panel.
type Kind string

// The kinds.
const (
	Figure Kind = "stat"
	Lines  Kind = "timeseries"
)

// Query is one question to Prometheus. In Expr, a lone @ within braces stands for the chosen namespace and platform.
type Query struct{ Expr, Legend string }

// Step is the value from which a colour holds.
type Step struct {
	From  float64
	Color string
}

const scope = `namespace=~"$namespace",platform=~"$platform"`

// Scoped gives the expression as Grafana asks it.
func (q Query) Scoped() string {
	return strings.NewReplacer("{@}", "{"+scope+"}", "{@,", "{"+scope+",").Replace(q.Expr)
}

// Plain gives the expression as Prometheus takes it: for every platform, with the interval that Grafana would choose.
func (q Query) Plain() string {
	return strings.NewReplacer("$namespace", ".*", "$platform", ".*", "$__rate_interval", "5m").Replace(q.Scoped())
}

// All gives every dashboard, the general ones first.
func All() []Dashboard {
	return []Dashboard{overview(), api(), workers(), data(), search(), business(), operator()}
}

// File gives the name of its JSON.
func (d Dashboard) File() string { return "rentora-" + d.Name + ".json" }

// JSON gives the dashboard as Grafana reads it. The same dashboard gives the same bytes.
func (d Dashboard) JSON() (string, error) {
	text, err := json.MarshalIndent(d.model(), "", " ")
	if err != nil {
		return "", fmt.Errorf("dashboard %s: %w", d.Name, err)
	}
	return string(text) + "\n", nil
}
