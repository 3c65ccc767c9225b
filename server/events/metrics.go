package events

import (
	"github.com/prometheus/client_golang/prometheus"

	"github.com/rentora/rentora/server/events/internal/query"
)

// Metrics are the measures of the way of an event; docs/metrics.md lists them. A nil *Metrics measures nothing.
type Metrics struct {
	unpublished, oldest  prometheus.Gauge
	publishedTotal       *prometheus.CounterVec
	lag, deadLetters     *prometheus.GaugeVec
	handled              *prometheus.CounterVec
	handlerSeconds, ages *prometheus.HistogramVec
	retries, timeouts    *prometheus.CounterVec
	abandoned            *prometheus.GaugeVec
	waiting              *waiting
}

// The results of one delivery to a handler, as the metric's label names them.
const (
	resultDone     = "done"
	resultRepeated = "repeated" // was in the inbox already
	resultRetry    = "retry"    // failed, and is tried again in its lane
	resultMoved    = "moved"    // failed, and waits in a retry topic
	resultDead     = "dead"     // went to the dead letters
	resultSkipped  = "skipped"  // nobody in the group listens to this type
)

// NewMetrics makes the measures and registers them at reg; it panics when they are there already, as a second set in one
// program is a mistake of its assembly.
func NewMetrics(reg prometheus.Registerer) *Metrics {
	m := &Metrics{
		unpublished:    prometheus.NewGauge(prometheus.GaugeOpts{Name: "rentora_outbox_unpublished", Help: "Rows of the outbox that are not yet published."}),
		oldest:         prometheus.NewGauge(prometheus.GaugeOpts{Name: "rentora_outbox_oldest_age_seconds", Help: "Age of the oldest unpublished row of the outbox."}),
		publishedTotal: prometheus.NewCounterVec(prometheus.CounterOpts{Name: "rentora_events_published_total", Help: "Events that Kafka acknowledged."}, []string{"topic"}),
		lag:            prometheus.NewGaugeVec(prometheus.GaugeOpts{Name: "rentora_consumer_lag", Help: "Messages of a topic that a group has not yet committed."}, []string{"group", "topic"}),
		deadLetters:    prometheus.NewGaugeVec(prometheus.GaugeOpts{Name: "rentora_dead_letters", Help: "Dead letters of a group that nobody has retried or discarded."}, []string{"group"}),
		handled:        prometheus.NewCounterVec(prometheus.CounterOpts{Name: "rentora_events_handled_total", Help: "Deliveries to a group by their result: done, repeated, retry, moved, dead, skipped."}, []string{"group", "type", "result"}),
		handlerSeconds: prometheus.NewHistogramVec(prometheus.HistogramOpts{Name: "rentora_event_handler_seconds", Help: "Time of one call of a handler.",
			Buckets: prometheus.ExponentialBuckets(0.001, 2.5, 12)}, []string{"group", "type"}),
		ages: prometheus.NewHistogramVec(prometheus.HistogramOpts{Name: "rentora_event_age_seconds", Help: "Time from the appending of an event to the end of its handling.",
			Buckets: prometheus.ExponentialBuckets(0.01, 3, 12)}, []string{"group"}),
		retries:   prometheus.NewCounterVec(prometheus.CounterOpts{Name: "rentora_retries_total", Help: "Events that moved to a retry topic."}, []string{"group", "tier"}),
		timeouts:  prometheus.NewCounterVec(prometheus.CounterOpts{Name: "rentora_handler_timeouts_total", Help: "Calls of a handler that did not finish by their deadline."}, []string{"group", "type"}),
		abandoned: prometheus.NewGaugeVec(prometheus.GaugeOpts{Name: "rentora_handlers_abandoned", Help: "Handlers that ignored their deadline and still run."}, []string{"group"}),
		waiting:   newWaiting(),
	}
	reg.MustRegister(m.unpublished, m.oldest, m.publishedTotal, m.lag, m.deadLetters, m.handled, m.handlerSeconds, m.ages, m.retries, m.timeouts, m.abandoned, m.waiting)
	return m
}

func (m *Metrics) published(rows []query.UnpublishedRow, failed error) {
	if m == nil {
		return
	}
	for i, row := range rows {
		if reached(i, failed) {
			m.publishedTotal.WithLabelValues(row.Topic).Inc()
		}
	}
}

// result counts; kind must not be whatever stands on a topic, see lane.label.
func (m *Metrics) result(group, kind, result string) {
	if m == nil {
		return
	}
	m.handled.WithLabelValues(group, kind, result).Inc()
	if result == resultDead {
		m.deadLetters.WithLabelValues(group).Inc()
	}
}

func (m *Metrics) took(group, kind string, seconds float64) {
	if m != nil {
		m.handlerSeconds.WithLabelValues(group, kind).Observe(seconds)
	}
}

func (m *Metrics) age(group string, seconds float64) {
	if m != nil {
		m.ages.WithLabelValues(group).Observe(seconds)
	}
}
