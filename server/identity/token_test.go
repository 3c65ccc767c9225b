package identity_test

import (
	"crypto/ed25519"
	"encoding/base64"
	"encoding/json"
	"maps"
	"strings"
	"testing"
	"time"

	"github.com/golang-jwt/jwt/v5"
	"github.com/google/uuid"

	"github.com/rentora/rentora/server/config"
	"github.com/rentora/rentora/server/errs"
	"github.com/rentora/rentora/server/identity"
)

func privateKey(t *testing.T, seed string) ed25519.PrivateKey {
	t.Helper()
	raw, err := base64.StdEncoding.DecodeString(seed)
	must(t, err)
	return ed25519.NewKeyFromSeed(raw)
}

func part(t *testing.T, token string, n int) map[string]any {
	t.Helper()
	raw, err := base64.RawURLEncoding.DecodeString(strings.Split(token, ".")[n])
	must(t, err)
	var out map[string]any
	must(t, json.Unmarshal(raw, &out))
	return out
}

func TestAccessTokenSaysWhoWhereAndHowLong(t *testing.T) {
	t.Parallel()
	h := newHouse(t)
	actor, tokens := h.actor("host-0001@example.test", identity.Host)
	header, body := part(t, tokens.Access, 0), part(t, tokens.Access, 1)
	key := h.JWKS().Keys[0]
	if header["alg"] != "EdDSA" || header["kid"] != key.KeyID {
		t.Errorf("header = %v", header)
	}
	for claim, want := range map[string]any{"iss": "https://rentora.test", "sub": actor.ID.String(), "sid": actor.SessionID.String(), "role": "host",
		"iat": float64(h.now().Unix()), "exp": float64(h.now().Add(15 * time.Minute).Unix())} {
		if body[claim] != want {
			t.Errorf("%s = %v, want %v", claim, body[claim], want)
		}
	}
	if _, err := uuid.Parse(body["jti"].(string)); err != nil {
		t.Errorf("jti: %v", err)
	}
	public, err := base64.RawURLEncoding.DecodeString(key.X)
	must(t, err)
	if _, err := jwt.Parse(tokens.Access, func(*jwt.Token) (any, error) { return ed25519.PublicKey(public), nil }, jwt.WithTimeFunc(h.now)); err != nil {
		t.Errorf("the published key does not verify: %v", err)
	}
}

// TestThumbprint holds the key id against the example of RFC 8037, appendix A.3.
func TestThumbprint(t *testing.T) {
	t.Parallel()
	raw, err := base64.RawURLEncoding.DecodeString("nWGxne_9WmC6hEr0kuwsxERJxWl7MmkZcDusAxyuf2A")
	must(t, err)
	h := newHouse(t, func(h *house) { h.conf.Identity.SigningKeys = []string{base64.StdEncoding.EncodeToString(raw)} })
	if key := h.JWKS().Keys[0]; key.KeyID != "kPrK_qmxVWaYVA9wwBF6Iuo3vVzz7TxHCTwXBygrS4k" || key.X != "11qYAYKxCrfVS_7TyWQHOg7hcvPapiMlrwIaaPcHURo" {
		t.Errorf("key = %+v", key)
	}
}

func TestAccessTokenExpires(t *testing.T) {
	t.Parallel()
	h := newHouse(t)
	_, tokens := h.actor("guest-0001@example.test", identity.Guest)
	h.pass(15*time.Minute - time.Second)
	h.mustAuthenticate(tokens)
	h.pass(time.Second)
	wantCode(t, h.authenticate(tokens), errs.Unauthenticated, "token_expired")
}

