package rest_test

import (
	"net/http"
	"regexp"
	"strconv"
	"testing"

	"github.com/rentora/rentora/server/config"
)

var standing = regexp.MustCompile(`^"read";r=([0-9]+);t=([1-9]|[1-5][0-9]|60)$`)

func TestLimitsOfAnAddress(t *testing.T) {
	t.Parallel()
	d := open(t, func(c *config.Config) { c.HTTP.LimitRead, c.HTTP.TrustedProxies = 3, []string{"127.0.0.1"} }, nil, nil)
	from := func(address string) reply {
		return d.ask(http.MethodGet, "/api/v1/openapi.json", "", "X-Forwarded-For", address)
	}
	for i := range 3 {
		r := from("198.51.100.1")
		stands := standing.FindStringSubmatch(r.Header.Get("RateLimit"))
		if r.Status != 200 || r.Header.Get("RateLimit-Policy") != `"read";q=3;w=60` || stands == nil || stands[1] != strconv.Itoa(2-i) {
			t.Fatalf("request %d of 3: %d %v", i+1, r.Status, r.Header)
		}
	}
	e, r := d.fails(429, http.MethodGet, "/api/v1/openapi.json", "", "X-Forwarded-For", "198.51.100.1")
	if wait := r.Header.Get("Retry-After"); e.Code != "too_many" || !regexp.MustCompile(`^[1-9][0-9]{0,2}$`).MatchString(wait) {
		t.Errorf("refused with Retry-After %q: %s", wait, r.Body)
	}
	if stands := standing.FindStringSubmatch(r.Header.Get("RateLimit")); stands == nil || stands[1] != "0" {
		t.Errorf("refused with RateLimit %q", r.Header.Get("RateLimit"))
	}
	if r := from("198.51.100.2"); r.Status != 200 {
		t.Errorf("another client pays for the first: %d", r.Status)
	}
	if r := d.ask(http.MethodGet, "/livez", "", "X-Forwarded-For", "198.51.100.1"); r.Status != 200 {
		t.Errorf("the limit holds for /livez: %d", r.Status)
	}
}

// Reading, signing in and the like have a limit each, and 0 is none.
func TestClassesAreLimitedApart(t *testing.T) {
	t.Parallel()
	d := open(t, func(c *config.Config) { c.HTTP.LimitRead, c.HTTP.LimitSignIn = 1, 1 }, nil, nil)
	forgot := func() reply {
		return d.ask(http.MethodPost, "/api/v1/auth/forgot-password", "{}", "Content-Type", "application/json")
	}
	d.ask(http.MethodGet, "/api/v1/openapi.json", "")
	d.fails(429, http.MethodGet, "/api/v1/openapi.json", "")
	if r := forgot(); r.Status != 400 || r.Header.Get("RateLimit-Policy") != `"sign-in";q=1;w=60` {
		t.Errorf("the first mail: %d %v", r.Status, r.Header)
	}
	if r := forgot(); r.Status != 429 {
		t.Errorf("the second mail: %d", r.Status)
	}
	report := func() reply {
		return d.ask(http.MethodPost, "/api/v1/errors", "{}", "Content-Type", "application/json")
	}
	if r := report(); r.Status != 400 || r.Header.Get("RateLimit-Policy") != `"report";q=1;w=60` {
		t.Errorf("the first error of a browser: %d %v", r.Status, r.Header)
	}
	if r := report(); r.Status != 429 {
		t.Errorf("the second error of a browser: %d", r.Status)
	}
	for range 20 {
		r := d.ask(http.MethodPost, "/api/v1/quotes", "{}", "Content-Type", "application/json")
		if r.Status == 429 || r.Header.Get("RateLimit") != "" {
			t.Fatalf("a class without limit: %d %v", r.Status, r.Header)
		}
	}
}
