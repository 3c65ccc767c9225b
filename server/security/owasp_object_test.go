package security_test

import (
	"encoding/json"
	"fmt"
	"net/http"
	"strings"
	"testing"

	"github.com/google/uuid"

	"github.com/rentora/rentora/server/contract"
)

// API1: identifiers that belong to somebody else, where the matrix does not put them: in bodies, tokens and pairs.
var objectAttacks = map[string]func(*testing.T, *world){
	"somebody else's photo in an own listing": func(t *testing.T, w *world) {
		before := w.mine.host.get(t, w, "/listings/"+w.mine.draft.String())
		body := fmt.Sprintf(`{"photos":[{"upload_id":%q}]}`, w.theirs.upload)
		w.ask(t, w.mine.host.Token, http.MethodPut, "/listings/"+w.mine.draft.String()+"/photos", body, "If-Match: "+before.header.Get("ETag")).
			refused(t, "a stranger's upload", 400, 404, 409, 422)
	},
	"an own block under somebody else's listing": func(t *testing.T, w *world) {
		w.ask(t, w.mine.host.Token, http.MethodDelete, fmt.Sprintf("/listings/%s/blocks/%s", w.theirs.live, w.mine.block), "").refused(t, "their listing, my block", 403, 404)
		w.ask(t, w.mine.host.Token, http.MethodDelete, fmt.Sprintf("/listings/%s/blocks/%s", w.mine.live, w.theirs.block), "").refused(t, "my listing, their block", 403, 404)
	},
	// A quote is a price for everybody; who books by it books for himself alone.
	"a quote that somebody else was given": func(t *testing.T, w *world) {
		booked := w.ask(t, w.theirs.guest.Token, http.MethodPost, "/bookings", fmt.Sprintf(`{"quote_token":%q}`, quote(t, w.mine.guest, w.mine.live, stay(70, 2))))
		if booked.status != 201 || !strings.Contains(booked.body, w.theirs.guest.ID.String()) || strings.Contains(booked.body, w.mine.guest.ID.String()) {
			t.Errorf("%d %s", booked.status, booked.body)
		}
		w.mine.guest.get(t, w, "/bookings/"+idOf(t, booked)).refused(t, "by who asked for the quote", 404)
	},
	"an idempotency key that somebody else used": func(t *testing.T, w *world) {
		key := "Idempotency-Key: " + uuid.NewString()
		body := func(a account, listing uuid.UUID, from int) string {
			return fmt.Sprintf(`{"quote_token":%q}`, quote(t, a, listing, stay(from, 2)))
		}
		first := w.ask(t, w.mine.guest.Token, http.MethodPost, "/bookings", body(w.mine.guest, w.mine.live, 80), key)
		second := w.ask(t, w.theirs.guest.Token, http.MethodPost, "/bookings", body(w.theirs.guest, w.theirs.live, 80), key)
		if first.status != 201 || second.status != 201 || idOf(t, first) == idOf(t, second) {
			t.Errorf("%d and %d with one key: %s", first.status, second.status, second.body)
		}
	},
	"a page's cursor that somebody else was given": func(t *testing.T, w *world) {
		for i := range 2 {
			w.ask(t, w.mine.guest.Token, http.MethodPost, "/bookings", fmt.Sprintf(`{"quote_token":%q}`, quote(t, w.mine.guest, w.mine.live, stay(120+3*i, 2))))
		}
		var page struct {
			Meta struct{ Page struct{ Next *string } }
		}
		answer := w.ask(t, w.mine.guest.Token, http.MethodGet, "/bookings?limit=1", "")
		if err := json.Unmarshal([]byte(answer.body), &page); err != nil || page.Meta.Page.Next == nil {
			t.Fatalf("no next page in %s", answer.body)
		}
		theirs := w.ask(t, w.theirs.guest.Token, http.MethodGet, "/bookings?limit=1&cursor="+*page.Meta.Page.Next, "")
		theirs.tells(t, "a stranger's cursor")
		if strings.Contains(theirs.body, w.mine.live.String()) {
			t.Errorf("the cursor shows a stranger's booking: %s", theirs.body)
		}
	},
}

// get reads something as an account.
func (a account) get(t *testing.T, w *world, path string) reply {
	t.Helper()
	return w.ask(t, a.Token, http.MethodGet, path, "")
}

func idOf(t *testing.T, r reply) string {
	t.Helper()
	var thing struct{ Data struct{ ID string } }
	if err := json.Unmarshal([]byte(r.body), &thing); err != nil {
		t.Fatal(err)
	}
	return thing.Data.ID
}

