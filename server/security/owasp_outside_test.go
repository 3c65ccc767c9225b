package security_test

import (
	"context"
	"encoding/json"
	"fmt"
	"net"
	"net/http"
	"net/url"
	"strings"
	"sync/atomic"
	"testing"
	"time"

	"github.com/google/uuid"
	"github.com/redis/go-redis/v9"

	"github.com/rentora/rentora/server/contract"
	"github.com/rentora/rentora/server/testkit"
)

// API7: the product fetches nothing that a person names. server/egress guards what will once, and its test what the contract
// takes in.
var forgeryAttacks = map[string]func(*testing.T, *world){
	"addresses in every text": func(t *testing.T, w *world) {
		trap := newTrap(t)
		text := "Please see " + trap.url + "/a.jpg and ![photo](" + trap.url + "/b.png) and <img src=" + trap.url + "> and more of the same to be long enough."
		form, err := json.Marshal(map[string]string{"title": trap.url, "description": text, "house_rules": text})
		if err != nil {
			t.Fatal(err)
		}
		w.change(t, w.mine.host, w.mine.draft, string(form))
		for _, header := range []string{"Referer: " + trap.url, "Origin: " + trap.url, "X-Forwarded-Host: " + trap.host, "Host: " + trap.host, "X-Callback-Url: " + trap.url, "Forwarded: host=" + trap.host} {
			w.ask(t, "", http.MethodGet, "/search/listings?q="+url.QueryEscape(trap.url), "", header).tells(t, header)
		}
		w.ask(t, "", http.MethodPost, "/auth/register", fmt.Sprintf(`{"email":"guest-%s@example.test","password":"a password for tests","name":%q}`, uuid.NewString(), trap.url)).tells(t, "a name")
		// What the public sees goes to the index, what is reviewed and who is new into mails: the workers have had all of it.
		w.change(t, w.admins.host, w.admins.live, string(form))
		worker := w.Worker()
		defer worker.Stop()
		w.awaitHandled(t)
		if n := trap.visits.Load(); n != 0 {
			t.Errorf("%d visits", n)
		}
	},
	"a mail's link to the host of a request": func(t *testing.T, w *world) {
		w.Worker("relay", "notify")
		id := w.insertUser(t, "guest", true)
		email := fmt.Sprintf("guest-%s@example.test", id)
		if asked := w.ask(t, "", http.MethodPost, "/auth/forgot-password", fmt.Sprintf(`{"email":%q}`, email), "Host: evil.example", "X-Forwarded-Host: evil.example", "Forwarded: host=evil.example"); asked.status != 202 {
			t.Fatalf("%d %s", asked.status, asked.body)
		}
		w.linkIn(t, email, "password")
		if mails := w.get(t, w.MailURL+"/api/messages?to="+url.QueryEscape(email)); strings.Contains(mails, "evil.example") || !strings.Contains(mails, w.Env["RENTORA_PUBLIC_URL"]) {
			t.Errorf("the mail leads elsewhere: %.600s", mails)
		}
	},
}

func (w *world) change(t *testing.T, host account, listing uuid.UUID, form string) {
	t.Helper()
	path := "/listings/" + listing.String()
	if edited := w.ask(t, host.Token, http.MethodPatch, path, form, "If-Match: "+host.get(t, w, path).header.Get("ETag")); edited.status != 200 {
		t.Errorf("the edit: %d %s", edited.status, edited.body)
	}
}

// awaitHandled waits until the workers have handled what people's words are in, and sent their mails.
func (w *world) awaitHandled(t *testing.T) {
	t.Helper()
	testkit.Eventually(t, time.Minute, func() error {
		var events, open, due int
		err := w.DB.QueryRow(t.Context(), `select count(*), count(*) filter (where not exists (select from inbox i where i.event_id = o.event_id and i.consumer = g.name)),
				(select count(*) from mails where status = 'due')
			from outbox o join (values ('search', 'listings.changed'), ('cache', 'listings.changed'), ('notify', 'listings.revision_submitted'),
				('notify', 'identity.registered')) g (name, type) on g.type = o.type`).Scan(&events, &open, &due)
		if err == nil && (events < 4 || open > 0 || due > 0) {
			err = fmt.Errorf("%d of %d events are not handled, %d mails are due", open, events, due)
		}
		return err
	})
}

// trap counts who comes to an address that nobody should fetch.
type trap struct {
	url, host string
	visits    atomic.Int64
}

