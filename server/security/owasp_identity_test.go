package security_test

import (
	"crypto/ed25519"
	"encoding/base64"
	"encoding/json"
	"fmt"
	"net/http"
	"strings"
	"testing"

	"github.com/golang-jwt/jwt/v5"
	"github.com/google/uuid"

	"github.com/rentora/rentora/server/testkit"
)

// API2: tokens that we have not made, and guessing.
var authenticationAttacks = map[string]func(*testing.T, *world){
	"forged tokens": func(t *testing.T, w *world) {
		for name, token := range forgeries(t, w) {
			w.ask(t, token, http.MethodGet, "/users/me", "").refused(t, name, 401)
			w.ask(t, token, http.MethodGet, "/admin/users", "").refused(t, name, 401)
		}
	},
	"a refresh token for an access token and the other way round": func(t *testing.T, w *world) {
		w.ask(t, w.spare.RefreshToken, http.MethodGet, "/users/me", "").refused(t, "refresh for access", 401)
		w.ask(t, "", http.MethodPost, "/auth/refresh", fmt.Sprintf(`{"refresh_token":%q}`, w.spare.Token)).refused(t, "access for refresh", 400, 401)
	},
	"tokens where they would be written down": func(t *testing.T, w *world) {
		for _, path := range []string{"/users/me?access_token=", "/users/me?token=", "/users/me?authorization=Bearer%20"} {
			w.ask(t, "", http.MethodGet, path+w.spare.Token, "").refused(t, path, 400, 401)
		}
	},
	"guessing a password": func(t *testing.T, _ *world) {
		w := &world{Program: testkit.StartProgram(t, "RENTORA_AUTH_LOGIN_LIMIT", "5")}
		id := w.insertUser(t, "guest", true)
		login := fmt.Sprintf(`{"email":"guest-%s@example.test","password":"wrong %%d"}`, id)
		var last reply
		for i := range 12 {
			last = w.ask(t, "", http.MethodPost, "/auth/login", fmt.Sprintf(login, i))
			last.tells(t, "a guess")
		}
		if last.status != 429 || last.header.Get("Retry-After") == "" {
			t.Errorf("after twelve guesses: %d %v", last.status, last.header)
		}
		w.ask(t, "", http.MethodPost, "/auth/login", strings.Replace(login, "wrong %d", password, 1)).refused(t, "the right one after them", 429)
	},
	"asking who has an account": func(t *testing.T, w *world) {
		for path, body := range map[string]string{
			"/auth/login":               `{"email":%q,"password":"wrong all the same"}`,
			"/auth/forgot-password":     `{"email":%q}`,
			"/auth/verify-email/resend": `{"email":%q}`,
			"/auth/register":            `{"email":%q,"password":"a password for tests","name":"Somebody"}`,
		} {
			known := w.ask(t, "", http.MethodPost, path, fmt.Sprintf(body, w.spare.Email))
			unknown := w.ask(t, "", http.MethodPost, path, fmt.Sprintf(body, "guest-"+uuid.NewString()+"@example.test"))
			if a, b := withoutID(known), withoutID(unknown); known.status != unknown.status || a != b {
				t.Errorf("%s: %d %s for a known address, %d %s for an unknown one", path, known.status, a, unknown.status, b)
			}
		}
	},
	"a link that was used": func(t *testing.T, w *world) {
		token := w.link(t, w.insertUser(t, "guest", false), "verify_email")
		if first := w.ask(t, "", http.MethodPost, "/auth/verify-email", fmt.Sprintf(`{"token":%q}`, token)); first.status != 200 {
			t.Fatalf("the first time: %d %s", first.status, first.body)
		}
		w.ask(t, "", http.MethodPost, "/auth/verify-email", fmt.Sprintf(`{"token":%q}`, token)).refused(t, "the second time", 400, 401, 404, 409, 422)
	},
	"a spent refresh token": func(t *testing.T, w *world) {
		victim := w.signIn(t, "guest")
		body := fmt.Sprintf(`{"refresh_token":%q}`, victim.RefreshToken)
		second := w.ask(t, "", http.MethodPost, "/auth/refresh", body)
		if second.status != 200 {
			t.Fatalf("%d %s", second.status, second.body)
		}
		w.exec(t, "update refresh_tokens set spent_at = spent_at - interval '1 minute' where spent_at is not null and session_id in (select id from sessions where user_id = $1)", victim.ID)
		w.ask(t, "", http.MethodPost, "/auth/refresh", body).refused(t, "a minute later", 401)
		var tokens struct {
			Data struct {
				RefreshToken string `json:"refresh_token"`
			}
		}
		if err := json.Unmarshal([]byte(second.body), &tokens); err != nil {
			t.Fatal(err)
		}
		w.ask(t, "", http.MethodPost, "/auth/refresh", fmt.Sprintf(`{"refresh_token":%q}`, tokens.Data.RefreshToken)).refused(t, "the thief's, or the owner's: its family", 401)
	},
}

