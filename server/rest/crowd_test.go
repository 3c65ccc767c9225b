package rest

import (
	"testing"

	"github.com/rentora/rentora/server/config"
	"github.com/rentora/rentora/server/identity"
	"github.com/rentora/rentora/server/testkit"
)

// The gate sees one address, as behind a router that many share.

// TestOneHostDoesNotLockAnAddressOut has somebody send more log-ins than a visitor may; the others there get in.
func TestOneHostDoesNotLockAnAddressOut(t *testing.T) {
	t.Parallel()
	g := newGateAt(t, testkit.Redis(t), func(c *config.Config) { c.HTTP.LimitSignIn = 2 })
	g.account("guest-0001@example.test", identity.Guest)
	mine := g.login("guest-0001@example.test", "cookie").cookies[deviceCookie].Value
	try := func(password, cookie string) answer {
		return g.call("POST", "/auth/login", `{"email":"guest-0001@example.test","password":"`+password+`"}`, map[string]string{"Cookie": cookie})
	}
	for range 10 {
		g.want("guess", try("wrong wrong wrong", ""), 401, "invalid_credentials")
	}
	for range 7 {
		g.want("guess too many", try("wrong wrong wrong", ""), 429, "too_many_attempts")
	}
	last := try(password, deviceCookie+"="+mine)
	g.want("known browser", last, 200, "")
	if policy := last.header.Get("RateLimit-Policy"); policy != `"sign-in";q=20;w=60` {
		t.Errorf("the policy is %s", policy)
	}
	g.want("the twentieth", try(password, deviceCookie+"="+mine), 200, "")
	g.want("beyond what all may", try(password, deviceCookie+"="+mine), 429, "too_many")
	for _, status := range []int{202, 202, 429} { // mails are apart, and few
		if got := g.call("POST", "/auth/forgot-password", `{"email":"nobody@example.test"}`, nil); got.status != status {
			t.Errorf("a mail: %d, want %d", got.status, status)
		}
	}
}

// TestVisitorsDoNotUseUpRefreshes fills what visitors of the address may write.
func TestVisitorsDoNotUseUpRefreshes(t *testing.T) {
	t.Parallel()
	g := newGateAt(t, testkit.Redis(t), func(c *config.Config) { c.HTTP.LimitWrite = 1 })
	g.account("guest-0001@example.test", identity.Guest)
	tokens := g.login("guest-0001@example.test", "bearer")
	quote := "/listings/018f0000-0000-7000-8000-000000000000/quotes"
	g.want("a visitor's quote", g.call("POST", quote, "{}", nil), 400, "invalid")
	g.want("a visitor's second", g.call("POST", quote, "{}", nil), 429, "too_many")
	for range 10 {
		tokens = g.call("POST", "/auth/refresh", `{"refresh_token":"`+*tokens.Data.RefreshToken+`"}`, nil)
		g.want("refresh", tokens, 200, "")
	}
	g.want("beyond what all may", g.call("POST", "/auth/refresh", `{"refresh_token":"made up"}`, nil), 429, "too_many")
	g.want("a dead token", g.call("POST", "/users/me/host", "", map[string]string{"Authorization": "Bearer x.y.z"}), 401, "token_invalid")
	g.want("a good token", g.call("POST", "/users/me/host", "", bearerOf(tokens)), 200, "")
}

// TestDeadTokensCountAsVisitors keeps a token that is worth nothing from being worth a visitor's requests.
func TestDeadTokensCountAsVisitors(t *testing.T) {
	t.Parallel()
	g := newGateAt(t, testkit.Redis(t), func(c *config.Config) { c.HTTP.LimitRead = 2 })
	for range 2 {
		g.want("a dead token", g.call("GET", "/users/me", "", map[string]string{"Authorization": "Bearer x.y.z"}), 401, "token_invalid")
	}
	g.want("a visitor", g.call("GET", "/users/me", "", nil), 429, "too_many")
}