func newTrap(t *testing.T) *trap {
	t.Helper()
	var config net.ListenConfig
	listener, err := config.Listen(t.Context(), "tcp", "127.0.0.1:0")
	if err != nil {
		t.Fatal(err)
	}
	tr := &trap{url: "http://" + listener.Addr().String(), host: listener.Addr().String()}
	t.Cleanup(func() { _ = listener.Close() })
	go func() {
		for {
			conn, err := listener.Accept()
			if err != nil {
				return
			}
			tr.visits.Add(1)
			_ = conn.Close()
		}
	}()
	return tr
}

// API8: what a careless set-up shows.
var configurationAttacks = map[string]func(*testing.T, *world){
	"headers of every kind of answer": func(t *testing.T, w *world) {
		for _, path := range []string{"/search/places?q=a", "/listings/" + w.mine.live.String(), "/nowhere", "/users/me", "/bookings?limit=x"} {
			answer := w.ask(t, "", http.MethodGet, path, "")
			answer.tells(t, path)
			for name, want := range map[string]string{"X-Content-Type-Options": "nosniff", "Content-Security-Policy": "default-src 'none'", "Referrer-Policy": "", "Strict-Transport-Security": ""} {
				if got := answer.header.Get(name); got == "" && name != "Strict-Transport-Security" || !strings.Contains(got, want) {
					t.Errorf("%s: %s is %q", path, name, got)
				}
			}
			for _, name := range []string{"Server", "X-Powered-By", "X-AspNet-Version"} {
				if got := answer.header.Get(name); got != "" {
					t.Errorf("%s tells %s: %s", path, name, got)
				}
			}
		}
	},
	"origins that are nobody's": func(t *testing.T, w *world) {
		for _, origin := range []string{"https://evil.example", "null", w.Env["RENTORA_PUBLIC_URL"] + ".evil.example", "http://localhost.evil.example"} {
			answer := w.ask(t, w.spare.Token, http.MethodGet, "/users/me", "", "Origin: "+origin)
			if got := answer.header.Get("Access-Control-Allow-Origin"); got != "" {
				t.Errorf("%s may read answers: %q", origin, got)
			}
		}
	},
	"methods that nobody needs": func(t *testing.T, w *world) {
		for _, method := range []string{http.MethodTrace, "TRACK", http.MethodConnect, "DEBUG", "PROPFIND"} {
			w.ask(t, w.spare.Token, method, "/users/me", "").refused(t, method, 400, 404, 405, 501)
		}
	},
	"pages for operators at the public address": func(t *testing.T, w *world) {
		origin := strings.TrimSuffix(w.BaseURL(), "/api/v1")
		for _, path := range []string{"/metrics", "/debug/pprof/", "/debug/vars", "/.env", "/.git/config", "/actuator", "/server-status", "/api/v1/metrics"} {
			w.knock(t, origin+path, "", http.MethodGet, "").refused(t, path, 404)
		}
	},
	"cookies that scripts could read": func(t *testing.T, w *world) {
		answer := w.ask(t, "", http.MethodPost, "/auth/login", fmt.Sprintf(`{"email":%q,"password":%q,"transport":"cookie"}`, w.spare.Email, password))
		if answer.status != 200 || len(answer.header.Values("Set-Cookie")) < 2 {
			t.Fatalf("%d %v", answer.status, answer.header)
		}
		for _, cookie := range answer.header.Values("Set-Cookie") {
			name, _, _ := strings.Cut(cookie, "=")
			for _, want := range []string{"httponly", "secure", "samesite="} {
				if !strings.Contains(strings.ToLower(cookie), want) {
					t.Errorf("the cookie %s is not %s", name, want)
				}
			}
		}
		if strings.Contains(answer.body, "access_token\":\"") {
			t.Error("a page's scripts are given the token that the cookie keeps from them")
		}
	},
}

