package identity_test

import (
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"github.com/rentora/rentora/server/errs"
	"github.com/rentora/rentora/server/identity"
)

func TestUpdateMe(t *testing.T) {
	t.Parallel()
	h := newHouse(t)
	actor, _ := h.actor("guest-0001@example.test", identity.Guest)
	me, err := h.Me(t.Context(), actor)
	must(t, err)
	name := "  Another name "
	changed, err := h.UpdateMe(t.Context(), actor, me.Version, identity.Change{Name: &name})
	must(t, err)
	if changed.Name != "Another name" || changed.Version != me.Version+1 {
		t.Errorf("changed = %+v", changed)
	}
	_, err = h.UpdateMe(t.Context(), actor, me.Version, identity.Change{Name: &name})
	wantCode(t, err, errs.Stale, "stale")
	for _, bad := range []string{"", "  ", strings.Repeat("n", 101), "a\nb"} {
		_, err = h.UpdateMe(t.Context(), actor, changed.Version, identity.Change{Name: &bad})
		wantCode(t, err, errs.Invalid, "invalid")
	}
	_, err = h.UpdateMe(t.Context(), actor, changed.Version, identity.Change{})
	wantCode(t, err, errs.Invalid, "invalid")
	if diff := cmp.Diff([]string{"identity.renamed"}, h.events()); diff != "" { // of the one change that was made
		t.Error(diff)
	}
}

func TestBecomeHostActsAtOnceInEverySession(t *testing.T) {
	t.Parallel()
	h := newHouse(t)
	actor, one := h.actor("guest-0001@example.test", identity.Guest)
	two := h.login("guest-0001@example.test")
	h.mustAuthenticate(two)
	elsewhere := h.another()
	for range 2 { // again changes nothing
		u, err := h.BecomeHost(t.Context(), actor)
		if err != nil || u.Role != identity.Host {
			t.Fatalf("%+v, %v", u, err)
		}
		for _, tokens := range []identity.Tokens{one, two} {
			got, err := elsewhere.Authenticate(t.Context(), tokens.Access, h.client.Address)
			if err != nil || got.Role != identity.Host {
				t.Errorf("actor = %+v, %v", got, err)
			}
		}
	}
	if n := h.count("select count(*) from audit_log where action = 'user.become_host' and diff->'role'->>'from' = 'guest'"); n != 1 {
		t.Errorf("%d audit entries", n)
	}
	for role, want := range map[identity.Role]error{identity.Admin: nil, identity.Support: errs.E(errs.Forbidden, "")} {
		other, _ := h.actor(string(role)+"-0001@example.test", role)
		u, err := h.BecomeHost(t.Context(), other)
		if (err == nil) != (want == nil) || (err == nil && u.Role != role) {
			t.Errorf("%s: %+v, %v", role, u, err)
		}
	}
}
