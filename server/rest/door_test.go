package rest_test

import (
	"context"
	"errors"
	"fmt"
	"net/http"
	"strings"
	"testing"
	"time"

	"github.com/gofiber/fiber/v2"

	"github.com/rentora/rentora/server/config"
	"github.com/rentora/rentora/server/errs"
)

func TestRequestIDs(t *testing.T) {
	t.Parallel()
	d := open(t, nil, nil, nil)
	for given, kept := range map[string]bool{"": false, "trip-42.a_B": true, strings.Repeat("x", 64): true, strings.Repeat("x", 65): false, "a b": false, `a"b`: false} {
		e, r := d.fails(404, http.MethodGet, "/nowhere", "", "X-Request-Id", given)
		got := r.Header.Get("X-Request-Id")
		if (got == given) != kept || got == "" || e.RequestId != got {
			t.Errorf("given %q, answered %q with %q in the envelope, kept should be %t", given, got, e.RequestId, kept)
		}
		if d.log.find("request", got) == nil {
			t.Errorf("no line of the access log has the request id %q", got)
		}
	}
}

func TestPanicBecomesAnEnvelope(t *testing.T) {
	t.Parallel()
	d := open(t, nil, nil, map[string]fiber.Handler{"/boom": func(*fiber.Ctx) error { panic("the secret of the house") }})
	e, r := d.fails(500, http.MethodGet, "/boom", "")
	if strings.Contains(r.Body, "secret") || strings.Contains(r.Body, "goroutine") {
		t.Errorf("the answer tells the cause: %s", r.Body)
	}
	line := d.log.find("request failed", e.RequestId)
	if cause := fmt.Sprint(line["error"]); line["level"] != "ERROR" || !strings.Contains(cause, "the secret of the house") || !strings.Contains(cause, "door_test.go") {
		t.Errorf("the log does not tell the cause and the place: %v", line)
	}
	d.fails(500, http.MethodGet, "/boom", "") // it lives on
}

func TestErrorsBecomeEnvelopes(t *testing.T) {
	t.Parallel()
	raise := func(err error) fiber.Handler { return func(*fiber.Ctx) error { return err } }
	cases := map[string]struct {
		err    error
		status int
		code   string
	}{
		"/unknown":     {errors.New("no idea"), 500, "internal"},
		"/conflict":    {fmt.Errorf("wrapped: %w", errs.E(errs.Conflict, "Taken.").Coded("dates_taken")), 409, "dates_taken"},
		"/stale":       {errs.E(errs.Stale, "Older."), 412, "stale"},
		"/late":        {errs.E(errs.TooMany, "Slower.").After(90 * time.Second), 429, "too_many"},
		"/deadline":    {fmt.Errorf("query: %w", context.DeadlineExceeded), 503, "unavailable"},
		"/unsupported": {errs.E(errs.Unsupported, "JSON only."), 415, "unsupported"},
		"/who":         {errs.E(errs.Unauthenticated, "Sign in."), 401, "unauthenticated"},
	}
	routes := map[string]fiber.Handler{}
	for path, c := range cases {
		routes[path] = raise(c.err)
	}
	d := open(t, nil, nil, routes)
	for path, c := range cases {
		e, r := d.fails(c.status, http.MethodGet, path, "")
		if e.Code != c.code || r.Header.Get("Cache-Control") != "no-store" || strings.Contains(r.Body, "no idea") {
			t.Errorf("%s: %s %v", path, r.Body, r.Header)
		}
	}
	if _, r := d.fails(429, http.MethodGet, "/late", ""); r.Header.Get("Retry-After") != "90" {
		t.Errorf("Retry-After is %q, want 90", r.Header.Get("Retry-After"))
	}
	if _, r := d.fails(401, http.MethodGet, "/who", ""); !strings.HasPrefix(r.Header.Get("WWW-Authenticate"), "Bearer") {
		t.Errorf("WWW-Authenticate is %q", r.Header.Get("WWW-Authenticate"))
	}
}

func TestTimeOutCancelsTheContext(t *testing.T) {
	t.Parallel()
	cause := make(chan error, 1)
	d := open(t, func(c *config.Config) { c.HTTP.RequestTimeout = 100 * time.Millisecond }, nil, map[string]fiber.Handler{
		"/slow": func(c *fiber.Ctx) error {
			ctx := c.UserContext()
			<-ctx.Done()
			cause <- ctx.Err()
			return ctx.Err()
		}})
	d.fails(503, http.MethodGet, "/slow", "")
	if err := <-cause; !errors.Is(err, context.DeadlineExceeded) {
		t.Errorf("the handler's context ended with %v", err)
	}
}

