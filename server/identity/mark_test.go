package identity_test

import (
	"context"
	"errors"
	"net/url"
	"testing"
	"time"

	"github.com/rentora/rentora/server/errs"
	"github.com/rentora/rentora/server/identity"
	"github.com/rentora/rentora/server/testkit"
)

// TestChangesActEverywhereThoughRedisHangs ends sessions in a process whose Redis hangs at that moment, after the circuit has
// given it up. When Redis answers again the other process, which holds a copy there, must hear of it within a second and
// without a request to the first.
func TestChangesActEverywhereThoughRedisHangs(t *testing.T) {
	t.Parallel()
	h := newHouse(t)
	proxy, here := h.throughProxy()
	admin, _ := h.actor("admin-0001@example.test", identity.Admin)
	for name, end := range map[string]func(identity.Actor) error{
		"logout":     func(a identity.Actor) error { return here.Logout(t.Context(), a) },
		"logout_all": func(a identity.Actor) error { return here.LogoutAll(t.Context(), a) },
		"lock":       func(a identity.Actor) error { _, err := here.Lock(t.Context(), admin, a.ID, "Reported."); return err },
	} {
		guest, tokens := h.actor("guest-"+name+"@example.test", identity.Guest)
		elsewhere := h.Service // its connection to Redis does not hang
		proxy.Set(testkit.Way{Hangs: true})
		for range 2 { // the circuit opens
			_, err := here.Authenticate(t.Context(), tokens.Access, h.client.Address)
			must(t, err)
		}
		must(t, end(guest))
		_, err := here.Authenticate(t.Context(), tokens.Access, h.client.Address)
		wantCode(t, err, errs.Unauthenticated, "session_ended")
		proxy.Set(testkit.Way{})
		testkit.Eventually(t, time.Second, func() error {
			if _, err := elsewhere.Authenticate(t.Context(), tokens.Access, h.client.Address); !errs.Is(err, errs.Unauthenticated) {
				return errors.New(name + " does not act elsewhere yet")
			}
			return nil
		})
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
	s, err := identity.New(h.pool, openRedis(h.t, conf), h.conf, h.now)
	must(h.t, err)
	h.runs(s)
	return proxy, s
}

// runs lets a process do in the background what the API does.
func (h *house) runs(s *identity.Service) {
	h.t.Helper()
	ctx, stop := context.WithCancel(context.Background())
	ended := make(chan error, 1)
	go func() { ended <- s.Run(ctx) }()
	h.t.Cleanup(func() {
		stop()
		if err := <-ended; !errors.Is(err, context.Canceled) {
			h.t.Error(err)
		}
	})
}
