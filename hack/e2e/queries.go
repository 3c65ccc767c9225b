package main

import (
	"context"
	"errors"
	"fmt"
	"maps"
	"slices"
	"strings"
	"time"

	"github.com/rentora/rentora/controllers/monitoring"
)

// rare are metrics that exist only after something that the run does not bring about before it asks, each with what that is.
var rare = map[string]string{
	"ALERTS":                             "while an alert is pending or fires",
	"rentora_db_replica_age_seconds":     "with a replica of the database; this platform has none",
	"rentora_handler_timeouts_total":     "after a handler of an event took too long",
	"rentora_handlers_abandoned":         "after a handler of an event did not end at its deadline",
	"rentora_http_limited_total":         "after a visitor was refused for asking too often; the run lifts the limits",
	"rentora_retries_total":              "after the handling of an event failed",
	"rentora_retry_oldest_age_seconds":   "after the handling of an event failed",
	"rentora_search_drift_documents":     "after index and database were compared, which happens once an hour",
	"minio_s3_requests_5xx_errors_total": "after a fault of the object store",
}

// silent are queries of dashboards, by their panel, that have no answer although their metrics are there, each with why.
var silent = map[string]string{
	"Failing routes":             "no request has failed",
	"Failed notifications":       "every notification reached whom it was for, or there is nobody",
	"Failed runs of jobs":        "no job has failed",
	"Targets that do not answer": "all answer",
}

// asked is a query with the metrics in it.
type asked struct {
	monitoring.Query
	metrics []string
}

// queries asks everything that rules and dashboards ask, while guests book and after the walk, which brings photographs and refusals,
// and wants every metric in it to be there and every query
// to be answered: alerts apart, whose answer is that something is wrong. Prometheus itself takes the queries apart.
func queries(ctx context.Context, e *env) error {
	all, err := e.takenApart(ctx)
	if err != nil {
		return err
	}
	users := map[string]string{}
	for _, q := range all {
		for _, metric := range q.metrics {
			users[metric] = q.Source + ", " + q.Name
		}
	}
	guests, err := e.guests(ctx, 2)
	if err != nil {
		return err
	}
	l, err := e.begin(ctx, 2, 50*time.Millisecond, guests...)
	if err != nil {
		return err
	}
	absent := map[string]bool{}
	if err := e.walk(ctx); err != nil {
		return errors.Join(err, l.end(e))
	}
	found := until(ctx, "every metric that is asked for exists", func() (bool, string) { return e.exist(ctx, users, absent) })
	alerts, quiet := 0, 0
	waiting := slices.DeleteFunc(slices.Clone(all), func(q asked) bool {
		isAlert := strings.HasSuffix(q.Source, ".rules.yaml") && !strings.Contains(q.Name, ":")
		isQuiet := !isAlert && (silent[q.Name] != "" || slices.ContainsFunc(q.metrics, func(m string) bool { return absent[m] }))
		if isAlert {
			alerts++
		}
		if isQuiet {
			quiet++
		}
		return isAlert || isQuiet
	})
	if found == nil {
		found = e.answered(ctx, waiting)
	}
	e.note("%d queries: %d have an answer, %d are alerts, %d are silent for a known reason; %d metrics, %d of them not there for a known reason",
		len(all), len(waiting), alerts, quiet, len(users), len(absent))
	return errors.Join(found, l.end(e))
}

// takenApart gives every query with its metrics.
func (e *env) takenApart(ctx context.Context) (all []asked, err error) {
	queries, err := monitoring.Queries()
	if err != nil {
		return nil, err
	}
	for _, q := range queries {
		var parsed any
		if err := e.prometheus(ctx, "parse_query", map[string]string{"query": q.Expr}, &parsed); err != nil {
			return nil, fmt.Errorf("%s, %s: %w", q.Source, q.Name, err)
		}
		all = append(all, asked{q, selected(parsed)})
	}
	return all, nil
}

// answered waits until each query has had an answer.
func (e *env) answered(ctx context.Context, waiting []asked) error {
	return until(ctx, "every query is answered", func() (bool, string) {
		var silence []string
		var failure error
		waiting = slices.DeleteFunc(waiting, func(q asked) bool {
			var answer struct{ Result []any }
			if err := e.prometheus(ctx, "query", map[string]string{"query": q.Expr}, &answer); err != nil {
				failure = err
			}
			if len(answer.Result) == 0 {
				silence = append(silence, fmt.Sprintf("%s, %s: %s", q.Source, q.Name, q.Expr))
			}
			return len(answer.Result) > 0
		})
		return len(waiting) == 0, strings.Join(append(silence, errorText(failure)), "\n")
	})
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
