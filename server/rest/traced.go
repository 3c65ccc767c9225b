package rest

import (
	"strconv"

	"github.com/gofiber/fiber/v2"

	"github.com/rentora/rentora/server/trace"
)

// span begins the request's span and puts it into the request's context. Another's trace is continued only when one of
// our proxies hands it on: a visitor must not choose what is recorded, nor write into the trace of somebody else.
func (d *door) span(c *fiber.Ctx) trace.Span {
	if d.Tracing == nil || isProbe(c.Path()) {
		return trace.Span{}
	}
	parent := ""
	if d.trusted(peerOf(c)) {
		parent = c.Get(trace.Header)
	}
	ctx, span := d.Tracing.Begin(c.UserContext(), trace.Server, c.Method(), parent)
	c.SetUserContext(ctx)
	return span
}

// endSpan names the span after the pattern of the route: the path holds ids, and the query what a person has typed.
func endSpan(c *fiber.Ctx, span trace.Span) {
	if !span.Recorded() {
		return
	}
	status, route := c.Response().StatusCode(), routeOf(c)
	method := c.Method()
	if !knownMethods[method] {
		method = "other"
	}
	span.Name(method+" "+route, trace.Text("http.request.method", method), trace.Text("http.route", route),
		trace.Number("http.response.status_code", status), trace.Text("rentora.request_id", requestID(c)))
	if status >= fiber.StatusInternalServerError {
		span.Fail(strconv.Itoa(status))
	}
	span.End(nil)
}

func isProbe(path string) bool { return path == "/livez" || path == "/readyz" }
