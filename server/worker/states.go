package worker

import (
	"context"
	"time"

	"github.com/prometheus/client_golang/prometheus"
)

// Counter tells how many of its things are in each status.
type Counter interface {
	CountByStatus(ctx context.Context) (map[string]int64, error)
}

// CountStates is the job that measures rentora_listings{status} and rentora_bookings{status}, every five minutes: it reads
// the whole indexes of their statuses.
func CountStates(reg prometheus.Registerer, listings, bookings Counter) Job {
	gauges := map[string]Counter{"rentora_listings": listings, "rentora_bookings": bookings}
	vectors := map[string]*prometheus.GaugeVec{}
	for name := range gauges {
		vectors[name] = prometheus.NewGaugeVec(prometheus.GaugeOpts{Name: name, Help: "How many there are, by status, five minutes ago at most."}, []string{"status"})
		reg.MustRegister(vectors[name])
	}
	ended := func() { // the next holder of the lock shows newer figures; ours must not stand beside them
		for _, vector := range vectors {
			vector.Reset()
		}
	}
	return Job{Name: "count_states", Every: 5 * time.Minute, Ended: ended, Run: func(ctx context.Context) error {
		for name, counter := range gauges {
			counts, err := counter.CountByStatus(ctx)
			if err != nil {
				return err
			}
			vectors[name].Reset() // a status that has become empty must not stay at its last figure
			for status, n := range counts {
				vectors[name].WithLabelValues(status).Set(float64(n))
			}
		}
		return nil
	}}
}
