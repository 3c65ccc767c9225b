package rest_test

import (
	"context"
	"encoding/json"
	"errors"
	"net/http"
	"strings"
	"testing"

	"github.com/rentora/rentora/server/ops"
)

func TestReadiness(t *testing.T) {
	t.Parallel()
	there := func(context.Context) error { return nil }
	away := func(context.Context) error { return errors.New("dial tcp 10.1.2.3:5432: refused") }
	for what, c := range map[string]struct {
		database, redis func(context.Context) error
		status          int
		word            string
	}{
		"all there":     {there, there, 200, "ready"},
		"redis away":    {there, away, 200, "degraded"},
		"database away": {away, there, 503, "not ready"},
		"both away":     {away, away, 503, "not ready"},
	} {
		d := open(t, nil, []ops.Check{{Name: "database", Required: true, Probe: c.database}, {Name: "redis", Probe: c.redis}}, nil)
		r := d.ask(http.MethodGet, "/readyz", "")
		var got struct {
			Status string
		}
		if err := json.Unmarshal([]byte(r.Body), &got); err != nil {
			t.Fatal(err)
		}
		if r.Status != c.status || got.Status != c.word {
			t.Errorf("%s: %d %s", what, r.Status, r.Body)
		}
		if strings.Contains(r.Body, "redis") || strings.Contains(r.Body, "database") {
			t.Errorf("%s: the answer tells a visitor what is missing: %s", what, r.Body)
		}
		if alive := d.ask(http.MethodGet, "/livez", ""); alive.Status != 200 {
			t.Errorf("%s: /livez answers %d", what, alive.Status)
		}
	}
}

// A probe that hangs is given up: the orchestrator wants an answer.
func TestReadinessGivesUp(t *testing.T) {
	t.Parallel()
	d := open(t, nil, []ops.Check{{Name: "database", Required: true, Probe: func(ctx context.Context) error {
		<-ctx.Done()
		return ctx.Err()
	}}}, nil)
	if r := d.ask(http.MethodGet, "/readyz", ""); r.Status != 503 {
		t.Errorf("%d %s", r.Status, r.Body)
	}
}

func TestMetricsNameRoutesAndNoIDs(t *testing.T) {
	t.Parallel()
	const id = "01890a5d-ac96-774b-bcce-b302099a8057"
	d := open(t, nil, nil, nil)
	d.fails(401, http.MethodGet, "/api/v1/bookings/"+id, "")
	d.fails(404, http.MethodGet, "/nowhere/"+id, "")
	d.fails(400, http.MethodPost, "/api/v1/auth/login", "{}", "Content-Type", "application/json")
	d.fails(404, http.MethodGet, "/metrics", "")
	metrics := d.metrics()
	for _, series := range []string{
		`rentora_http_requests_total{method="GET",route="/api/v1/bookings/:booking_id",status="401"} 1`,
		`rentora_http_requests_total{method="POST",route="/api/v1/auth/login",status="400"} 1`,
		`rentora_http_requests_total{method="GET",route="other",status="404"} 2`,
		`rentora_http_request_seconds_count{method="GET",route="/api/v1/bookings/:booking_id"} 1`,
		`rentora_http_requests_in_flight 0`,
	} {
		if !strings.Contains(metrics, series) {
			t.Errorf("/metrics has no %s", series)
		}
	}
	if strings.Contains(metrics, id) {
		t.Errorf("/metrics has an id in a label:\n%s", metrics)
	}
}