// API9: what is served is what the contract names, and the other way round.
var inventoryAttacks = map[string]func(*testing.T, *world){
	"every operation of the contract is served": func(t *testing.T, w *world) {
		doc, err := contract.GetSpec()
		if err != nil {
			t.Fatal(err)
		}
		for path, item := range doc.Paths.Map() {
			for method := range item.Operations() {
				at := path
				for strings.Contains(at, "{") {
					before, rest, _ := strings.Cut(at, "{")
					_, after, _ := strings.Cut(rest, "}")
					at = before + uuid.Nil.String() + after
				}
				if answer := w.ask(t, "", method, at, ""); answer.status == 405 || strings.Contains(answer.body, "nothing at this address") {
					t.Errorf("%s %s: %d %s", method, path, answer.status, answer.body)
				}
			}
		}
	},
	"nothing else is": func(t *testing.T, w *world) {
		origin := strings.TrimSuffix(w.BaseURL(), "/api/v1")
		for _, path := range []string{"/api", "/api/", "/api/v0/users/me", "/api/v2/users/me", "/v1/users/me", "/api/v1beta/users/me", "/api/v1/users", "/api/v1/users/" + w.spare.ID.String(),
			"/api/v1/test", "/api/v1/internal", "/api/internal/users", "/swagger", "/graphql", "/api/v1/admin", "/api/v1/sessions", "/api/v1/listings/" + w.mine.live.String() + "/bookings"} {
			w.knock(t, origin+path, w.admins.host.Token, http.MethodGet, "").refused(t, path, 404)
		}
	},
}

// API10: what other servers answer is data, and never believed more than that.
var dependencyAttacks = map[string]func(*testing.T, *world){
	"a document that somebody planted in the search": func(t *testing.T, w *world) {
		documents := w.Env["RENTORA_TYPESENSE_URL"] + "/collections/" + w.Env["RENTORA_TYPESENSE_COLLECTION"] + "/documents"
		key := "X-TYPESENSE-API-KEY: " + w.Env["RENTORA_TYPESENSE_API_KEY"]
		w.Worker("relay", "search")
		id := w.theirs.live.String()
		testkit.Eventually(t, 30*time.Second, func() error {
			if found := w.ask(t, "", http.MethodGet, "/search/listings?limit=50", ""); !strings.Contains(found.body, id) {
				return fmt.Errorf("the listing is not found yet: %.200s", found.body)
			}
			return nil
		})
		planted := w.knock(t, documents+"/"+id, "", http.MethodPatch, `{"title":"<script>planted</script>","price":1,"nightly_minor":1}`, key)
		if planted.status != 200 && planted.status != 201 {
			t.Fatalf("could not plant: %d %s", planted.status, planted.body)
		}
		stranger := w.knock(t, documents+"/"+id, "", http.MethodGet, "", key).body
		w.knock(t, documents, "", http.MethodPost, strings.ReplaceAll(stranger, id, uuid.NewString()), key)
		w.knock(t, documents, "", http.MethodPost, strings.ReplaceAll(stranger, id, w.theirs.draft.String()), key)
		found := w.ask(t, "", http.MethodGet, "/search/listings?limit=49", "")
		found.tells(t, "the search")
		if found.status != 200 || strings.Contains(found.body, "planted") || strings.Contains(found.body, `"minor":1,`) || strings.Contains(found.body, w.theirs.draft.String()) {
			t.Errorf("the search believes the index: %d %.500s", found.status, found.body)
		}
	},
	"sessions that somebody spoiled in Redis": func(t *testing.T, w *world) {
		options, err := redis.ParseURL(w.Env["RENTORA_REDIS_URL"])
		if err != nil {
			t.Fatal(err)
		}
		store := redis.NewClient(options)
		t.Cleanup(func() { _ = store.Close() })
		guest := w.signIn(t, "guest")
		guest.get(t, w, "/users/me")
		spoiled := 0
		for keys := store.Scan(t.Context(), 0, w.Env["RENTORA_REDIS_PREFIX"]+"*", 1000).Iterator(); keys.Next(t.Context()); {
			spoiled += spoil(t.Context(), store, keys.Val())
		}
		if spoiled == 0 {
			t.Fatal("there was nothing to spoil")
		}
		if me := guest.get(t, w, "/users/me"); me.status != 200 || !strings.Contains(me.body, guest.Email) {
			t.Errorf("with spoiled copies: %d %s", me.status, me.body)
		}
		guest.get(t, w, "/admin/users").refused(t, "a spoiled role", 403)
		w.ask(t, "", http.MethodGet, "/listings/"+w.mine.live.String(), "").tells(t, "a spoiled answer")
	},
}

// spoil overwrites one value by what claims to be an admin's and is no form of ours; it gives how many it spoiled.
func spoil(ctx context.Context, store *redis.Client, key string) int {
	if kind, err := store.Type(ctx, key).Result(); err != nil || kind != "string" {
		return 0
	}
	if err := store.Set(ctx, key, `{"role":"admin","Role":"admin","user_id":null`, redis.KeepTTL).Err(); err != nil {
		return 0
	}
	return 1
}
