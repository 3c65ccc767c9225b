package rest

import (
	"encoding/base64"
	"encoding/json"
	"io"
	"log/slog"
	"maps"
	"net/http"
	"net/http/httptest"
	"strings"
	"testing"
	"time"

	"github.com/gofiber/fiber/v2"
	"github.com/prometheus/client_golang/prometheus"

	"github.com/rentora/rentora/server/cache"
	"github.com/rentora/rentora/server/config"
	"github.com/rentora/rentora/server/contract"
	"github.com/rentora/rentora/server/identity"
	"github.com/rentora/rentora/server/limit"
	"github.com/rentora/rentora/server/testkit"
)

const (
	ours     = "https://rentora.test"
	password = "correct horse battery"
)

// gate is the door with the true identity room behind it.
type gate struct {
	t     *testing.T
	app   *fiber.App
	users *identity.Service
}

func newGate(t *testing.T) *gate { return newGateAt(t, testkit.Redis(t)) }

func newGateAt(t *testing.T, server config.Redis, set ...func(*config.Config)) *gate {
	t.Helper()
	c := &config.Config{PublicURL: ours + "/", Redis: server}
	c.HTTP = config.HTTP{RequestTimeout: 10 * time.Second, BodyLimit: 1 << 20, AllowedOrigins: []string{"https://app.rentora.test"}}
	c.Identity = config.Identity{SigningKeys: []string{base64.StdEncoding.EncodeToString(make([]byte, 32))}, AccessLife: 15 * time.Minute,
		RefreshLife: 168 * time.Hour, LinkLife: 24 * time.Hour, BcryptCost: 4, BcryptSlots: 4, LoginLimit: 10,
		SecretKey: base64.StdEncoding.EncodeToString(make([]byte, 32))}
	for _, f := range set {
		f(c)
	}
	rdb, err := cache.Open(c.Redis)
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { rdb.Close() })
	users, err := identity.New(testkit.DB(t), rdb, c, time.Now)
	if err != nil {
		t.Fatal(err)
	}
	noon := time.Date(2026, 3, 1, 12, 0, 0, 0, time.UTC) // one minute that does not end
	app, err := New(&API{Identity: users}, Options{Config: c, Log: slog.New(slog.DiscardHandler), Registry: prometheus.NewRegistry(),
		Limits: limit.New(limit.Options{Keys: 1000, Now: func() time.Time { return noon }})})
	if err != nil {
		t.Fatal(err)
	}
	return &gate{t: t, app: app, users: users}
}

func (g *gate) account(email string, role identity.Role) {
	g.t.Helper()
	_, err := g.users.Create(g.t.Context(), identity.NewUser{Email: email, Name: "Somebody", Password: password, Role: role, Verified: true})
	if err != nil {
		g.t.Fatal(err)
	}
}

// TestAKnownBrowserIsLetInThroughTheDoor has everybody at one address: only the cookie tells the owner from the attackers.
func TestAKnownBrowserIsLetInThroughTheDoor(t *testing.T) {
	t.Parallel()
	g := newGate(t)
	g.account("guest-0001@example.test", identity.Guest)
	mine := g.login("guest-0001@example.test", "cookie").cookies[deviceCookie].Value
	try := func(password, cookie string) answer {
		return g.call("POST", "/auth/login", `{"email":"guest-0001@example.test","password":"`+password+`"}`, map[string]string{"Cookie": cookie})
	}
	for range 10 {
		g.want("guess", try("wrong wrong wrong", ""), 401, "invalid_credentials")
	}
	refused := try(password, "")
	g.want("unknown browser", refused, 429, "too_many_attempts")
	if refused.header.Get("Retry-After") == "" {
		t.Error("nobody says when to come back")
	}
	g.want("known browser", try(password, deviceCookie+"="+mine), 200, "")
}

// answer is what a test looks at.
type answer struct {
	status  int
	cookies map[string]*http.Cookie
	header  http.Header
	Data    contract.Tokens
	Error   failure
}

// plain is an answer of any operation.
type plain struct {
	status  int
	cookies map[string]*http.Cookie
	header  http.Header
	Data    json.RawMessage `json:"data"`
	Error   failure         `json:"error"`
}

type failure struct {
	Code        string
	FieldErrors []contract.FieldError `json:"field_errors"`
}

