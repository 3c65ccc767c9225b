package rest_test

import (
	"bytes"
	"encoding/json"
	"io"
	"log/slog"
	"net"
	"net/http"
	"net/http/httptest"
	"strings"
	"sync"
	"testing"
	"time"

	"github.com/gofiber/fiber/v2"
	"github.com/prometheus/client_golang/prometheus"

	"github.com/rentora/rentora/server/config"
	"github.com/rentora/rentora/server/contract"
	"github.com/rentora/rentora/server/limit"
	"github.com/rentora/rentora/server/ops"
	"github.com/rentora/rentora/server/rest"
	"github.com/rentora/rentora/server/testkit"
)

// doorway is the door without rooms behind it, listening.
type doorway struct {
	t    *testing.T
	app  *fiber.App
	base string
	log  *logged
	ops  http.Handler // the operators' port
}

// open starts the door. Routes of the test's own come behind every middleware, as those of the contract do.
func open(t *testing.T, set func(*config.Config), checks []ops.Check, routes map[string]fiber.Handler) *doorway {
	t.Helper()
	c := &config.Config{Environment: "production", PublicURL: "https://rentora.example", HTTP: config.HTTP{RequestTimeout: 5 * time.Second, ReadTimeout: 5 * time.Second,
		ShutdownTimeout: 5 * time.Second, BodyLimit: 4096, AllowedOrigins: []string{"https://partner.example"}}}
	if set != nil {
		set(c)
	}
	log := &logged{}
	registry := prometheus.NewRegistry()
	handler := slog.New(slog.NewJSONHandler(log, nil))
	board := ops.New(handler, registry, time.Now)
	board.Add(checks...)
	app, err := rest.New(&rest.API{}, rest.Options{Config: c, Log: handler, Registry: registry, Ops: board,
		Limits: limit.New(limit.Options{Keys: 1000, Now: time.Now})})
	if err != nil {
		t.Fatal(err)
	}
	for path, handler := range routes {
		app.Get(path, handler)
	}
	listener, err := net.Listen("tcp", "127.0.0.1:0")
	if err != nil {
		t.Fatal(err)
	}
	served := make(chan error, 1)
	go func() { served <- app.Listener(listener) }()
	t.Cleanup(func() {
		if err := app.ShutdownWithTimeout(5 * time.Second); err != nil {
			t.Error(err)
		}
		if err := <-served; err != nil {
			t.Error(err)
		}
	})
	return &doorway{t: t, app: app, base: "http://" + listener.Addr().String(), log: log, ops: board.Handler()}
}

// reply is an answer that was read.
type reply struct {
	Status int
	Header http.Header
	Body   string
}

// ask sends a request with headers, name and value by turns. A name that comes twice is sent in two lines.
func (d *doorway) ask(method, path, body string, header ...string) reply {
	d.t.Helper()
	req, err := http.NewRequestWithContext(d.t.Context(), method, d.base+path, strings.NewReader(body))
	if err != nil {
		d.t.Fatal(err)
	}
	for i := 0; i+1 < len(header); i += 2 {
		req.Header.Add(header[i], header[i+1])
	}
	client := &http.Client{Transport: &http.Transport{DisableKeepAlives: true}}
	answer, err := client.Do(req)
	if err != nil {
		d.t.Fatal(err)
	}
	defer answer.Body.Close()
	read, err := io.ReadAll(answer.Body)
	if err != nil {
		d.t.Fatal(err)
	}
	return reply{answer.StatusCode, answer.Header, string(read)}
}

// metrics are what the operators' port answers.
func (d *doorway) metrics() string {
	r := httptest.NewRecorder()
	d.ops.ServeHTTP(r, httptest.NewRequestWithContext(d.t.Context(), http.MethodGet, "/metrics", nil))
	return r.Body.String()
}

// fails asks and wants a failure: its status, and an envelope as the contract has it.
func (d *doorway) fails(status int, method, path, body string, header ...string) (contract.Error, reply) {
	d.t.Helper()
	r := d.ask(method, path, body, header...)
	if r.Status != status {
		d.t.Fatalf("%s %s: status %d, want %d: %s", method, path, r.Status, status, r.Body)
	}
	if err := testkit.CheckEnvelope(r.Status, r.Header, []byte(r.Body)); err != nil {
		d.t.Errorf("%s %s: %v: %s", method, path, err, r.Body)
	}
	var envelope contract.FailureEnvelope
	if err := json.Unmarshal([]byte(r.Body), &envelope); err != nil {
		d.t.Fatal(err)
	}
	return envelope.Error, r
}

// logged is the door's log, which requests write to at once.
type logged struct {
	mu      sync.Mutex
	content bytes.Buffer
}

func (l *logged) Write(p []byte) (int, error) {
	l.mu.Lock()
	defer l.mu.Unlock()
	return l.content.Write(p)
}

// find gives the first line with a message and a request id.
func (l *logged) find(message, requestID string) map[string]any {
	l.mu.Lock()
	defer l.mu.Unlock()
	for line := range strings.Lines(l.content.String()) {
		var fields map[string]any
		if json.Unmarshal([]byte(line), &fields) == nil && fields["msg"] == message && fields["request_id"] == requestID {
			return fields
		}
	}
	return nil
}
