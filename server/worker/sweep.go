package worker

import (
	"context"
	"time"

	"github.com/prometheus/client_golang/prometheus"
)

// Sweep is one table whose old rows go.
type Sweep struct {
	Table string
	Keep  time.Duration // rows that are older go
	// Batch deletes what is older than before, at most limit rows, and tells how many.
	Batch func(ctx context.Context, before time.Time, limit int) (int, error)
	// Whole says that a batch looks at limit rows and deletes few of them: one of it is enough for a run.
	Whole bool
}

// The bounds of a sweep: small statements with pauses between them, so that nobody waits for one, and an end.
const (
	sweepBatch = 1000
	sweepPause = 50 * time.Millisecond
	sweepMost  = 20 * time.Second
	sweepEvery = time.Minute
)

// Sweeps makes a job of each sweep; what they delete is counted in rentora_swept_rows_total{table}.
func Sweeps(reg prometheus.Registerer, now func() time.Time, sweeps ...Sweep) []Job {
	swept := prometheus.NewCounterVec(prometheus.CounterOpts{Name: "rentora_swept_rows_total", Help: "Old rows (and orphaned objects) that were deleted."}, []string{"table"})
	reg.MustRegister(swept)
	jobs := make([]Job, len(sweeps))
	for i, s := range sweeps {
		count := swept.WithLabelValues(s.Table)
		jobs[i] = Job{Name: "sweep_" + s.Table, Every: sweepEvery, Run: func(ctx context.Context) error { return s.run(ctx, now, count) }}
	}
	return jobs
}

// run deletes batch after batch until one is not full, or until the time of a run is over; the next one goes on.
func (s Sweep) run(ctx context.Context, now func() time.Time, count prometheus.Counter) error {
	enough, cancel := context.WithTimeout(ctx, sweepMost)
	defer cancel()
	for {
		n, err := s.Batch(ctx, now().Add(-s.Keep), sweepBatch)
		count.Add(float64(n))
		if err != nil || n < sweepBatch || s.Whole || !rest(enough, sweepPause) {
			return err
		}
	}
}
