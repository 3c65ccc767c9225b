package rest

import (
	"context"
	"log/slog"
	"regexp"
	"time"

	"github.com/gofiber/fiber/v2"
	"github.com/google/uuid"

	"github.com/rentora/rentora/server/errs"
	"github.com/rentora/rentora/server/events"
	"github.com/rentora/rentora/server/report"
	"github.com/rentora/rentora/server/trace"
)

var goodRequestID = regexp.MustCompile(`^[A-Za-z0-9._-]{1,64}$`)

// requestID gives the id of a request: the caller's if it is a sane one, else a new one.
func requestID(c *fiber.Ctx) string {
	if id, ok := c.Locals(localRequestID).(string); ok {
		return id
	}
	id := c.Get(fiber.HeaderXRequestID)
	if !goodRequestID.MatchString(id) {
		id = uuid.NewString()
	}
	c.Locals(localRequestID, id)
	c.Set(fiber.HeaderXRequestID, id)
	return id
}

func withRequest(c *fiber.Ctx) context.Context {
	return events.WithRequestID(context.Background(), requestID(c))
}

// observe surrounds everything: it names the request, gives it a deadline, turns a panic into an error, writes the
// failure's envelope, counts and logs, once each.
func (d *door) observe(c *fiber.Ctx) error {
	began := time.Now()
	d.metrics.inFlight.Inc()
	defer d.metrics.inFlight.Dec()
	cancel := d.deadline(c)
	defer cancel()
	span := d.span(c)
	err := d.next(c)
	if err != nil {
		err = d.handleError(c, err)
	}
	d.letGo(c)
	took := time.Since(began)
	endSpan(c, span)
	d.metrics.count(c.Method(), routeOf(c), c.Response().StatusCode(), took)
	d.access(c, took)
	return err
}

func (d *door) next(c *fiber.Ctx) (err error) {
	defer func() {
		if p := recover(); p != nil {
			err = errs.E(errs.Internal, "Something went wrong on our side. Please try again; if it goes on, tell us the request id.").
				Because(errs.Recovered(p))
		}
	}()
	return c.Next()
}

// refuse answers what the server below turned down before the chain began: a body that is too large, a broken header.
func (d *door) refuse(c *fiber.Ctx, err error) error {
	began := time.Now()
	d.setSecureHeaders(c)
	if origin := c.Get(fiber.HeaderOrigin); d.knownOrigin(origin) { // or the browser would hide the answer from its own page
		c.Set(fiber.HeaderAccessControlAllowOrigin, origin)
		c.Set(fiber.HeaderAccessControlAllowCredentials, "true")
		c.Vary(fiber.HeaderOrigin)
	}
	err = d.handleError(c, err)
	d.metrics.count(c.Method(), "other", c.Response().StatusCode(), time.Since(began))
	d.access(c, time.Since(began))
	return err
}

// handleError writes the envelope; what is our fault is logged with its cause, here and nowhere else.
func (d *door) handleError(c *fiber.Ctx, err error) error {
	e, status := classify(err)
	level := slog.LevelDebug
	switch e.Kind {
	case errs.Internal:
		level = slog.LevelError
		d.Report.Report(report.Failure{Source: report.API, Route: c.Method() + " " + routeOf(c), Err: err,
			RequestID: requestID(c), TraceID: trace.ID(c.UserContext())})
	case errs.Unavailable:
		level = slog.LevelWarn
	}
	d.Log.Log(c.UserContext(), level, "request failed", "request_id", requestID(c), "method", c.Method(), "route", routeOf(c),
		"status", status, "kind", e.Kind, "error", err.Error())
	takeBack(c, err)
	return writeFailure(c, e, status)
}

func (d *door) access(c *fiber.Ctx, took time.Duration) {
	route := routeOf(c)
	if isProbe(route) {
		return
	}
	d.Log.LogAttrs(c.UserContext(), slog.LevelInfo, "request", slog.String("request_id", requestID(c)), slog.String("method", c.Method()),
		slog.String("route", route), slog.Int("status", c.Response().StatusCode()), slog.Float64("ms", float64(took.Microseconds())/1000),
		slog.Int("bytes", len(c.Response().Body())), slog.String("address", d.clientAddress(c).String()))
}

// routeOf gives the pattern that matched, never the path itself: a path may hold what must not be logged, and a label per
// path would never end.
func routeOf(c *fiber.Ctx) string {
	if c.Locals(localOperation) != nil {
		return c.Route().Path
	}
	switch path := c.Route().Path; path {
	case "/livez", "/readyz", "/.well-known/jwks.json", "/api/v1/openapi.json", "/api/v1/docs", "/api/v1/docs/:file":
		return path
	}
	return "other"
}
