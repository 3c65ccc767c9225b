package worker_test

import (
	"context"
	"fmt"
	"strings"
	"sync/atomic"
	"testing"
	"time"

	"github.com/rentora/rentora/server/testkit"
	"github.com/rentora/rentora/server/worker"
)

// once counts one thing at its first call, and waits for the end at the others: only the first run shows a figure.
type once struct{ calls atomic.Int32 }

func (o *once) CountByStatus(ctx context.Context) (map[string]int64, error) {
	if o.calls.Add(1) == 1 {
		return map[string]int64{"live": 7}, nil
	}
	<-ctx.Done()
	return nil, ctx.Err()
}

func TestFiguresGoWithTheSchedulersLock(t *testing.T) {
	t.Parallel()
	d := deps(t, "scheduler")
	d.Jobs = []worker.Job{worker.CountStates(d.Registry, &once{}, &once{})}
	r := start(t, d)
	shown := func(want bool) func() error {
		return func() error {
			if _, metrics := r.get("/metrics"); strings.Contains(metrics, `rentora_listings{status="live"} 7`) != want {
				return fmt.Errorf("the figure is there: %t", !want)
			}
			return nil
		}
	}
	testkit.Eventually(t, 30*time.Second, shown(true))
	if _, err := d.Pool.Exec(t.Context(), "select pg_terminate_backend(pid) from pg_stat_activity where application_name = 'rentora-lock' and datname = current_database()"); err != nil {
		t.Fatal(err)
	}
	testkit.Eventually(t, 30*time.Second, shown(false))
}
