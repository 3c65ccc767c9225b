package ops

import (
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"net"
	"net/http"
	"time"

	"github.com/prometheus/client_golang/prometheus/promhttp"
)

// Serve answers /livez, /readyz and /metrics until ctx ends; it closes the listener.
func (b *Board) Serve(ctx context.Context, listener net.Listener) error {
	server := &http.Server{Handler: b.Handler(), ReadHeaderTimeout: 5 * time.Second, WriteTimeout: 30 * time.Second}
	stop := context.AfterFunc(ctx, func() { _ = server.Close() })
	defer stop()
	if err := server.Serve(listener); !errors.Is(err, http.ErrServerClosed) {
		return fmt.Errorf("ops: %w", err)
	}
	return nil
}

// Handler serves the three paths.
func (b *Board) Handler() http.Handler {
	mux := http.NewServeMux()
	mux.HandleFunc("GET /livez", b.live)
	mux.HandleFunc("GET /readyz", b.ready)
	mux.Handle("GET /metrics", promhttp.HandlerFor(b.registry, promhttp.HandlerOpts{Registry: b.registry, MaxRequestsInFlight: 4}))
	return mux
}

func (b *Board) live(w http.ResponseWriter, _ *http.Request) {
	if part := b.Stuck(); part != "" {
		answer(w, http.StatusServiceUnavailable, map[string]string{"status": "stuck", "group": part})
		return
	}
	answer(w, http.StatusOK, map[string]string{"status": "live"})
}

func (b *Board) ready(w http.ResponseWriter, r *http.Request) {
	v := b.Verdict(r.Context())
	status := http.StatusOK
	if !v.Ready() {
		status = http.StatusServiceUnavailable
	}
	answer(w, status, v)
}

func answer(w http.ResponseWriter, status int, body any) {
	w.Header().Set("Content-Type", "application/json")
	w.WriteHeader(status)
	_ = json.NewEncoder(w).Encode(body) // a client that has gone has nobody to tell
}