func withoutID(r reply) string {
	return strings.ReplaceAll(r.body, r.header.Get("X-Request-Id"), "")
}

// forgeries are tokens of an admin that are signed by nobody, by others, or by what everybody may know.
func forgeries(t *testing.T, w *world) map[string]string {
	t.Helper()
	claims := jwt.MapClaims{}
	parsed, _, err := jwt.NewParser().ParseUnverified(w.admins.host.Token, claims)
	if err != nil {
		t.Fatal(err)
	}
	kid, _ := parsed.Header["kid"].(string)
	public := w.publicKey(t)
	_, foreign, err := ed25519.GenerateKey(nil)
	if err != nil {
		t.Fatal(err)
	}
	sign := func(method jwt.SigningMethod, key any, kid any, change func(jwt.MapClaims)) string {
		mine := jwt.MapClaims{}
		for name, value := range claims {
			mine[name] = value
		}
		if change != nil {
			change(mine)
		}
		token := jwt.NewWithClaims(method, mine)
		token.Header["kid"] = kid
		signed, err := token.SignedString(key)
		if err != nil {
			t.Fatal(err)
		}
		return signed
	}
	parts := strings.Split(w.mine.guest.Token, ".")
	guest := jwt.MapClaims{}
	if _, _, err := jwt.NewParser().ParseUnverified(w.mine.guest.Token, guest); err != nil {
		t.Fatal(err)
	}
	guest["role"], guest["sub"] = "admin", w.admins.host.ID.String()
	changed, err := json.Marshal(guest)
	if err != nil {
		t.Fatal(err)
	}
	return map[string]string{
		"no signature (alg none)":               sign(jwt.SigningMethodNone, jwt.UnsafeAllowNoneSignatureType, kid, nil),
		"the public key as a shared secret":     sign(jwt.SigningMethodHS256, []byte(public), kid, nil),
		"the public key's text as the secret":   sign(jwt.SigningMethodHS256, []byte(base64.RawURLEncoding.EncodeToString(public)), kid, nil),
		"another key under our name":            sign(jwt.SigningMethodEdDSA, foreign, kid, nil),
		"a name that is a path":                 sign(jwt.SigningMethodEdDSA, foreign, "../../../../dev/null", nil),
		"a name that is SQL":                    sign(jwt.SigningMethodEdDSA, foreign, "' or 1=1 --", nil),
		"a name that is no text":                sign(jwt.SigningMethodEdDSA, foreign, 7, nil),
		"a guest's signature under other words": parts[0] + "." + base64.RawURLEncoding.EncodeToString(changed) + "." + parts[2],
		"a signature that was cut off":          parts[0] + "." + parts[1] + ".",
		"no parts":                              "x",
		"very long":                             strings.Repeat("a", 6000),
	}
}

