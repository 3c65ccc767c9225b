package load

import (
	"time"

	"github.com/HdrHistogram/hdrhistogram-go"
)

// The histogram is exact to three digits from a microsecond to the patience of a request, in nanoseconds.
const histogramMost = int64(patience)

func newHistogram() *hdrhistogram.Histogram { return hdrhistogram.New(1000, histogramMost, 3) }

func latencyOf(h *hdrhistogram.Histogram) Latency {
	ms := func(p float64) float64 { return float64(h.ValueAtQuantile(p)) / float64(time.Millisecond) }
	return Latency{P50: ms(50), P90: ms(90), P95: ms(95), P99: ms(99), Max: float64(h.Max()) / float64(time.Millisecond)}
}

// LatencyOf gives the percentiles of single latencies.
func LatencyOf(all []time.Duration) Latency {
	h := newHistogram()
	for _, one := range all {
		_ = h.RecordValue(min(one.Nanoseconds(), histogramMost))
	}
	return latencyOf(h)
}