func (g *gate) status(method, path, body string, header map[string]string) plain {
	g.t.Helper()
	req := httptest.NewRequest(method, "/api/v1"+path, strings.NewReader(body))
	if body != "" {
		req.Header.Set("Content-Type", "application/json")
	}
	for name, value := range header {
		req.Header.Set(name, value)
	}
	res, err := g.app.Test(req, 30_000)
	if err != nil {
		g.t.Fatal(err)
	}
	defer res.Body.Close()
	raw, err := io.ReadAll(res.Body)
	if err != nil {
		g.t.Fatal(err)
	}
	out := plain{status: res.StatusCode, cookies: map[string]*http.Cookie{}, header: res.Header}
	if err := json.Unmarshal(raw, &out); err != nil {
		g.t.Fatalf("%s: %v", raw, err)
	}
	for _, c := range res.Cookies() {
		out.cookies[c.Name] = c
	}
	return out
}

func (g *gate) call(method, path, body string, header map[string]string) answer {
	g.t.Helper()
	got := g.status(method, path, body, header)
	out := answer{status: got.status, cookies: got.cookies, header: got.header, Error: got.Error}
	_ = json.Unmarshal(got.Data, &out.Data) // other operations answer no tokens
	return out
}

func (g *gate) want(name string, got answer, status int, code string) {
	g.t.Helper()
	if got.status != status || got.Error.Code != code {
		g.t.Errorf("%s: %d %q, want %d %q", name, got.status, got.Error.Code, status, code)
	}
}

func (g *gate) login(email, transport string) answer {
	g.t.Helper()
	got := g.call("POST", "/auth/login", `{"email":"`+email+`","password":"`+password+`","transport":"`+transport+`"}`, nil)
	g.want("login", got, 200, "")
	return got
}

func TestBearerFlow(t *testing.T) {
	t.Parallel()
	g := newGate(t)
	g.account("guest-0001@example.test", identity.Guest)
	tokens := g.login("guest-0001@example.test", "bearer")
	if tokens.Data.AccessToken == nil || tokens.Data.RefreshToken == nil || tokens.Data.ExpiresIn != 900 || len(tokens.cookies) != 0 {
		t.Fatalf("%+v", tokens)
	}
	bearer := map[string]string{"Authorization": "Bearer " + *tokens.Data.AccessToken}
	me := g.call("GET", "/users/me", "", bearer)
	g.want("me", me, 200, "")
	if me.header.Get("Etag") != `"1"` {
		t.Errorf("ETag = %q", me.header.Get("Etag"))
	}
	edit := func(version string) map[string]string {
		h := maps.Clone(bearer)
		h["If-Match"] = version
		return h
	}
	g.want("edit", g.call("PATCH", "/users/me", `{"name":"Another"}`, edit(`"1"`)), 200, "")
	g.want("stale edit", g.call("PATCH", "/users/me", `{"name":"Another"}`, edit(`"1"`)), 412, "stale")
	g.want("guest lists", g.call("GET", "/listings", "", bearer), 403, "role_not_allowed")
	g.want("become host", g.call("POST", "/users/me/host", "", bearer), 200, "")
	fresh := g.call("POST", "/auth/refresh", `{"refresh_token":"`+*tokens.Data.RefreshToken+`"}`, nil)
	g.want("refresh", fresh, 200, "")
	if fresh.Data.AccessToken == nil || len(fresh.cookies) != 0 {
		t.Errorf("%+v", fresh)
	}
	g.want("logout", g.call("POST", "/auth/logout", "", bearer), 200, "")
	g.want("after logout", g.call("GET", "/users/me", "", bearer), 401, "session_ended")
}

func TestCookieFlow(t *testing.T) {
	t.Parallel()
	g := newGate(t)
	g.account("guest-0001@example.test", identity.Guest)
	signedIn := g.login("guest-0001@example.test", "cookie")
	if signedIn.Data.AccessToken != nil || signedIn.Data.RefreshToken != nil {
		t.Error("tokens are in the body")
	}
	for name, want := range map[string]http.Cookie{accessCookie: {MaxAge: 900, SameSite: http.SameSiteLaxMode}, refreshCookie: {MaxAge: 604800, SameSite: http.SameSiteStrictMode},
		deviceCookie: {MaxAge: 34560000, SameSite: http.SameSiteStrictMode}} {
		c := signedIn.cookies[name]
		if c == nil || c.Value == "" || c.Path != "/" || c.Domain != "" || !c.Secure || !c.HttpOnly || c.MaxAge != want.MaxAge || c.SameSite != want.SameSite {
			t.Errorf("%s = %v", name, c)
		}
	}
	access := accessCookie + "=" + signedIn.cookies[accessCookie].Value
	refresh := refreshCookie + "=" + signedIn.cookies[refreshCookie].Value
	g.want("read", g.call("GET", "/users/me", "", map[string]string{"Cookie": access}), 200, "")
	for origin, status := range map[string]int{"": 403, "https://evil.test": 403, "null": 403, ours: 200, "https://app.rentora.test": 200} {
		code := map[int]string{403: "origin_not_allowed"}[status]
		g.want("refresh from "+origin, g.call("POST", "/auth/refresh", `{}`, map[string]string{"Cookie": refresh, "Origin": origin}), status, code)
		g.want("write from "+origin, g.call("POST", "/users/me/host", "", map[string]string{"Cookie": access, "Origin": origin}), status, code)
	}
	fresh := g.call("POST", "/auth/refresh", `{}`, map[string]string{"Cookie": refresh, "Origin": ours})
	if fresh.cookies[accessCookie] == nil || fresh.cookies[refreshCookie] == nil || fresh.Data.AccessToken != nil {
		t.Errorf("%+v", fresh)
	}
	out := g.call("POST", "/auth/logout-all", "", map[string]string{"Cookie": access, "Origin": ours})
	g.want("logout", out, 200, "")
	for _, name := range []string{accessCookie, refreshCookie} {
		if c := out.cookies[name]; c == nil || c.Value != "" || !c.Expires.Before(time.Now()) || !c.Secure || c.Path != "/" {
			t.Errorf("%s = %v, want it taken back", name, c)
		}
	}
	if out.cookies[deviceCookie] != nil {
		t.Error("a log-out makes the browser a stranger")
	}
	g.want("after logout", g.call("GET", "/users/me", "", map[string]string{"Cookie": access}), 401, "session_ended")
	// A dead cookie must not stand in the way of signing in again.
	g.want("login", g.call("POST", "/auth/login", `{"email":"guest-0001@example.test","password":"`+password+`"}`, map[string]string{"Cookie": access}), 200, "")
}