func TestForgedAccessTokens(t *testing.T) {
	t.Parallel()
	h := newHouse(t)
	actor, tokens := h.actor("guest-0001@example.test", identity.Guest)
	h.user("admin-0001@example.test", identity.Admin)
	kid := h.JWKS().Keys[0].KeyID
	good := jwt.MapClaims(part(t, tokens.Access, 1))
	with := func(claim string, value any) jwt.MapClaims {
		c := maps.Clone(good)
		if c[claim] = value; value == nil {
			delete(c, claim)
		}
		return c
	}
	forge := func(method jwt.SigningMethod, kid, key any, c jwt.MapClaims) string {
		token := jwt.NewWithClaims(method, c)
		token.Header["kid"] = kid
		signed, err := token.SignedString(key)
		must(t, err)
		return signed
	}
	mine := privateKey(t, seed(1))
	public := []byte(mine.Public().(ed25519.PublicKey))
	parts := strings.Split(tokens.Access, ".")
	other, err := h.Create(t.Context(), identity.NewUser{Email: "guest-0002@example.test", Name: "Somebody", Role: identity.Guest})
	must(t, err)
	for name, c := range map[string]struct{ token, code string }{
		"none":                 {forge(jwt.SigningMethodNone, kid, jwt.UnsafeAllowNoneSignatureType, good), "token_invalid"},
		"public key as secret": {forge(jwt.SigningMethodHS256, kid, public, good), "token_invalid"},
		"other key":            {forge(jwt.SigningMethodEdDSA, kid, privateKey(t, seed(9)), good), "token_invalid"},
		"unknown kid":          {forge(jwt.SigningMethodEdDSA, "nobody", mine, good), "token_invalid"},
		"kid no string":        {forge(jwt.SigningMethodEdDSA, 7, mine, good), "token_invalid"},
		"changed claims":       {parts[0] + "." + base64.RawURLEncoding.EncodeToString([]byte(`{"role":"admin"}`)) + "." + parts[2], "token_invalid"},
		"cut off":              {tokens.Access[:len(tokens.Access)-4], "token_invalid"},
		"no token":             {"not.a.token", "token_invalid"},
		"other issuer":         {forge(jwt.SigningMethodEdDSA, kid, mine, with("iss", "https://elsewhere.test")), "token_invalid"},
		"no expiry":            {forge(jwt.SigningMethodEdDSA, kid, mine, with("exp", nil)), "token_invalid"},
		"expired":              {forge(jwt.SigningMethodEdDSA, kid, mine, with("exp", h.now().Unix())), "token_expired"},
		"no session":           {forge(jwt.SigningMethodEdDSA, kid, mine, with("sid", nil)), "token_invalid"},
		"no account":           {forge(jwt.SigningMethodEdDSA, kid, mine, with("sub", "root")), "token_invalid"},
		"unknown session":      {forge(jwt.SigningMethodEdDSA, kid, mine, with("sid", uuid.NewString())), "session_ended"},
		"another's session":    {forge(jwt.SigningMethodEdDSA, kid, mine, with("sub", other.ID.String())), "session_ended"},
	} {
		_, err := h.Authenticate(t.Context(), c.token, h.client.Address)
		if err == nil {
			t.Errorf("%s: accepted", name)
			continue
		}
		wantCode(t, err, errs.Unauthenticated, c.code)
	}
	// The role comes from the record, whatever a token that we signed says.
	got, err := h.Authenticate(t.Context(), forge(jwt.SigningMethodEdDSA, kid, mine, with("role", "admin")), h.client.Address)
	if err != nil || got.Role != identity.Guest || got.ID != actor.ID {
		t.Errorf("actor = %+v, %v", got, err)
	}
}

func TestNewRefusesBadKeys(t *testing.T) {
	t.Parallel()
	for _, keys := range [][]string{nil, {"!"}, {base64.StdEncoding.EncodeToString([]byte("short"))}} {
		_, err := identity.New(nil, nil, &config.Config{Identity: config.Identity{SigningKeys: keys, BcryptSlots: 1, SecretKey: seed(200)}}, time.Now)
		wantCode(t, err, errs.Invalid, "invalid")
	}
}
