package security_test

import (
	"crypto/ed25519"
	"encoding/base64"
	"testing"
	"time"

	"github.com/golang-jwt/jwt/v5"
	"github.com/google/uuid"
)

// caller is one who tries every operation. Those of the column dead present what was once, or looks like, an admin's token.
type caller struct {
	account
	name, column string
	party        *party // whose host or guest the caller is or claims to be; nil: none
}

func (w *world) callers(t *testing.T) []caller {
	t.Helper()
	admin := w.admins.host
	dead := func(name string, p *party, token string) caller {
		who := p.host
		who.Token = token
		return caller{who, name, "dead", p}
	}
	_, stranger, err := ed25519.GenerateKey(nil)
	if err != nil {
		t.Fatal(err)
	}
	return []caller{
		{account{}, "anonymous", "anonymous", nil}, {w.mine.guest, "guest", "guest", &w.mine}, {w.mine.host, "host", "host", &w.mine},
		{w.support, "support", "support", nil}, {admin, "admin", "admin", &w.admins},
		dead("locked account", &w.locked, w.locked.host.Token),
		dead("ended session", &w.admins, w.endedToken(t, admin)),
		dead("expired token", &w.admins, resigned(t, admin.Token, w.signingKey(t), time.Now().Add(-time.Minute))),
		dead("another key's token", &w.admins, resigned(t, admin.Token, stranger, time.Now().Add(time.Hour))),
	}
}

func (w *world) endedToken(t *testing.T, who account) string {
	t.Helper()
	token := *w.logIn(t, who.Email).AccessToken
	out, err := w.Client(token).LogoutWithResponse(t.Context())
	expect(t, out, err, 200)
	return token
}

func (w *world) signingKey(t *testing.T) ed25519.PrivateKey {
	t.Helper()
	seed, err := base64.StdEncoding.DecodeString(w.Env["RENTORA_AUTH_SIGNING_KEYS"])
	if err != nil {
		t.Fatal(err)
	}
	return ed25519.NewKeyFromSeed(seed)
}

// resigned gives a good token with another end, signed anew.
func resigned(t *testing.T, good string, key ed25519.PrivateKey, expires time.Time) string {
	t.Helper()
	claims := jwt.MapClaims{}
	parsed, _, err := jwt.NewParser().ParseUnverified(good, claims)
	if err != nil {
		t.Fatal(err)
	}
	claims["exp"] = expires.Unix()
	token := jwt.NewWithClaims(jwt.SigningMethodEdDSA, claims)
	token.Header["kid"] = parsed.Header["kid"]
	signed, err := token.SignedString(key)
	if err != nil {
		t.Fatal(err)
	}
	return signed
}

// thing is what an operation is tried on, by the names of path parameters; a quote or an upload goes in the body.
type thing struct {
	params map[string]uuid.UUID
	quote  string
	upload uuid.UUID // Nil: the caller's own
}

// thing gives what a row means to a caller; false when such a caller can own no such thing.
func (w *world) thing(c caller, r row) (thing, bool) {
	of := w.theirs
	switch {
	case r.kind == "dead_letter":
		return one("dead_letter_id", w.deadLetter), true
	case r.kind == "error_group":
		return one("error_id", w.errorGroup), true
	case r.whose == "other" && r.kind == "locked":
		return one("user_id", w.locked.host.ID), true
	case r.whose == "other":
		c.account = of.guest
	case r.kind == "":
		return thing{}, true
	case c.ID == uuid.Nil:
		return thing{}, false
	case r.kind == "session" || r.kind == "user":
	case c.party == nil || r.kind != "booking" && c.ID != c.party.host.ID:
		return thing{}, false
	default:
		of = *c.party
	}
	all := map[string]thing{
		"session": one("session_id", c.Elsewhere), "user": one("user_id", c.ID),
		"draft": one("listing_id", of.draft), "pending": one("listing_id", of.pending), "live": one("listing_id", of.live), "paused": one("listing_id", of.pause),
		"block":    {params: map[string]uuid.UUID{"listing_id": of.live, "block_id": of.block}},
		"mixed":    {params: map[string]uuid.UUID{"listing_id": of.live, "block_id": w.theirs.block}},
		"borrowed": {params: map[string]uuid.UUID{"listing_id": of.draft}, upload: w.theirs.upload},
		"booking":  one("booking_id", of.booking), "upload": one("upload_id", of.upload), "quote": {quote: of.quote},
	}
	found, ok := all[r.kind]
	return found, ok
}

func one(name string, id uuid.UUID) thing { return thing{params: map[string]uuid.UUID{name: id}} }
