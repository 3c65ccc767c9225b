package main

import (
	"time"

	"github.com/jackc/pgx/v5/pgxpool"
	"github.com/prometheus/client_golang/prometheus"

	"github.com/rentora/rentora/server/media"
	"github.com/rentora/rentora/server/postgres"
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
