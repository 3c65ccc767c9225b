package rest

import (
	"maps"
	"slices"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"

	"github.com/rentora/rentora/server/config"
	"github.com/rentora/rentora/server/identity"
	"github.com/rentora/rentora/server/testkit"
)

// open to everybody, and answered without a room: the id is none.
const openPage = "/listings/x"

// takenBack wants an answer to expire these cookies and to set none.
func (g *gate) takenBack(what string, got answer, names ...string) {
	g.t.Helper()
	if diff := cmp.Diff(names, slices.Sorted(maps.Keys(got.cookies))); len(names)+len(got.cookies) > 0 && diff != "" {
		g.t.Errorf("%s: cookies in the answer %s", what, diff)
	}
	for name, c := range got.cookies {
		if c.Value != "" || !c.Expires.Before(time.Now()) || !c.Secure || c.Path != "/" {
			g.t.Errorf("%s: %s = %v, want it taken back", what, name, c)
		}
	}
}

// browser signs in and gives what it sends from then on: both cookies, the access cookie alone, the refresh cookie alone.
func (g *gate) browser() (both, access, refresh map[string]string) {
	g.t.Helper()
	in := g.login("guest-0001@example.test", "cookie").cookies
	a, r := accessCookie+"="+in[accessCookie].Value, refreshCookie+"="+in[refreshCookie].Value
	with := func(cookie string) map[string]string { return map[string]string{"Cookie": cookie, "Origin": ours} }
	return with(a + "; " + r), with(a), with(r)
}

func TestDeadCookiesAreTakenBack(t *testing.T) {
	t.Parallel()
	g := newGate(t)
	g.account("guest-0001@example.test", identity.Guest)
	both, access, refresh := g.browser()
	g.want("log-out elsewhere", g.call("POST", "/auth/logout-all", "", bearerOf(g.login("guest-0001@example.test", "bearer"))), 200, "")

	g.want("an open page", g.call("GET", openPage, "", access), 400, "invalid")
	g.want("an open page, by a bearer token", g.call("GET", openPage, "", map[string]string{"Authorization": "Bearer x.y.z", "Cookie": access["Cookie"]}), 401, "token_invalid")
	ended := g.call("GET", "/users/me", "", both)
	g.want("a page of the account", ended, 401, "session_ended")
	g.takenBack("session ended", ended, accessCookie, refreshCookie)
	refused := g.call("POST", "/auth/refresh", "{}", refresh)
	g.want("refresh", refused, 401, "refresh_refused")
	g.takenBack("refresh refused", refused, accessCookie, refreshCookie)
	byBody := g.call("POST", "/auth/refresh", `{"refresh_token":"made up"}`, nil)
	g.want("refresh by body", byBody, 401, "refresh_refused")
	g.takenBack("no cookie came", byBody)
	bad := g.call("GET", "/users/me", "", map[string]string{"Cookie": accessCookie + "=x.y.z"})
	g.want("a token that is none", bad, 401, "token_invalid")
	g.takenBack("the session may live", bad, accessCookie)
}

// TestSignOutWithTheRefreshCookie has a browser sign out whose access token has run out.
func TestSignOutWithTheRefreshCookie(t *testing.T) {
	t.Parallel()
	g := newGate(t)
	g.account("guest-0001@example.test", identity.Guest)
	for name, more := range map[string]string{"no access token": "", "a dead access token": accessCookie + "=x.y.z; "} {
		_, _, refresh := g.browser()
		header := map[string]string{"Cookie": more + refresh["Cookie"]}
		for _, origin := range []string{"", "https://evil.test", "null"} {
			header["Origin"] = origin
			g.want(name+", from "+origin, g.call("POST", "/auth/logout", "", header), 403, "origin_not_allowed")
		}
		header["Origin"] = ours
		out := g.call("POST", "/auth/logout", "", header)
		g.want(name, out, 200, "")
		g.takenBack(name, out, accessCookie, refreshCookie)
		g.want(name+": refresh", g.call("POST", "/auth/refresh", "{}", refresh), 401, "refresh_refused")
		g.want(name+": again", g.call("POST", "/auth/logout", "", header), 200, "")
	}
	_, access, refresh := g.browser()
	g.want("everywhere needs more", g.call("POST", "/auth/logout-all", "", refresh), 401, "sign_in_required")
	g.want("a bad bearer token", g.call("POST", "/auth/logout", "", map[string]string{"Authorization": "Bearer x.y.z", "Cookie": refresh["Cookie"]}), 401, "token_invalid")
	g.want("no cookie at all", g.call("POST", "/auth/logout", "", nil), 401, "sign_in_required")
	g.want("the session lives", g.call("GET", "/users/me", "", access), 200, "")
}

// TestADeadCookieIsWorthAVisitor fills what visitors of the address may read.
func TestADeadCookieIsWorthAVisitor(t *testing.T) {
	t.Parallel()
	g := newGateAt(t, testkit.Redis(t), func(c *config.Config) { c.HTTP.LimitRead = 2 })
	for _, want := range []int{400, 400, 429} {
		if got := g.call("GET", openPage, "", map[string]string{"Cookie": accessCookie + "=x.y.z"}); got.status != want {
			t.Errorf("%d %s, want %d", got.status, got.Error.Code, want)
		}
	}
}
