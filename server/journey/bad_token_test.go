package journey_test

import (
	"crypto/ed25519"
	"encoding/base64"
	"maps"
	"strings"
	"testing"
	"time"

	"github.com/golang-jwt/jwt/v5"

	"github.com/rentora/rentora/server/identity"
)

// badTokens tries every way to be somebody without being it.
func (w *world) badTokens(t *testing.T, o operation) {
	if identity.Open(o.ID) {
		return // nobody is asked
	}
	for what, header := range w.forgeries(t, w.accounts[identity.Admin].Token) {
		r := w.valid(o)
		r.header["Authorization"] = header
		w.refuse(t, what, o, r, 401)
	}
}

// forgeries gives Authorization headers, all wrong, made of a good token.
func (w *world) forgeries(t *testing.T, good string) map[string]string {
	t.Helper()
	claims := jwt.MapClaims{}
	parsed, _, err := jwt.NewParser().ParseUnverified(good, claims)
	if err != nil {
		t.Fatal(err)
	}
	seed, err := base64.StdEncoding.DecodeString(w.Env["RENTORA_AUTH_SIGNING_KEYS"])
	if err != nil {
		t.Fatal(err)
	}
	key := ed25519.NewKeyFromSeed(seed)
	_, stranger, err := ed25519.GenerateKey(nil)
	if err != nil {
		t.Fatal(err)
	}
	sign := func(method jwt.SigningMethod, key any, change func(jwt.MapClaims)) string {
		mine := maps.Clone(claims)
		change(mine)
		token := jwt.NewWithClaims(method, mine)
		token.Header["kid"] = parsed.Header["kid"]
		signed, err := token.SignedString(key)
		if err != nil {
			t.Fatal(err)
		}
		return "Bearer " + signed
	}
	same := func(jwt.MapClaims) {}
	set := func(name string, value any) func(jwt.MapClaims) { return func(c jwt.MapClaims) { c[name] = value } }
	parts := strings.Split(good, ".")
	return map[string]string{
		"an expired token":            sign(jwt.SigningMethodEdDSA, key, set("exp", time.Now().Add(-time.Second).Unix())),
		"a token without an end":      sign(jwt.SigningMethodEdDSA, key, func(c jwt.MapClaims) { delete(c, "exp") }),
		"a token of another issuer":   sign(jwt.SigningMethodEdDSA, key, set("iss", "https://elsewhere.example")),
		"a token without a session":   sign(jwt.SigningMethodEdDSA, key, func(c jwt.MapClaims) { delete(c, "sid") }),
		"a token of no session":       sign(jwt.SigningMethodEdDSA, key, set("sid", "01890a5d-ac96-774b-bcce-b302099a8057")),
		"a token for another":         sign(jwt.SigningMethodEdDSA, key, set("sub", w.accounts[identity.Guest].ID.String())),
		"a token of another key":      sign(jwt.SigningMethodEdDSA, stranger, same),
		"a token without signature":   sign(jwt.SigningMethodNone, jwt.UnsafeAllowNoneSignatureType, same),
		"a token signed with HMAC":    sign(jwt.SigningMethodHS256, []byte(key.Public().(ed25519.PublicKey)), same),
		"a tampered signature":        "Bearer " + parts[0] + "." + parts[1] + "." + flip(parts[2]),
		"a tampered payload":          "Bearer " + parts[0] + "." + flip(parts[1]) + "." + parts[2],
		"half a token":                "Bearer " + parts[0] + "." + parts[1],
		"nonsense":                    "Bearer nonsense",
		"another scheme":              "Basic " + good,
		"a token of an ended session": "Bearer " + w.endedSessionToken,
	}
}

// flip changes one character in the middle of base64url.
func flip(text string) string {
	i := len(text) / 2
	other := byte('A')
	if text[i] == 'A' {
		other = 'B'
	}
	return text[:i] + string(other) + text[i+1:]
}