func TestUnknownAddressesAndMethods(t *testing.T) {
	t.Parallel()
	d := open(t, nil, nil, nil)
	for _, path := range []string{"/", "/api/v1", "/api/v1/", "/api/v1/nothing", "/API/v1/auth/login", "/api/v1/auth/login/..%2f..", "/livez/x"} {
		if e, _ := d.fails(404, http.MethodGet, path, ""); e.Code != "not_found" {
			t.Errorf("%s: %+v", path, e)
		}
	}
	for path, method := range map[string]string{"/api/v1/auth/login": http.MethodDelete, "/livez": http.MethodPost, "/api/v1/bookings": http.MethodPut} {
		if e, _ := d.fails(405, method, path, ""); e.Code != "method_not_allowed" {
			t.Errorf("%s %s: %+v", method, path, e)
		}
	}
	// What the router knows nothing of, and what it would take for the address of a thing.
	for _, method := range []string{"QUERY", "BREW", "get", http.MethodTrace, http.MethodGet, http.MethodHead, http.MethodOptions} {
		r := d.ask(method, "/api/v1/admin/dead-letters/retry", "")
		if r.Status != 405 || r.Header.Get("Allow") != "POST" && (method == "GET" || method == "HEAD" || method == "OPTIONS") {
			t.Errorf("%s where only POST is: %d, Allow %q", method, r.Status, r.Header.Get("Allow"))
		}
		if r.Header.Get("X-Content-Type-Options") == "" || r.Header.Get("X-Request-Id") == "" {
			t.Errorf("%s passed the chain by: %v", method, r.Header)
		}
	}
}

func TestBodyLimit(t *testing.T) {
	t.Parallel()
	d := open(t, nil, nil, nil)
	e, _ := d.fails(413, http.MethodPost, "/api/v1/auth/login", `{"email":"`+strings.Repeat("x", 5000)+`"}`, "Content-Type", "application/json")
	if e.Code != "too_large" {
		t.Errorf("%+v", e)
	}
	d.fails(400, http.MethodPost, "/api/v1/auth/login", `{"email":"`+strings.Repeat("x", 3000)+`"}`, "Content-Type", "application/json")
}

func TestCORS(t *testing.T) {
	t.Parallel()
	d := open(t, nil, nil, nil)
	for origin, allowed := range map[string]bool{"https://rentora.example": true, "https://partner.example": true, "https://evil.example": false,
		"https://rentora.example.evil.example": false, "http://rentora.example": false, "null": false} {
		preflight := d.ask(http.MethodOptions, "/api/v1/bookings", "", "Origin", origin, "Access-Control-Request-Method", "POST",
			"Access-Control-Request-Headers", "authorization,idempotency-key")
		if got := preflight.Header.Get("Access-Control-Allow-Origin"); (got == origin) != allowed || !allowed && got != "" {
			t.Errorf("preflight from %s is answered with %q", origin, got)
		}
		plain := d.ask(http.MethodGet, "/api/v1/openapi.json", "", "Origin", origin)
		if got := plain.Header.Get("Access-Control-Allow-Origin"); (got == origin) != allowed || !allowed && got != "" {
			t.Errorf("a request from %s is answered with %q", origin, got)
		}
		if !allowed {
			continue
		}
		for name, want := range map[string]string{"Access-Control-Allow-Methods": "DELETE", "Access-Control-Allow-Headers": "Idempotency-Key", "Access-Control-Allow-Credentials": "true"} {
			if got := preflight.Header.Get(name); !strings.Contains(got, want) {
				t.Errorf("%s is %q, want %q in it", name, got, want)
			}
		}
		if got := plain.Header.Get("Access-Control-Expose-Headers"); !strings.Contains(got, "ETag") {
			t.Errorf("browsers may read only %q", got)
		}
	}
}

