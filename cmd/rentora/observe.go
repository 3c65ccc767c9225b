package main

import (
	"time"

	"github.com/jackc/pgx/v5/pgxpool"
	"github.com/prometheus/client_golang/prometheus"

	"github.com/rentora/rentora/server/media"
	"github.com/rentora/rentora/server/postgres"
	"github.com/rentora/rentora/server/rest"
	"github.com/rentora/rentora/server/search"
	"github.com/rentora/rentora/server/trace"
)

// observeMedia counts and times processed images.
func observeMedia(r prometheus.Registerer) media.Observer {
	results := prometheus.NewCounterVec(prometheus.CounterOpts{Name: "rentora_media_processed_total",
		Help: "Images processed, by result: ready, error (tried again), or the code of a failure."}, []string{"result"})
	seconds := prometheus.NewHistogram(prometheus.HistogramOpts{Name: "rentora_media_processing_seconds",
		Help: "Time to process one image.", Buckets: []float64{.1, .25, .5, 1, 2, 4, 8, 16, 30}})
	r.MustRegister(results, seconds)
	return func(result string, took time.Duration) {
		results.WithLabelValues(result).Inc()
		seconds.Observe(took.Seconds())
	}
}

// observed are the options of the pool: statements have spans where traces are recorded, and cost nothing where not.
func (p *program) observed() (options []func(*pgxpool.Config)) {
	if p.tracing != nil {
		options = append(options, postgres.Traced(trace.Statements{}))
	}
	return options
}

// countSearches counts the searches of people by what they were answered, from a cache or not. Every result is there from the
// beginning: a rate needs the zero that it began with.
func countSearches(r prometheus.Registerer) func(rest.Found) {
	results := prometheus.NewCounterVec(prometheus.CounterOpts{Name: "rentora_searches_total",
		Help: "Searches for listings that were answered, by result: some, none, error."}, []string{"result"})
	r.MustRegister(results)
	for _, found := range rest.EveryFound {
		results.WithLabelValues(string(found))
	}
	return func(found rest.Found) { results.WithLabelValues(string(found)).Inc() }
}

// observeSearch times the searches that reach the index.
func observeSearch(r prometheus.Registerer) search.Observer {
	seconds := prometheus.NewHistogramVec(prometheus.HistogramOpts{Name: "rentora_search_seconds",
		Help:    "Time of a search in the index, by kind: text, filter, places.",
		Buckets: []float64{.002, .005, .01, .02, .05, .1, .25, .5, 1, 3}}, []string{"kind"})
	r.MustRegister(seconds)
	return func(kind search.Kind, took time.Duration) {
		seconds.WithLabelValues(string(kind)).Observe(took.Seconds())
	}
}

// observeDrift shows what the last whole comparison of index and database found; all of it was repaired. forget is for a
// process that no longer compares.
func observeDrift(r prometheus.Registerer) (show func(search.Drift), forget func()) {
	documents := prometheus.NewGaugeVec(prometheus.GaugeOpts{Name: "rentora_search_drift_documents",
		Help: "Documents that differed from the database in the last whole comparison, by kind: missing, stale, wrong_days, extra."}, []string{"kind"})
	r.MustRegister(documents)
	return func(d search.Drift) {
		for _, kind := range search.Differences {
			documents.WithLabelValues(string(kind)).Set(float64(d.Counts[kind]))
		}
	}, documents.Reset
}
