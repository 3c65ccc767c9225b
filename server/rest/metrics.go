package rest

import (
	"strconv"
	"time"

	"github.com/gofiber/fiber/v2"
	"github.com/gofiber/fiber/v2/middleware/adaptor"
	"github.com/prometheus/client_golang/prometheus"
	"github.com/prometheus/client_golang/prometheus/promhttp"
)

// metrics are rate, errors and duration of each route.
type metrics struct {
	requests *prometheus.CounterVec
	seconds  *prometheus.HistogramVec
	inFlight prometheus.Gauge
}

func newMetrics(r prometheus.Registerer) *metrics {
	m := &metrics{
		requests: prometheus.NewCounterVec(prometheus.CounterOpts{Name: "rentora_http_requests_total",
			Help: "Requests answered, by method, route pattern and status."}, []string{"method", "route", "status"}),
		seconds: prometheus.NewHistogramVec(prometheus.HistogramOpts{Name: "rentora_http_request_seconds",
			Help:    "Time from the first handler to the written answer.",
			Buckets: []float64{.001, .0025, .005, .01, .025, .05, .1, .25, .5, 1, 2.5, 10}}, []string{"method", "route"}),
		inFlight: prometheus.NewGauge(prometheus.GaugeOpts{Name: "rentora_http_requests_in_flight", Help: "Requests being answered."}),
	}
	r.MustRegister(m.requests, m.seconds, m.inFlight)
	return m
}

var knownMethods = map[string]bool{"GET": true, "HEAD": true, "POST": true, "PUT": true, "PATCH": true, "DELETE": true, "OPTIONS": true}

func (m *metrics) count(method, route string, status int, took time.Duration) {
	if !knownMethods[method] {
		method = "other"
	}
	m.requests.WithLabelValues(method, route, strconv.Itoa(status)).Inc()
	m.seconds.WithLabelValues(method, route).Observe(took.Seconds())
}

// serveMetrics has no time-out of its own: that of promhttp would derive a context from fasthttp's request, whose end
// fasthttp does not guard against a shutdown at the same moment.
// serveMetrics has no time-out of its own: net/http's time-out handler watches a context that fasthttp uses again for the next request.
func (d *door) serveMetrics() fiber.Handler {
	return adaptor.HTTPHandler(promhttp.HandlerFor(d.Registry, promhttp.HandlerOpts{MaxRequestsInFlight: 4}))
}
