package identity_test

import (
	"encoding/base64"
	"encoding/json"
	"maps"
	"slices"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"github.com/rentora/rentora/server/errs"
	"github.com/rentora/rentora/server/identity"
)

// with is a process that has these signing keys.
func (h *house) with(keys ...string) *identity.Service {
	h.t.Helper()
	conf := *h.conf
	conf.Identity.SigningKeys = keys
	s, err := identity.New(h.pool, h.redis, &conf, h.now)
	must(h.t, err)
	return s
}

// TestKeysRotateWithoutASignOut takes two processes through the steps of docs/keys.md, one always a step ahead: every token
// that lives is good in both, and a session outlives both keys.
func TestKeysRotateWithoutASignOut(t *testing.T) {
	t.Parallel()
	h := newHouse(t)
	h.user("guest-0001@example.test", identity.Guest)
	a, b := seed(1), seed(2)
	steps := [][]string{{a}, {a, b}, {b, a}, {b}}
	session := h.login("guest-0001@example.test")
	var live []identity.Tokens
	for i, keys := range steps {
		behind, ahead := h.with(steps[max(i-1, 0)]...), h.with(keys...)
		if i == len(steps)-1 {
			h.pass(h.conf.Identity.AccessLife) // the wait before the last step
			live = nil
		}
		for _, process := range []*identity.Service{behind, ahead} {
			var err error
			session, err = process.Refresh(t.Context(), session.Refresh)
			must(t, err)
			live = append(live, session)
		}
		for _, process := range []*identity.Service{behind, ahead} {
			for _, tokens := range live {
				if _, err := process.Authenticate(t.Context(), tokens.Access, h.client.Address); err != nil {
					t.Errorf("step %d: a live token is refused: %v", i, err)
				}
			}
		}
		if signs := part(t, session.Access, 0)["kid"]; signs != ahead.JWKS().Keys[0].KeyID {
			t.Errorf("step %d: %v signs", i, signs)
		}
		if n := len(ahead.JWKS().Keys); n != len(keys) {
			t.Errorf("step %d: %d keys are published, want %d", i, n, len(keys))
		}
	}
}

// TestWhyNoStepMayBeLeftOut holds what docs/keys.md warns of.
func TestWhyNoStepMayBeLeftOut(t *testing.T) {
	t.Parallel()
	h := newHouse(t)
	_, old := h.actor("guest-0001@example.test", identity.Guest)
	hasty := h.with(seed(2), seed(1))
	fresh, err := hasty.Refresh(t.Context(), old.Refresh)
	must(t, err)
	wantCode(t, h.authenticate(fresh), errs.Unauthenticated, "token_invalid") // signs before all others verify
	_, err = h.with(seed(2)).Authenticate(t.Context(), old.Access, h.client.Address)
	wantCode(t, err, errs.Unauthenticated, "token_invalid") // gone before its tokens are
}

func TestPublishedKeysSayNothingPrivate(t *testing.T) {
	t.Parallel()
	h := newHouse(t)
	fresh, id := identity.NewSigningKey()
	raw, err := json.Marshal(h.with(fresh, seed(1)).JWKS())
	must(t, err)
	var set struct{ Keys []map[string]string }
	must(t, json.Unmarshal(raw, &set))
	if len(set.Keys) != 2 || set.Keys[0]["kid"] != id {
		t.Fatalf("%s", raw)
	}
	for _, key := range set.Keys {
		if diff := cmp.Diff([]string{"alg", "crv", "kid", "kty", "use", "x"}, slices.Sorted(maps.Keys(key))); diff != "" {
			t.Error(diff)
		}
	}
	for _, secret := range []string{fresh, seed(1)} {
		bytes, err := base64.StdEncoding.DecodeString(secret)
		must(t, err)
		for _, form := range []string{secret, base64.RawURLEncoding.EncodeToString(bytes)} {
			if strings.Contains(string(raw), strings.TrimRight(form, "=")) {
				t.Error("a private key is published")
			}
		}
	}
}