// publicKey is what JWKS tells everybody.
func (w *world) publicKey(t *testing.T) ed25519.PublicKey {
	t.Helper()
	var set struct{ Keys []struct{ X string } }
	answer := w.knock(t, strings.TrimSuffix(w.BaseURL(), "/api/v1")+"/.well-known/jwks.json", "", http.MethodGet, "")
	if err := json.Unmarshal([]byte(answer.body), &set); err != nil || len(set.Keys) == 0 {
		t.Fatalf("%v: %s", err, answer.body)
	}
	key, err := base64.RawURLEncoding.DecodeString(set.Keys[0].X)
	if err != nil || len(key) != ed25519.PublicKeySize {
		t.Fatalf("%v: %s", err, answer.body)
	}
	return key
}

// API6: flows that harm when machines walk them.
var flowAttacks = map[string]func(*testing.T, *world){
	"hoarding quotes holds nothing": func(t *testing.T, w *world) {
		for range 20 {
			quote(t, w.theirs.guest, w.mine.live, stay(160, 2))
		}
		if booked := w.ask(t, w.mine.guest.Token, http.MethodPost, "/bookings", fmt.Sprintf(`{"quote_token":%q}`, quote(t, w.mine.guest, w.mine.live, stay(160, 2)))); booked.status != 201 {
			t.Errorf("%d %s", booked.status, booked.body)
		}
	},
	"a quote is used once": func(t *testing.T, w *world) {
		token := fmt.Sprintf(`{"quote_token":%q}`, quote(t, w.mine.guest, w.mine.live, stay(165, 2)))
		if first := w.ask(t, w.mine.guest.Token, http.MethodPost, "/bookings", token); first.status != 201 {
			t.Fatalf("%d %s", first.status, first.body)
		}
		w.ask(t, w.mine.guest.Token, http.MethodPost, "/bookings", token).refused(t, "the second time", 409)
	},
	"a quote with one letter changed": func(t *testing.T, w *world) {
		token := []byte(quote(t, w.mine.guest, w.mine.live, stay(170, 2)))
		for _, at := range []int{0, len(token) / 3, len(token) / 2, len(token) - 3} {
			changed := append([]byte{}, token...)
			changed[at] ^= 1
			w.ask(t, w.mine.guest.Token, http.MethodPost, "/bookings", fmt.Sprintf(`{"quote_token":%q}`, changed)).refused(t, "changed at "+fmt.Sprint(at), 400, 422)
		}
	},
	"booking the own place": func(t *testing.T, w *world) {
		body := fmt.Sprintf(`{"check_in":%q,"check_out":%q,"guests":2}`, stay(175, 2).Start, stay(175, 2).End)
		quoted := w.mine.host.post(t, w, "/listings/"+w.mine.live.String()+"/quotes", body)
		if quoted.status != 200 {
			quoted.refused(t, "a quote for the own place", 403, 409, 422)
			return
		}
		w.mine.host.post(t, w, "/bookings", fmt.Sprintf(`{"quote_token":%q}`, quote(t, w.mine.host, w.mine.live, stay(175, 2)))).refused(t, "the own place", 403, 409, 422)
	},
	"deciding the own submission": func(t *testing.T, w *world) {
		w.ask(t, w.mine.host.Token, http.MethodPost, "/admin/listings/"+w.mine.pending.String()+"/approve", `{}`).refused(t, "approving it", 403)
	},
	"one request under two keys": func(t *testing.T, w *world) {
		body := fmt.Sprintf(`{"quote_token":%q}`, quote(t, w.mine.guest, w.mine.live, stay(180, 2)))
		statuses := map[int]int{}
		for range 5 {
			statuses[w.ask(t, w.mine.guest.Token, http.MethodPost, "/bookings", body, "Idempotency-Key: "+uuid.NewString()).status]++
		}
		if statuses[201] != 1 || statuses[409] != 4 {
			t.Errorf("%v", statuses)
		}
	},
}

func (a account) post(t *testing.T, w *world, path, body string) reply {
	t.Helper()
	return w.ask(t, a.Token, http.MethodPost, path, body)
}