// API3: properties that nobody may set, and properties that nobody may see.
var propertyAttacks = map[string]func(*testing.T, *world){
	"a role at registration": func(t *testing.T, w *world) {
		for _, extra := range []string{`"role":"admin"`, `"role":"support"`, `"email_verified":true`, `"status":"active"`, `"id":"0198c7a2-5b1e-7c3a-9f0d-2a6b8c4d1e09"`} {
			w.ask(t, "", http.MethodPost, "/auth/register", fmt.Sprintf(`{"email":"guest-%s@example.test","password":"a password for tests","name":"Guest",%s}`, uuid.NewString(), extra)).
				refused(t, extra, 400)
		}
	},
	"properties of the own account": func(t *testing.T, w *world) {
		tag := w.spare.get(t, w, "/users/me").header.Get("ETag")
		for _, body := range []string{`{"role":"admin"}`, `{"email":"other@example.test"}`, `{"email_verified":true}`, `{"password_hash":"x"}`, `{"name":"Guest","role":"admin"}`, `{"__proto__":{"role":"admin"}}`} {
			w.ask(t, w.spare.Token, http.MethodPatch, "/users/me", body, "If-Match: "+tag).refused(t, body, 400)
		}
		if me := w.spare.get(t, w, "/users/me"); !strings.Contains(me.body, `"role":"guest"`) {
			t.Errorf("the role is another one: %s", me.body)
		}
	},
	"properties of a listing": func(t *testing.T, w *world) {
		tag := w.mine.host.get(t, w, "/listings/"+w.mine.draft.String()).header.Get("ETag")
		for _, body := range []string{`{"status":"live"}`, fmt.Sprintf(`{"host_id":%q}`, w.theirs.host.ID), `{"id":"0198c7a2-5b1e-7c3a-9f0d-2a6b8c4d1e09"}`, `{"version":99}`, `{"location_exact":true}`} {
			w.ask(t, w.mine.host.Token, http.MethodPatch, "/listings/"+w.mine.draft.String(), body, "If-Match: "+tag).refused(t, body, 400)
		}
	},
	"a price of the guest's own": func(t *testing.T, w *world) {
		token := quote(t, w.mine.guest, w.mine.live, stay(140, 2))
		for _, extra := range []string{`"total":{"minor":1,"currency":"EUR"}`, `"total_minor":1`, `"status":"CONFIRMED"`, `"guest_id":"0198c7a2-5b1e-7c3a-9f0d-2a6b8c4d1e09"`, `"lines":[]`} {
			w.ask(t, w.mine.guest.Token, http.MethodPost, "/bookings", fmt.Sprintf(`{"quote_token":%q,%s}`, token, extra)).refused(t, extra, 400)
		}
	},
	"what public answers tell": func(t *testing.T, w *world) {
		for _, path := range []string{"/listings/" + w.mine.live.String(), "/listings/" + w.mine.live.String() + "/calendar", "/search/listings?limit=50", "/search/places?q=lis"} {
			answer := w.ask(t, "", http.MethodGet, path, "")
			answer.tells(t, path)
			for _, secret := range append([]string{"password", "_hash", "@example.test", "Quiet lane", "1200-001", "owner_id", "object_key", "originals/", "rejection", "38.7139,"}, w.mine.secrets...) {
				if strings.Contains(answer.body, secret) {
					t.Errorf("%s tells %q: %.500s", path, secret, answer.body)
				}
			}
		}
	},
	"what a booking tells before it is confirmed": func(t *testing.T, w *world) {
		answer := w.mine.guest.get(t, w, "/bookings/"+w.mine.booking.String())
		for _, secret := range []string{"Quiet lane", "address_line\":\"Q", w.mine.host.Email} {
			if answer.status != 200 || strings.Contains(answer.body, secret) {
				t.Errorf("%d, the guest is told %q: %s", answer.status, secret, answer.body)
			}
		}
	},
	"what an account tells": func(t *testing.T, w *world) {
		for _, path := range []string{"/users/me", "/auth/sessions"} {
			if answer := w.spare.get(t, w, path); answer.status != 200 || strings.Contains(answer.body, "hash") || strings.Contains(answer.body, w.spare.RefreshToken) || strings.Contains(answer.body, "$2a$") {
				t.Errorf("%s: %d %s", path, answer.status, answer.body)
			}
		}
	},
}

// API5: operations of admins by detours of method, case, encoding and headers that routers have believed before.
var functionAttacks = map[string]func(*testing.T, *world){
	"detours to the operations of admins": func(t *testing.T, w *world) {
		origin := strings.TrimSuffix(w.BaseURL(), "/api/v1")
		for _, path := range []string{"/api/v1/admin/users", "/API/V1/ADMIN/USERS", "/api/v1/Admin/users", "/api/v1/admin/users/", "/api/v1//admin/users", "/api/v1/./admin/users",
			"/api/v1/users/../admin/users", "/api/v1/%61dmin/users", "/api/v1/admin%2fusers", "/api/v1/admin/users;x=1", "/api/v1/admin/users.json", "/api/v1/admin/users%00", "/api/v1/users/me/../../admin/users"} {
			for _, token := range []string{"", w.mine.guest.Token, w.mine.host.Token} {
				w.knock(t, origin+path, token, http.MethodGet, "").refused(t, path, 400, 401, 403, 404)
			}
		}
	},
	"headers that name another method, address or person": func(t *testing.T, w *world) {
		for _, header := range []string{"X-HTTP-Method-Override: GET", "X-Original-URL: /api/v1/admin/users", "X-Rewrite-URL: /api/v1/admin/users", "X-Forwarded-For: 127.0.0.1",
			"X-User-Id: " + w.admins.host.ID.String(), "X-Role: admin", "Forwarded: for=127.0.0.1"} {
			w.ask(t, w.mine.guest.Token, http.MethodGet, "/admin/users", "", header).refused(t, header, 403)
			w.ask(t, "", http.MethodGet, "/users/me", "", header).refused(t, header, 401)
		}
	},
	"a role that was lost is lost at once": func(t *testing.T, w *world) {
		fallen := w.signIn(t, "admin")
		if answer := fallen.get(t, w, "/admin/users?limit=1"); answer.status != 200 {
			t.Fatalf("an admin: %d %s", answer.status, answer.body)
		}
		locked, err := w.admins.host.LockUserWithResponse(t.Context(), fallen.ID, contract.AccountReasonRequest{Reason: "A test of the top ten."})
		expect(t, locked, err, 200)
		fallen.get(t, w, "/admin/users?limit=1").refused(t, "the token of a locked admin", 401, 403)
	},
}
