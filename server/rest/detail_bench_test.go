package rest_test

import (
	"bytes"
	"context"
	"log/slog"
	"net"
	"os"
	"path/filepath"
	"testing"
	"time"

	"github.com/gofiber/fiber/v2"
	"github.com/prometheus/client_golang/prometheus"
	"github.com/valyala/fasthttp"

	"github.com/rentora/rentora/server/cache"
	"github.com/rentora/rentora/server/config"
	"github.com/rentora/rentora/server/limit"
	"github.com/rentora/rentora/server/logs"
	"github.com/rentora/rentora/server/ops"
	"github.com/rentora/rentora/server/rest"
)

// always has one answer in its hand, so that nothing but the door is measured.
type always struct{ cache.Answer }

func (a always) Get(context.Context, string, cache.Fill) (cache.Answer, error) { return a.Answer, nil }

const detailPath = "/api/v1/listings/0198c7a2-5b1e-7c3a-9f0d-2a6b8c4d1e01"

// BenchmarkDetail puts a listing's detail that is kept in process, with all that surrounds it (limits, access log into a
// file, measures, headers), beside a bare handler that returns the same bytes.
func BenchmarkDetail(b *testing.B) {
	body := bytes.Repeat([]byte(`{"detail":"of a listing"}`), 200)
	b.Run("bare", func(b *testing.B) {
		app := fiber.New(fiber.Config{DisableStartupMessage: true, ReadBufferSize: 16 << 10, WriteBufferSize: 16 << 10}) // as ours
		app.Get(detailPath, func(c *fiber.Ctx) error {
			c.Set(fiber.HeaderContentType, fiber.MIMEApplicationJSON)
			return c.Send(body)
		})
		hammer(b, app)
	})
	b.Run("door", func(b *testing.B) {
		file, err := os.Create(filepath.Join(b.TempDir(), "access.log"))
		if err != nil {
			b.Fatal(err)
		}
		defer file.Close()
		log := slog.New(slog.NewJSONHandler(logs.NewWriter(file), nil))
		registry := prometheus.NewRegistry()
		app, err := rest.New(&rest.API{Details: always{cache.Answer{Body: body, Tag: "0123456789abcdef"}}}, rest.Options{
			Config: &config.Config{Environment: "production", PublicURL: "https://rentora.example", HTTP: config.HTTP{RequestTimeout: 5 * time.Second, BodyLimit: 4096, LimitRead: 1 << 30}},
			Log:    log, Registry: registry, Ops: ops.New(log, registry, time.Now), Limits: limit.New(limit.Options{Keys: 1000, Now: time.Now})})
		if err != nil {
			b.Fatal(err)
		}
		hammer(b, app)
	})
}

func hammer(b *testing.B, app *fiber.App) {
	b.Helper()
	listener, err := net.Listen("tcp", "127.0.0.1:0")
	if err != nil {
		b.Fatal(err)
	}
	go func() { _ = app.Listener(listener) }()
	defer func() { _ = app.Shutdown() }()
	client := &fasthttp.Client{MaxConnsPerHost: 64}
	url := "http://" + listener.Addr().String() + detailPath
	b.SetParallelism(32)
	b.ReportAllocs()
	b.ResetTimer()
	b.RunParallel(func(pb *testing.PB) {
		req, answer := fasthttp.AcquireRequest(), fasthttp.AcquireResponse()
		defer fasthttp.ReleaseRequest(req)
		defer fasthttp.ReleaseResponse(answer)
		req.SetRequestURI(url)
		for pb.Next() {
			if err := client.Do(req, answer); err != nil || answer.StatusCode() != 200 {
				b.Errorf("%v %d %s", err, answer.StatusCode(), answer.Body())
				return
			}
		}
	})
}
