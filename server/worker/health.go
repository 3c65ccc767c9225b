package worker

import (
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"net"
	"net/http"
	"sync"
	"time"

	"github.com/prometheus/client_golang/prometheus/promhttp"

	"github.com/rentora/rentora/server/events"
)

// Check is one part that the worker works with.
type Check struct {
	Name     string
	Required bool // false: its absence is told, but the worker counts as ready
	Probe    func(context.Context) error
}

type checked struct {
	Name     string `json:"name"`
	OK       bool   `json:"ok"`
	Required bool   `json:"required"`
}

func listen(ctx context.Context, d Deps) (net.Listener, error) {
	var conf net.ListenConfig
	listener, err := conf.Listen(ctx, "tcp", d.Config.Worker.Addr)
	if err != nil {
		return nil, fmt.Errorf("the worker cannot listen at RENTORA_WORKER_ADDR: %w", err)
	}
	if d.Listening != nil {
		d.Listening(listener.Addr())
	}
	return listener, nil
}

// serve answers the probes and the metrics until ctx ends.
func serve(ctx context.Context, listener net.Listener, d Deps, groups []group) error {
	server := &http.Server{Handler: probes(d, groups), ReadHeaderTimeout: 5 * time.Second, WriteTimeout: 30 * time.Second}
	stop := context.AfterFunc(ctx, func() { _ = server.Close() })
	defer stop()
	if err := server.Serve(listener); !errors.Is(err, http.ErrServerClosed) {
		return fmt.Errorf("the worker's probes: %w", err)
	}
	return nil
}

func probes(d Deps, groups []group) http.Handler {
	checks := append([]Check{
		{Name: "database", Required: true, Probe: d.Pool.Ping},
		{Name: "kafka", Required: true, Probe: func(ctx context.Context) error { return events.Check(ctx, d.Config.Kafka) }},
	}, d.Checks...)
	mux := http.NewServeMux()
	mux.HandleFunc("GET /livez", func(w http.ResponseWriter, _ *http.Request) { live(w, groups) })
	mux.HandleFunc("GET /readyz", func(w http.ResponseWriter, r *http.Request) { ready(w, r, d, checks) })
	mux.Handle("GET /metrics", promhttp.HandlerFor(d.Registry, promhttp.HandlerOpts{Registry: d.Registry}))
	return mux
}

// live answers 503 when a group has given up on so many handlers that only a new process helps.
func live(w http.ResponseWriter, groups []group) {
	for _, one := range groups {
		if one.stuck != nil && one.stuck() {
			answer(w, http.StatusServiceUnavailable, map[string]string{"status": "stuck", "group": one.name})
			return
		}
	}
	answer(w, http.StatusOK, map[string]string{"status": "live"})
}

// ready answers 503 while a required part is missing, and names every part that is. Causes stay in the log.
func ready(w http.ResponseWriter, r *http.Request, d Deps, checks []Check) {
	ctx, cancel := context.WithTimeout(r.Context(), 2*time.Second)
	defer cancel()
	results := make([]checked, len(checks))
	var all sync.WaitGroup
	for i, check := range checks {
		all.Go(func() {
			err := check.Probe(ctx)
			results[i] = checked{check.Name, err == nil, check.Required}
			if err != nil {
				d.Log.Warn("not ready", "part", check.Name, "required", check.Required, "error", err)
			}
		})
	}
	all.Wait()
	status, code, missing := "ready", http.StatusOK, []string{}
	for _, one := range results {
		switch {
		case one.OK:
			continue
		case one.Required:
			status, code = "not ready", http.StatusServiceUnavailable
		case code == http.StatusOK:
			status = "degraded"
		}
		missing = append(missing, one.Name)
	}
	answer(w, code, map[string]any{"status": status, "missing": missing, "checks": results})
}

func answer(w http.ResponseWriter, status int, body any) {
	w.Header().Set("Content-Type", "application/json")
	w.WriteHeader(status)
	_ = json.NewEncoder(w).Encode(body) // a client that has gone has nobody to tell
}
