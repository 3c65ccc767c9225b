package measure

import (
	"context"
	"fmt"
	"net/http"
	"net/http/httptest"
	"slices"
	"strconv"
	"strings"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"

	"github.com/rentora/rentora/controllers/rehearsal"
	"github.com/rentora/rentora/hack/stack/probe"
	"github.com/rentora/rentora/hack/stack/process"
)

// answers is a Typesense that gives one answer to each path, to who knows the key.
func answers(t *testing.T, paths map[string]string) string {
	t.Helper()
	server := httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		body, known := paths[r.URL.Path]
		switch {
		case r.Header.Get("X-TYPESENSE-API-KEY") != "key":
			w.WriteHeader(http.StatusUnauthorized)
		case !known:
			w.WriteHeader(http.StatusServiceUnavailable)
		default:
			fmt.Fprint(w, body)
		}
	}))
	t.Cleanup(server.Close)
	return server.URL
}

func TestTypesenseNumbers(t *testing.T) {
	t.Parallel()
	base := answers(t, map[string]string{
		"/health":       `{"ok":true}`,
		"/metrics.json": `{"system_memory_used_bytes":"99","typesense_memory_resident_bytes":"33431552","typesense_memory_fragmentation_ratio":"0.05","typesense_memory_active_bytes":"?"}`,
		"/stats.json":   `{"search_latency_ms":12.5,"pending_write_batches":3,"latency_ms":{"GET /collections/x":1},"requests_per_second":{"GET /collections/x":1},"total_requests_per_second":4.0}`,
	})
	want := map[string]float64{
		"rentora_measure_up,typesense": 1, "rentora_typesense_healthy": 1,
		"rentora_typesense_memory_resident_bytes": 33431552, "rentora_typesense_memory_fragmentation_ratio": 0.05,
		"rentora_typesense_search_latency_seconds": 0.0125, "rentora_typesense_pending_write_batches": 3, "rentora_typesense_requests_per_second": 4,
	}
	if diff := cmp.Diff(want, scrape(t, run(t, Options{Typesense: base + "/", APIKey: "key"}))); diff != "" {
		t.Errorf("(-want +got)\n%s", diff)
	}
}

// TestTypesenseAway wants each failure to be seen as what it is, and to keep nothing else from being measured.
func TestTypesenseAway(t *testing.T) {
	t.Parallel()
	for name, c := range map[string]struct {
		base, key string
		want      map[string]float64
	}{
		"rebuilds":  {answers(t, map[string]string{"/metrics.json": `{"typesense_memory_mapped_bytes":"1"}`, "/stats.json": `{}`}), "key", map[string]float64{"rentora_measure_up,typesense": 1, "rentora_typesense_healthy": 0, "rentora_typesense_memory_mapped_bytes": 1}},
		"wrong key": {answers(t, nil), "other", map[string]float64{"rentora_measure_up,typesense": 0, "rentora_typesense_healthy": 0}},
		"no JSON":   {answers(t, map[string]string{"/health": "", "/metrics.json": "<html>", "/stats.json": "{}"}), "key", map[string]float64{"rentora_measure_up,typesense": 0, "rentora_typesense_healthy": 1}},
		"nobody":    {"http://127.0.0.1:" + strconv.Itoa(probe.FreePorts(1)[0]), "key", map[string]float64{"rentora_measure_up,typesense": 0}},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			if diff := cmp.Diff(c.want, scrape(t, run(t, Options{Typesense: c.base, APIKey: c.key}))); diff != "" {
				t.Errorf("(-want +got)\n%s", diff)
			}
		})
	}
}

// TestTypesenseHangs wants the scrape of a server that never answers to end in time.
func TestTypesenseHangs(t *testing.T) {
	t.Parallel()
	server := httptest.NewServer(http.HandlerFunc(func(_ http.ResponseWriter, r *http.Request) { <-r.Context().Done() }))
	t.Cleanup(server.Close)
	began := time.Now()
	if got := scrape(t, run(t, Options{Typesense: server.URL})); got["rentora_measure_up,typesense"] != 0 || len(got) != 1 {
		t.Errorf("measured: %v", got)
	}
	if took := time.Since(began); took > scrapeLimit {
		t.Errorf("the scrape took %s", took)
	}
}

// TestRealTypesense wants every number that is passed on to be in what the real server says.
func TestRealTypesense(t *testing.T) {
	t.Parallel()
	ports := probe.FreePorts(2)
	server := rehearsal.Start(t, process.Spec{
		Path: rehearsal.Installed(t, "typesense").Typesense, Env: []string{"TYPESENSE_API_KEY=key"},
		Args: []string{"--data-dir=" + t.TempDir(), "--api-address=127.0.0.1", "--api-port=" + strconv.Itoa(ports[0]),
			"--peering-address=127.0.0.1", "--peering-port=" + strconv.Itoa(ports[1])},
	})
	server.Await(func(ctx context.Context) error { return probe.HTTP(ctx, probe.Local(ports[0]), "/health") })
	got := names(scrape(t, run(t, Options{Typesense: "http://127.0.0.1:" + strconv.Itoa(ports[0]), APIKey: "key"})))
	want := []string{"rentora_measure_up,typesense", "rentora_typesense_healthy"}
	for _, g := range gauges {
		_, name, _ := strings.Cut(g.desc.String(), `fqName: "`)
		name, _, _ = strings.Cut(name, `"`)
		want = append(want, name)
	}
	slices.Sort(want)
	if diff := cmp.Diff(want, got); diff != "" {
		t.Errorf("(-want +got)\n%s", diff)
	}
}
