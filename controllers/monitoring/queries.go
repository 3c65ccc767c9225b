package monitoring

import (
	"maps"
	"slices"

	"github.com/rentora/rentora/controllers/monitoring/dashboards"
)

// Query is one that a rule or a dashboard asks.
type Query struct {
	Source string // the file: slo.rules.yaml, rentora-api.json
	Name   string // the rule's, or the panel's
	Expr   string // as Prometheus takes it, for every platform
}

// Queries gives every query of rules and dashboards, in the order of their files.
func Queries() ([]Query, error) {
	files, err := ruleFiles()
	if err != nil {
		return nil, err
	}
	var all []Query
	for _, file := range slices.Sorted(maps.Keys(files)) {
		rules, err := parseRules(files[file])
		if err != nil {
			return nil, err
		}
		for _, r := range rules {
			all = append(all, Query{Source: file, Name: r.Record + r.Alert, Expr: r.Expr})
		}
	}
	for _, d := range dashboards.All() {
		for _, row := range d.Rows {
			for _, p := range row.Panels {
				for _, q := range p.Queries {
					all = append(all, Query{Source: d.File(), Name: p.Title, Expr: q.Plain()})
				}
			}
		}
	}
	return all, nil
}