func TestSecurityHeaders(t *testing.T) {
	t.Parallel()
	want := map[string]string{"X-Content-Type-Options": "nosniff", "Referrer-Policy": "no-referrer", "X-Frame-Options": "DENY",
		"Content-Security-Policy": "default-src 'none'; frame-ancestors 'none'", "Cross-Origin-Resource-Policy": "same-site",
		"Strict-Transport-Security": "max-age=31536000; includeSubDomains"}
	d := open(t, nil, nil, nil)
	for _, path := range []string{"/livez", "/nowhere", "/api/v1/openapi.json"} {
		r := d.ask(http.MethodGet, path, "")
		for name, value := range want {
			if got := r.Header.Get(name); got != value {
				t.Errorf("%s: %s is %q, want %q", path, name, got, value)
			}
		}
	}
	local := open(t, func(c *config.Config) { c.Environment = "development" }, nil, nil)
	if got := local.ask(http.MethodGet, "/livez", "").Header.Get("Strict-Transport-Security"); got != "" {
		t.Errorf("a development server insists on TLS: %q", got)
	}
}

func TestForwardedAddresses(t *testing.T) {
	t.Parallel()
	for what, c := range map[string]struct {
		trusted         []string
		forwarded, want string
	}{
		"nobody is trusted":            {nil, "203.0.113.9", "127.0.0.1"},
		"one proxy":                    {[]string{"127.0.0.1"}, "203.0.113.9", "203.0.113.9"},
		"what the client wrote itself": {[]string{"127.0.0.0/8"}, "10.9.9.9, 203.0.113.9", "203.0.113.9"},
		"two proxies":                  {[]string{"127.0.0.1", "10.0.0.0/8"}, "203.0.113.9, 10.1.2.3", "203.0.113.9"},
		"nonsense in front":            {[]string{"127.0.0.1"}, "nonsense, 203.0.113.9", "203.0.113.9"},
		"nonsense nearest":             {[]string{"127.0.0.1"}, "203.0.113.9, nonsense", "127.0.0.1"},
		"an IPv6 client":               {[]string{"127.0.0.1"}, "2001:db8::7", "2001:db8::7"},
		"no header":                    {[]string{"127.0.0.1"}, "", "127.0.0.1"},
		"another proxy is trusted":     {[]string{"192.0.2.1"}, "203.0.113.9", "127.0.0.1"},
		"a proxy that adds a line":     {[]string{"127.0.0.1"}, "10.9.9.9\n203.0.113.9", "203.0.113.9"},
		"two proxies, two lines":       {[]string{"127.0.0.1", "10.0.0.0/8"}, "192.0.2.9, 203.0.113.9\n10.1.2.3", "203.0.113.9"},
	} {
		d := open(t, func(cfg *config.Config) { cfg.HTTP.TrustedProxies = c.trusted }, nil, nil)
		header := []string{"X-Request-Id", "one"}
		for line := range strings.SplitSeq(c.forwarded, "\n") {
			header = append(header, "X-Forwarded-For", line)
		}
		d.ask(http.MethodGet, "/nowhere", "", header...)
		if line := d.log.find("request", "one"); line["address"] != c.want {
			t.Errorf("%s: the log says %v, want %s", what, line["address"], c.want)
		}
	}
}

func TestStopLetsRunningRequestsFinish(t *testing.T) {
	t.Parallel()
	entered, release := make(chan struct{}), make(chan struct{})
	d := open(t, nil, nil, map[string]fiber.Handler{"/slow": func(c *fiber.Ctx) error {
		close(entered)
		<-release
		return c.SendString("finished")
	}})
	answered := make(chan reply, 1)
	go func() { answered <- d.ask(http.MethodGet, "/slow", "") }()
	<-entered
	stopped := make(chan error, 1)
	go func() { stopped <- d.app.ShutdownWithTimeout(10 * time.Second) }()
	for refused := false; !refused; { // the listener closes first
		answer, err := (&http.Client{Transport: &http.Transport{DisableKeepAlives: true}}).Get(d.base + "/livez")
		if refused = err != nil; !refused {
			_ = answer.Body.Close()
		}
	}
	select {
	case err := <-stopped:
		t.Fatalf("the server ended, %v, while a request was running", err)
	default:
	}
	close(release)
	if r := <-answered; r.Status != 200 || r.Body != "finished" {
		t.Errorf("the running request was answered %d %q", r.Status, r.Body)
	}
	if err := <-stopped; err != nil {
		t.Error(err)
	}
}
