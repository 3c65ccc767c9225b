package ops_test

import (
	"context"
	"encoding/json"
	"errors"
	"log/slog"
	"net/http"
	"net/http/httptest"
	"strings"
	"sync"
	"sync/atomic"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"
	"github.com/prometheus/client_golang/prometheus"

	"github.com/rentora/rentora/server/ops"
)

func there(context.Context) error { return nil }
func away(context.Context) error  { return errors.New("dial tcp 10.1.2.3:5432: refused") }

func get(t *testing.T, b *ops.Board, path string) (int, string) {
	t.Helper()
	r := httptest.NewRecorder()
	b.Handler().ServeHTTP(r, httptest.NewRequestWithContext(t.Context(), http.MethodGet, path, nil))
	return r.Code, r.Body.String()
}

func TestReadinessNamesWhatIsMissing(t *testing.T) {
	t.Parallel()
	for what, c := range map[string]struct {
		database, redis func(context.Context) error
		status          int
		word            string
		missing         []string
	}{
		"all there":     {there, there, 200, "ready", []string{}},
		"redis away":    {there, away, 200, "degraded", []string{"redis"}},
		"database away": {away, there, 503, "not ready", []string{"database"}},
		"both away":     {away, away, 503, "not ready", []string{"database", "redis"}},
	} {
		b := ops.New(slog.New(slog.DiscardHandler), prometheus.NewRegistry(), time.Now)
		b.Add(ops.Check{Name: "database", Required: true, Probe: c.database}, ops.Check{Name: "redis", Probe: c.redis})
		b.Add(ops.Check{Name: "redis", Required: true, Probe: away}) // the second of a name does not count
		status, body := get(t, b, "/readyz")
		var got ops.Verdict
		if err := json.Unmarshal([]byte(body), &got); err != nil {
			t.Fatal(err)
		}
		if status != c.status || got.Status != c.word || !cmp.Equal(got.Missing, c.missing) || len(got.Checks) != 2 {
			t.Errorf("%s: %d %s", what, status, body)
		}
		if strings.Contains(body, "10.1.2.3") {
			t.Errorf("%s: the answer tells an address: %s", what, body)
		}
	}
}

// A flood of questions is one round of probes, and a verdict is never older than a second.
func TestProbesRunOnceForAll(t *testing.T) {
	t.Parallel()
	var probes atomic.Int64
	var clock atomic.Int64
	b := ops.New(slog.New(slog.DiscardHandler), prometheus.NewRegistry(), func() time.Time { return time.UnixMilli(clock.Load()) })
	b.Add(ops.Check{Name: "database", Probe: func(context.Context) error { probes.Add(1); return nil }})
	var all sync.WaitGroup
	for range 50 {
		all.Go(func() { b.Verdict(t.Context()) })
	}
	all.Wait()
	clock.Store(999)
	b.Verdict(t.Context())
	if n := probes.Load(); n != 1 {
		t.Errorf("%d probes within a second, want 1", n)
	}
	clock.Store(1000)
	b.Verdict(t.Context())
	if n := probes.Load(); n != 2 {
		t.Errorf("%d probes after a second, want 2", n)
	}
}

func TestLivenessNamesAStuckPart(t *testing.T) {
	t.Parallel()
	b := ops.New(slog.New(slog.DiscardHandler), prometheus.NewRegistry(), time.Now)
	if status, body := get(t, b, "/livez"); status != 200 {
		t.Errorf("%d %s", status, body)
	}
	b.AddStuck(func() string { return "" })
	b.AddStuck(func() string { return "notify" })
	if status, body := get(t, b, "/livez"); status != 503 || !strings.Contains(body, "notify") {
		t.Errorf("%d %s", status, body)
	}
}

func TestMetrics(t *testing.T) {
	t.Parallel()
	registry := prometheus.NewRegistry()
	registry.MustRegister(prometheus.NewGauge(prometheus.GaugeOpts{Name: "answer"}))
	if status, body := get(t, ops.New(slog.New(slog.DiscardHandler), registry, time.Now), "/metrics"); status != 200 || !strings.Contains(body, "answer 0") {
		t.Errorf("%d %s", status, body)
	}
}
