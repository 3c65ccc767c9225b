package worker_test

import (
	"context"
	"errors"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"
	"github.com/prometheus/client_golang/prometheus"

	"github.com/rentora/rentora/server/worker"
)

// full is a table with so many old rows.
type full struct {
	left, batches int
	before        time.Time
	fails         error
}

func (f *full) batch(_ context.Context, before time.Time, limit int) (int, error) {
	n := min(limit, f.left)
	f.left -= n
	f.batches++
	f.before = before
	return n, f.fails
}

func TestASweepEndsWithTheFirstBatchThatIsNotFull(t *testing.T) {
	t.Parallel()
	now := time.Date(2026, 5, 4, 3, 2, 1, 0, time.UTC)
	rows, objects, broken := &full{left: 2500}, &full{left: 5000}, &full{left: 10, fails: errors.New("away")}
	reg := prometheus.NewRegistry()
	jobs := worker.Sweeps(reg, func() time.Time { return now },
		worker.Sweep{Table: "rows", Keep: time.Hour, Batch: rows.batch},
		worker.Sweep{Table: "objects", Batch: objects.batch, Whole: true},
		worker.Sweep{Table: "broken", Batch: broken.batch})
	for i, want := range []error{nil, nil, broken.fails} {
		if err := jobs[i].Run(t.Context()); !errors.Is(err, want) {
			t.Errorf("%s: %v", jobs[i].Name, err)
		}
	}
	if rows.left != 0 || rows.batches != 3 || !rows.before.Equal(now.Add(-time.Hour)) {
		t.Errorf("%+v", rows)
	}
	if objects.batches != 1 || broken.batches != 1 {
		t.Errorf("%+v, %+v", objects, broken)
	}
	families, err := reg.Gather()
	if err != nil || len(families) != 1 || families[0].GetName() != "rentora_swept_rows_total" {
		t.Fatal(families, err)
	}
	counted := map[string]float64{}
	for _, m := range families[0].GetMetric() {
		counted[m.GetLabel()[0].GetValue()] = m.GetCounter().GetValue()
	}
	if diff := cmp.Diff(map[string]float64{"rows": 2500, "objects": 1000, "broken": 10}, counted); diff != "" {
		t.Error(diff)
	}
}

func TestASweepIsInterrupted(t *testing.T) {
	t.Parallel()
	endless := &full{left: 1 << 30}
	ctx, cancel := context.WithCancel(t.Context())
	job := worker.Sweeps(prometheus.NewRegistry(), time.Now, worker.Sweep{Table: "rows", Batch: func(ctx context.Context, before time.Time, limit int) (int, error) {
		if endless.batches == 2 {
			cancel()
		}
		return endless.batch(ctx, before, limit)
	}})[0]
	if err := job.Run(ctx); err != nil || endless.batches != 3 {
		t.Errorf("%d batches, %v", endless.batches, err)
	}
}
