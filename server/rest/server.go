package rest

import (
	"context"
	"log/slog"
	"time"

	"github.com/goccy/go-json"
	"github.com/gofiber/fiber/v2"
	"github.com/prometheus/client_golang/prometheus"

	"github.com/rentora/rentora/server/config"
	"github.com/rentora/rentora/server/limit"
	"github.com/rentora/rentora/server/ops"
	"github.com/rentora/rentora/server/report"
	"github.com/rentora/rentora/server/trace"
)

// Options of the door.
type Options struct {
	Config   *config.Config
	Log      *slog.Logger
	Registry *prometheus.Registry
	Tracing  *trace.Tracing
	Report   *report.Reporter
	Ops      *ops.Board // what /readyz asks
	Limits   *limit.Limiter
	Stopping func() bool // whether clients shall connect elsewhere from now on; nil: never
}

// New makes the server with every route; the caller listens and shuts down.
func New(api *API, o Options) (*fiber.App, error) {
	h := o.Config.HTTP
	d := &door{Options: o, metrics: newMetrics(o.Registry), proxies: parseProxies(h.TrustedProxies)}
	app := fiber.New(fiber.Config{
		AppName: "rentora", DisableStartupMessage: true, Immutable: true, CaseSensitive: true, BodyLimit: h.BodyLimit,
		ReadTimeout: h.ReadTimeout, WriteTimeout: h.RequestTimeout + 10*time.Second, IdleTimeout: time.Minute,
		ReadBufferSize: 16 << 10, WriteBufferSize: 16 << 10, // an answer of usual length leaves in one write; hack/bench/bare has the same
		ErrorHandler: d.refuse, JSONEncoder: json.Marshal, // twice as fast as the standard library's, which is a sixth of a list's cost
	})
	app.Server().CloseOnShutdown = true // or a client may send on a connection that is just being closed
	app.Use(d.observe, d.secure, d.cors(), d.unambiguous)
	app.Get("/livez", func(c *fiber.Ctx) error { return c.JSON(fiber.Map{"status": "alive"}) })
	app.Get("/readyz", d.ready)
	app.Get("/.well-known/jwks.json", func(c *fiber.Ctx) error {
		c.Set(fiber.HeaderCacheControl, "public, max-age=300")
		return c.JSON(api.Identity.JWKS())
	})
	v1 := app.Group("/api/v1")
	v1.Get("/openapi.json", d.limit(reading, asVisitor), serveSpec)
	v1.Get("/docs", d.limit(reading, asVisitor), serveDocs)
	v1.Get("/docs/:file", d.limit(reading, asVisitor), serveDocsFile)
	err := api.mount(v1, func(op operation) []fiber.Handler {
		return []fiber.Handler{
			func(c *fiber.Ctx) error { c.Locals(localOperation, op.id); return c.Next() },
			d.limit(classOf(op), countingOf(op)),
			d.authenticate(api.Identity, classOf(op)),
			d.limitAccount(classOf(op)),
			op.validate,
		}
	})
	answerEveryMethod(app)
	return app, err
}

// door is what the middlewares share.
type door struct {
	Options
	metrics *metrics
	proxies []prefix
}

// deadline gives the request a context that ends: every call below inherits it.
func (d *door) deadline(c *fiber.Ctx) context.CancelFunc {
	ctx, cancel := context.WithTimeout(withRequest(c), d.Config.HTTP.RequestTimeout)
	c.SetUserContext(ctx)
	return cancel
}
