package events

import (
	"strconv"
	"sync"
	"time"

	"github.com/prometheus/client_golang/prometheus"
)

func (m *Metrics) retried(group string, tier int) {
	if m != nil {
		m.retries.WithLabelValues(group, strconv.Itoa(tier)).Inc()
	}
}

func (m *Metrics) timedOut(group, kind string) {
	if m != nil {
		m.timeouts.WithLabelValues(group, kind).Inc()
	}
}

func (m *Metrics) abandon(group string, n float64) {
	if m != nil {
		m.abandoned.WithLabelValues(group).Add(n)
	}
}

// waits notes since when the event at the head of a retry topic's partition is on its way; the zero time: none waits there.
func (m *Metrics) waits(group string, at place, since time.Time) {
	if m != nil {
		m.waiting.set(group, at, since)
	}
}

// waiting knows the heads of the retry topics, so that their age is that of the moment in which somebody looks.
type waiting struct {
	oldest *prometheus.Desc
	mu     sync.Mutex
	heads  map[string]map[place]time.Time
}

func newWaiting() *waiting {
	return &waiting{heads: map[string]map[place]time.Time{},
		oldest: prometheus.NewDesc("rentora_retry_oldest_age_seconds", "How long ago the event that waits longest in a retry topic failed first.", []string{"group"}, nil)}
}

func (w *waiting) set(group string, at place, since time.Time) {
	w.mu.Lock()
	defer w.mu.Unlock()
	if w.heads[group] == nil {
		w.heads[group] = map[place]time.Time{}
	}
	if delete(w.heads[group], at); !since.IsZero() {
		w.heads[group][at] = since
	}
}

// Describe implements prometheus.Collector.
func (w *waiting) Describe(all chan<- *prometheus.Desc) { all <- w.oldest }

// Collect implements prometheus.Collector.
func (w *waiting) Collect(all chan<- prometheus.Metric) {
	w.mu.Lock()
	defer w.mu.Unlock()
	for group, heads := range w.heads {
		age := time.Duration(0)
		for _, since := range heads {
			age = max(age, time.Since(since))
		}
		all <- prometheus.MustNewConstMetric(w.oldest, prometheus.GaugeValue, age.Seconds(), group)
	}
}
