package identity_test

import (
	"errors"
	"net/url"
	"testing"
	"time"

	"github.com/rentora/rentora/server/errs"
	"github.com/rentora/rentora/server/identity"
	"github.com/rentora/rentora/server/testkit"
)

// TestChangesActEverywhereWhateverRedisDoes ends sessions in one process while its Redis is well, hangs at that moment, hangs
// since a while so that the circuit is open, or is not there. Another process, which holds a good copy in Redis, must hear of
// it within a second, though the first never reaches Redis again.
func TestChangesActEverywhereWhateverRedisDoes(t *testing.T) {
	t.Parallel()
	for name, prepare := range map[string]func(*house) (here *identity.Service, breaks func(identity.Tokens)){
		"well": func(h *house) (*identity.Service, func(identity.Tokens)) {
			return h.another(), func(identity.Tokens) {}
		},
		"hangs now": func(h *house) (*identity.Service, func(identity.Tokens)) {
			proxy, here := h.throughProxy()
			return here, func(identity.Tokens) { proxy.Set(testkit.Way{Hangs: true}) }
		},
		"hangs": func(h *house) (*identity.Service, func(identity.Tokens)) {
			proxy, here := h.throughProxy()
			return here, func(tokens identity.Tokens) {
				proxy.Set(testkit.Way{Hangs: true})
				_, err := here.Authenticate(h.t.Context(), tokens.Access, h.client.Address) // opens the circuit
				must(h.t, err)
			}
		},
		"unreachable here": func(h *house) (*identity.Service, func(identity.Tokens)) {
			return h.process(unreachable(h.t)), func(identity.Tokens) {}
		},
		"unreachable everywhere": func(h *house) (*identity.Service, func(identity.Tokens)) {
			h.Service = h.process(unreachable(h.t))
			return h.process(unreachable(h.t)), func(identity.Tokens) {}
		},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			h := newHouse(t)
			here, breaks := prepare(h)
			admin, _ := h.actor("admin-0001@example.test", identity.Admin)
			for what, change := range h.changes(here, admin) {
				email := "guest-" + what + "@example.test"
				guest, tokens := h.actor(email, identity.Guest)
				h.mustAuthenticate(tokens)
				breaks(tokens)
				must(t, change(guest, email))
				_, err := here.Authenticate(t.Context(), tokens.Access, h.client.Address)
				wantCode(t, err, errs.Unauthenticated, "session_ended")
				testkit.Eventually(t, time.Second, func() error {
					if err := h.authenticate(tokens); !errs.Is(err, errs.Unauthenticated) {
						return errors.New(what + " does not act elsewhere yet")
					}
					return nil
				})
			}
		})
	}
}

// changes are all that end sessions, made in the process here.
func (h *house) changes(here *identity.Service, admin identity.Actor) map[string]func(a identity.Actor, email string) error {
	ctx := h.t.Context()
	return map[string]func(identity.Actor, string) error{
		"logout":     func(a identity.Actor, _ string) error { return here.Logout(ctx, a) },
		"logout-all": func(a identity.Actor, _ string) error { return here.LogoutAll(ctx, a) },
		"end":        func(a identity.Actor, _ string) error { return here.EndSession(ctx, a, a.SessionID) },
		"lock":       func(a identity.Actor, _ string) error { _, err := here.Lock(ctx, admin, a.ID, "Reported."); return err },
		"revoke": func(a identity.Actor, _ string) error {
			_, err := here.RevokeSessions(ctx, admin, a.ID, "Lost telephone.")
			return err
		},
		"password": func(_ identity.Actor, email string) error {
			_, err := here.ResetPassword(ctx, h.link(email, identity.LinkResetPassword), "a new password", h.client)
			return err
		},
	}
}

// TestAProcessThatCannotLookBelievesNoCopy bounds by the clock how old a believed copy is.
func TestAProcessThatCannotLookBelievesNoCopy(t *testing.T) {
	t.Parallel()
	h := newHouse(t)
	s := h.with(h.conf.Identity.SigningKeys...) // does not run
	_, tokens := h.actor("guest-0001@example.test", identity.Guest)
	must(t, s.Look(t.Context()))
	h.mustAuthenticate(tokens)     // writes the copy
	h.exec("delete from sessions") // behind the room's back
	_, err := s.Authenticate(t.Context(), tokens.Access, h.client.Address)
	must(t, err)
	h.pass(time.Second)
	_, err = s.Authenticate(t.Context(), tokens.Access, h.client.Address)
	wantCode(t, err, errs.Unauthenticated, "session_ended")
}

// TestAChangeThatCannotBeToldIsNotMade wants an answer that says so, not a log-out that half of the processes ignore.
func TestAChangeThatCannotBeToldIsNotMade(t *testing.T) {
	t.Parallel()
	h := newHouse(t)
	actor, tokens := h.actor("guest-0001@example.test", identity.Guest)
	h.exec("alter table changed_accounts rename to hidden")
	s, err := identity.New(h.pool, unreachable(t), h.conf, h.now)
	must(t, err)
	if err := s.Logout(t.Context(), actor); err == nil {
		t.Error("the log-out claims to have worked")
	}
	h.mustAuthenticate(tokens)
	if n := h.count("select count(*) from sessions where revoked_at is not null"); n != 0 {
		t.Error("the session ended")
	}
}

func TestMarksAreSwept(t *testing.T) {
	t.Parallel()
	h := newHouse(t, withoutRedis)
	actor, _ := h.actor("guest-0001@example.test", identity.Guest)
	must(t, h.LogoutAll(t.Context(), actor))
	if n, err := h.Sweep(t.Context(), 100); err != nil || n != 0 {
		t.Errorf("swept %d, %v; want nothing yet", n, err)
	}
	h.exec("update changed_accounts set until = now() - interval '1 second'")
	if n, err := h.Sweep(t.Context(), 100); err != nil || n != 1 {
		t.Errorf("swept %d, %v; want the mark", n, err)
	}
}

// throughProxy is another process that reaches Redis through a proxy.
func (h *house) throughProxy() (*testkit.Proxy, *identity.Service) {
	h.t.Helper()
	direct, err := url.Parse(h.conf.Redis.URL)
	must(h.t, err)
	proxy, conf := testkit.NewProxy(h.t, direct.Host), h.conf.Redis
	direct.Host = proxy.Addr
	conf.URL = direct.String()
	return proxy, h.process(openRedis(h.t, conf))
}