func TestWhoMayKnock(t *testing.T) {
	t.Parallel()
	g := newGate(t)
	quote := "/listings/018f0000-0000-7000-8000-000000000000/price"
	for _, c := range []struct {
		name, method, path, auth string
		status                   int
		code                     string
	}{
		{"nobody", "GET", "/users/me", "", 401, "sign_in_required"},
		{"nobody, unknown path", "GET", "/nothing", "", 404, "not_found"},
		{"bad scheme", "GET", "/users/me", "Basic eDp5", 401, "token_invalid"},
		{"no token", "GET", "/users/me", "Bearer ", 401, "token_invalid"},
		{"bad token", "GET", "/users/me", "Bearer x.y.z", 401, "token_invalid"},
		{"bad token where none is needed", "GET", quote, "Bearer x.y.z", 401, "token_invalid"},
		{"bad token where none is looked at", "POST", "/auth/refresh", "Bearer x.y.z", 401, "sign_in_required"},
	} {
		body := ""
		if c.method == "POST" {
			body = "{}"
		}
		g.want(c.name, g.call(c.method, c.path, body, map[string]string{"Authorization": c.auth}), c.status, c.code)
	}
}

func TestRegisterAndRecoverThroughTheDoor(t *testing.T) {
	t.Parallel()
	g := newGate(t)
	register := `{"email":"guest-0001@example.test","password":"` + password + `","name":"Somebody","role":"host"}`
	g.want("register", g.call("POST", "/auth/register", register, nil), 202, "")
	g.want("register again", g.call("POST", "/auth/register", register, nil), 202, "")
	email := `{"email":"guest-0001@example.test"}`
	g.want("resend", g.call("POST", "/auth/verify-email/resend", email, nil), 202, "")
	g.want("forgot", g.call("POST", "/auth/forgot-password", email, nil), 202, "")
	g.want("verify", g.call("POST", "/auth/verify-email", `{"token":"made up"}`, nil), 400, "link_invalid")
	g.want("reset", g.call("POST", "/auth/reset-password", `{"token":"made up","password":"`+password+`"}`, nil), 400, "link_invalid")
	long := g.call("POST", "/auth/register", strings.Replace(register, password, strings.Repeat("é", 37), 1), nil)
	g.want("74 bytes", long, 400, "invalid")
	if len(long.Error.FieldErrors) != 1 || long.Error.FieldErrors[0].Field != "password" {
		t.Errorf("%+v", long.Error)
	}
	u, err := g.users.Create(t.Context(), identity.NewUser{Email: "guest-0002@example.test", Name: "Somebody", Role: identity.Guest})
	if err != nil {
		t.Fatal(err)
	}
	token, _, err := g.users.MintLink(t.Context(), u.ID, identity.LinkInvitation)
	if err != nil {
		t.Fatal(err)
	}
	set := g.call("POST", "/auth/reset-password", `{"token":"`+token+`","password":"`+password+`"}`, nil)
	g.want("invitation", set, 200, "")
	if c := set.cookies[deviceCookie]; c == nil || c.Value == "" || len(set.cookies) != 1 {
		t.Errorf("cookies after a new password: %v, want the browser to be known", set.cookies)
	}
	g.login("guest-0002@example.test", "bearer")
}
