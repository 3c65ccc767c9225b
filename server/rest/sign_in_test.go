package rest

import (
	"context"
	"encoding/json"
	"net/url"
	"testing"

	"github.com/rentora/rentora/server/cache"
	"github.com/rentora/rentora/server/contract"
	"github.com/rentora/rentora/server/identity"
	"github.com/rentora/rentora/server/testkit"
)

func bearerOf(a answer) map[string]string {
	return map[string]string{"Authorization": "Bearer " + *a.Data.AccessToken}
}

// TestSignInWithoutRedis breaks Redis in several ways under people who are signed in: valid tokens, refresh and log-out go on.
func TestSignInWithoutRedis(t *testing.T) {
	t.Parallel()
	for name, harm := range map[string]func(t *testing.T, p *testkit.Proxy, empty func()){
		"emptied":     func(_ *testing.T, _ *testkit.Proxy, empty func()) { empty() },
		"hangs":       func(_ *testing.T, p *testkit.Proxy, _ func()) { p.Set(testkit.Way{Hangs: true}) },
		"unreachable": func(_ *testing.T, p *testkit.Proxy, _ func()) { p.Set(testkit.Way{Hangs: true}); p.Cut() },
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			server := testkit.Redis(t)
			empty := func() { emptyRedis(t, server.URL, server.Prefix) }
			direct, err := url.Parse(server.URL)
			if err != nil {
				t.Fatal(err)
			}
			proxy := testkit.NewProxy(t, direct.Host)
			direct.Host = proxy.Addr
			server.URL = direct.String()
			g := newGateAt(t, server)
			g.account("guest-0001@example.test", identity.Guest)
			before := g.login("guest-0001@example.test", "bearer")
			g.want("before", g.call("GET", "/users/me", "", bearerOf(before)), 200, "")
			harm(t, proxy, empty)
			g.want("valid token", g.call("GET", "/users/me", "", bearerOf(before)), 200, "")
			fresh := g.call("POST", "/auth/refresh", `{"refresh_token":"`+*before.Data.RefreshToken+`"}`, nil)
			g.want("refresh", fresh, 200, "")
			g.want("fresh token", g.call("GET", "/users/me", "", bearerOf(fresh)), 200, "")
			g.login("guest-0001@example.test", "bearer") // not even this needs Redis
			g.want("log-out", g.call("POST", "/auth/logout", "", bearerOf(fresh)), 200, "")
			g.want("after it", g.call("GET", "/users/me", "", bearerOf(fresh)), 401, "session_ended")
		})
	}
}

func emptyRedis(t *testing.T, at, prefix string) {
	t.Helper()
	c := testkit.Redis(t) // the same server
	c.URL, c.Prefix = at, prefix
	client, err := cache.Open(c)
	if err != nil {
		t.Fatal(err)
	}
	defer client.Close()
	keys, err := client.Keys(context.Background(), prefix+"*").Result()
	if err != nil || len(keys) == 0 {
		t.Fatalf("%d keys, %v", len(keys), err)
	}
	if err := client.Del(context.Background(), keys...).Err(); err != nil {
		t.Fatal(err)
	}
}

func TestSessionsThroughTheDoor(t *testing.T) {
	t.Parallel()
	g := newGate(t)
	g.account("guest-0001@example.test", identity.Guest)
	g.account("guest-0002@example.test", identity.Guest)
	here, there := g.login("guest-0001@example.test", "bearer"), g.login("guest-0001@example.test", "bearer")
	stranger := g.login("guest-0002@example.test", "bearer")
	list := func(who answer) (sessions []contract.Session) {
		g.read("GET", "/auth/sessions", bearerOf(who), &sessions)
		return sessions
	}
	mine := list(here)
	if len(mine) != 2 || mine[0].Current || !mine[1].Current {
		t.Fatalf("%+v", mine)
	}
	other := "/auth/sessions/" + mine[0].Id.String()
	g.want("another's", g.call("DELETE", other, "", bearerOf(stranger)), 404, "not_found")
	g.want("no id", g.call("DELETE", "/auth/sessions/x", "", bearerOf(here)), 400, "invalid")
	g.want("bad cursor", g.call("GET", "/auth/sessions?cursor=%21", "", bearerOf(here)), 400, "invalid")
	g.want("visitor", g.call("GET", "/auth/sessions", "", nil), 401, "sign_in_required")
	g.want("end", g.call("DELETE", other, "", bearerOf(here)), 200, "")
	g.want("ended", g.call("GET", "/users/me", "", bearerOf(there)), 401, "session_ended")
	g.want("end again", g.call("DELETE", other, "", bearerOf(here)), 404, "not_found")
	if left := list(here); len(left) != 1 || !left[0].Current {
		t.Errorf("%+v", left)
	}
}

func TestAdminsLookAfterAccountsThroughTheDoor(t *testing.T) {
	t.Parallel()
	g := newGate(t)
	g.account("admin-0001@example.test", identity.Admin)
	g.account("guest-0001@example.test", identity.Guest)
	admin, guest := g.login("admin-0001@example.test", "bearer"), g.login("guest-0001@example.test", "bearer")
	var found []contract.Account
	g.read("GET", "/admin/users?q=guest-&role=guest&status=active", bearerOf(admin), &found)
	if len(found) != 1 {
		t.Fatalf("%+v", found)
	}
	user := "/admin/users/" + found[0].Id.String()
	reason := `{"reason":"Reported by a host."}`
	for _, c := range []struct {
		name, method, path, body string
		who                      answer
		status                   int
		code                     string
	}{
		{"a guest", "POST", user + "/lock", reason, guest, 403, "role_not_allowed"},
		{"no reason", "POST", user + "/lock", `{"reason":" "}`, admin, 400, "invalid"},
		{"lock", "POST", user + "/lock", reason, admin, 200, ""},
		{"locked is out", "GET", "/users/me", "", guest, 401, "session_ended"},
		{"lock again", "POST", user + "/lock", reason, admin, 409, "already_locked"},
		{"unlock", "POST", user + "/unlock", reason, admin, 200, ""},
		{"sessions", "GET", user + "/sessions", "", admin, 200, ""},
		{"revoke", "POST", user + "/sessions/revoke", reason, admin, 200, ""},
		{"nobody", "GET", "/admin/users/018f0000-0000-7000-8000-000000000000", "", admin, 404, "not_found"},
		{"no role", "GET", "/admin/users?role=king", "", admin, 400, "invalid"},
	} {
		if got := g.status(c.method, c.path, c.body, bearerOf(c.who)); got.status != c.status || got.Error.Code != c.code {
			t.Errorf("%s: %d %q, want %d %q", c.name, got.status, got.Error.Code, c.status, c.code)
		}
	}
}

// read calls and gives the data of a good answer.
func (g *gate) read(method, path string, header map[string]string, data any) {
	g.t.Helper()
	got := g.status(method, path, "", header)
	if got.status != 200 {
		g.t.Fatalf("%s %s: %d %s", method, path, got.status, got.Error.Code)
	}
	if err := json.Unmarshal(got.Data, data); err != nil {
		g.t.Fatal(err)
	}
}
