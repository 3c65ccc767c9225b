package main

import (
	"context"
	"fmt"
	"maps"
	"slices"
	"strings"

	"github.com/rentora/rentora/controllers/monitoring"
)

// rare are metrics that exist only after something that the run does not bring about before it asks, each with what that is.
var rare = map[string]string{
	"ALERTS":                             "while an alert is pending or fires",
	"rentora_db_replica_age_seconds":     "with a replica of the database; this platform has none",
	"rentora_errors_total":               "after an internal error; there should be none",
	"rentora_handler_timeouts_total":     "after a handler of an event took too long",
	"rentora_handlers_abandoned":         "after a handler of an event did not end at its deadline",
	"rentora_http_limited_total":         "after a visitor was refused for asking too often; the run lifts the limits",
	"rentora_retries_total":              "after the handling of an event failed",
	"rentora_retry_oldest_age_seconds":   "after the handling of an event failed",
	"rentora_search_drift_documents":     "after index and database were compared, which happens once an hour",
	"minio_s3_requests_5xx_errors_total": "after a fault of the object store",
}

// queries asks everything that rules and dashboards ask, and wants every metric in it to be there. Prometheus itself takes the
// queries apart.
func queries(ctx context.Context, e *env) error {
	all, err := monitoring.Queries()
	if err != nil {
		return err
	}
	users, empty := map[string]string{}, 0
	for _, q := range all {
		where := fmt.Sprintf("%s, %s", q.Source, q.Name)
		var parsed any
		if err := e.prometheus(ctx, "parse_query", map[string]string{"query": q.Expr}, &parsed); err != nil {
			return fmt.Errorf("%s: %w", where, err)
		}
		for _, metric := range selected(parsed) {
			users[metric] = where
		}
		var answer struct{ Result []any }
		if err := e.prometheus(ctx, "query", map[string]string{"query": q.Expr}, &answer); err != nil {
			return fmt.Errorf("%s: %w", where, err)
		}
		if len(answer.Result) == 0 {
			empty++
		}
	}
	absent := map[string]bool{}
	err = until(ctx, "every metric that is asked for exists", func() (bool, string) { return e.exist(ctx, users, absent) })
	e.note("%d queries, %d of them without an answer now; %d metrics, %d of them not there yet for a known reason", len(all), empty, len(users), len(absent))
	return err
}

// exist tells whether Prometheus has every metric, or which are missing; those that may be go into absent.
func (e *env) exist(ctx context.Context, users map[string]string, absent map[string]bool) (bool, string) {
	var there []string
	if err := e.prometheus(ctx, "label/__name__/values", nil, &there); err != nil {
		return false, err.Error()
	}
	clear(absent)
	var missing []string
	for _, metric := range slices.Sorted(maps.Keys(users)) {
		switch {
		case slices.Contains(there, metric):
		case rare[metric] != "":
			absent[metric] = true
		default:
			missing = append(missing, metric+" (in "+users[metric]+")")
		}
	}
	return len(missing) == 0, "nobody exposes " + strings.Join(missing, ", ")
}

// selected finds the metrics in a query that was taken apart: the names of its selectors.
func selected(node any) (metrics []string) {
	switch n := node.(type) {
	case []any:
		for _, one := range n {
			metrics = append(metrics, selected(one)...)
		}
	case map[string]any:
		if metric, ok := n["name"].(string); ok && metric != "" && (n["type"] == "vectorSelector" || n["type"] == "matrixSelector") {
			metrics = append(metrics, metric)
		}
		for _, one := range n {
			metrics = append(metrics, selected(one)...)
		}
	}
	return metrics
}
