package identity_test

import (
	"context"
	"strings"
	"sync"
	"testing"

	"github.com/google/go-cmp/cmp"
	"github.com/google/uuid"

	"github.com/rentora/rentora/server/errs"
	"github.com/rentora/rentora/server/identity"
	"github.com/rentora/rentora/server/page"
)

func TestOwnSessions(t *testing.T) {
	t.Parallel()
	h := newHouse(t)
	actor, _ := h.actor("guest-0001@example.test", identity.Guest)
	second := h.mustAuthenticate(h.login("guest-0001@example.test"))
	stranger, _ := h.actor("guest-0002@example.test", identity.Guest)
	first, err := h.Sessions(t.Context(), second, page.Request{Limit: 1})
	must(t, err)
	if len(first.Items) != 1 || first.Items[0].ID != second.SessionID || !first.Items[0].Current || first.Next == "" {
		t.Fatalf("first page = %+v", first)
	}
	got := first.Items[0]
	if got.UserAgent != "test" || got.Address != h.client.Address || !got.CreatedAt.Equal(h.now()) || !got.ExpiresAt.After(h.now()) {
		t.Errorf("session = %+v", got)
	}
	next, err := h.Sessions(t.Context(), second, page.Request{Limit: 1, Cursor: first.Next})
	must(t, err)
	if len(next.Items) != 1 || next.Items[0].ID != actor.SessionID || next.Items[0].Current || next.Next != "" {
		t.Fatalf("second page = %+v", next)
	}
	back, err := h.Sessions(t.Context(), second, page.Request{Limit: 1, Cursor: next.Prev})
	must(t, err)
	if len(back.Items) != 1 || back.Items[0].ID != second.SessionID {
		t.Errorf("page before = %+v", back)
	}
	for _, id := range []uuid.UUID{stranger.SessionID, uuid.New()} {
		wantCode(t, h.EndSession(t.Context(), actor, id), errs.NotFound, "not_found")
	}
	must(t, h.EndSession(t.Context(), second, actor.SessionID))
	wantCode(t, h.EndSession(t.Context(), second, actor.SessionID), errs.NotFound, "not_found")
	left, err := h.Sessions(t.Context(), second, page.Request{})
	must(t, err)
	if len(left.Items) != 1 || left.Items[0].ID != second.SessionID {
		t.Errorf("left = %+v", left)
	}
}

func TestLockAndUnlock(t *testing.T) {
	t.Parallel()
	h := newHouse(t)
	admin, _ := h.actor("admin-0001@example.test", identity.Admin)
	guest, tokens := h.actor("guest-0001@example.test", identity.Guest)
	elsewhere := h.another()
	_, err := elsewhere.Authenticate(t.Context(), tokens.Access, h.client.Address)
	must(t, err)
	locked, err := h.Lock(t.Context(), admin, guest.ID, " Reported. ")
	must(t, err)
	if !locked.Locked {
		t.Errorf("account = %+v", locked)
	}
	_, err = elsewhere.Authenticate(t.Context(), tokens.Access, h.client.Address)
	wantCode(t, err, errs.Unauthenticated, "session_ended")
	_, err = h.Login(t.Context(), "guest-0001@example.test", password, h.client)
	wantCode(t, err, errs.Forbidden, "account_locked")
	_, err = h.Lock(t.Context(), admin, guest.ID, "again")
	wantCode(t, err, errs.Conflict, "already_locked")
	_, err = h.Unlock(t.Context(), admin, guest.ID, "Cleared.")
	must(t, err)
	_, err = h.Unlock(t.Context(), admin, guest.ID, "again")
	wantCode(t, err, errs.Conflict, "not_locked")
	wantCode(t, h.authenticate(tokens), errs.Unauthenticated, "session_ended") // what was ended stays ended
	again := h.login("guest-0001@example.test")
	_, err = h.RevokeSessions(t.Context(), admin, guest.ID, "Lost telephone.")
	must(t, err)
	wantCode(t, h.authenticate(again), errs.Unauthenticated, "session_ended")
	for action, reason := range map[string]string{"user.lock": "Reported.", "user.unlock": "Cleared.", "user.revoke_sessions": "Lost telephone."} {
		if n := h.count("select count(*) from audit_log where action = $1 and diff->>'reason' = $2 and actor_id = $3 and target_id = $4",
			action, reason, admin.ID, guest.ID); n != 1 {
			t.Errorf("%s: %d audit entries", action, n)
		}
	}
}

func TestWhoMayLock(t *testing.T) {
	t.Parallel()
	h := newHouse(t)
	admin, _ := h.actor("admin-0001@example.test", identity.Admin)
	support, _ := h.actor("support-0001@example.test", identity.Support)
	for _, treat := range []func(context.Context, identity.Actor, uuid.UUID, string) (identity.User, error){h.Lock, h.Unlock, h.RevokeSessions} {
		_, err := treat(t.Context(), support, admin.ID, "reason")
		wantCode(t, err, errs.Forbidden, "forbidden")
		_, err = treat(t.Context(), admin, uuid.New(), "reason")
		wantCode(t, err, errs.NotFound, "not_found")
		for _, reason := range []string{" ", "two\nlines", strings.Repeat("x", 501)} {
			_, err = treat(t.Context(), admin, support.ID, reason)
			wantCode(t, err, errs.Invalid, "invalid")
		}
	}
	_, err := h.Lock(t.Context(), admin, admin.ID, "reason")
	wantCode(t, err, errs.Conflict, "own_account")
}

// TestAdminsWhoLockEachOther wants one of them to stay, however often they try at once.
func TestAdminsWhoLockEachOther(t *testing.T) {
	t.Parallel()
	h := newHouse(t)
	one, _ := h.actor("admin-0001@example.test", identity.Admin)
	two, _ := h.actor("admin-0002@example.test", identity.Admin)
	for range 10 {
		var wg sync.WaitGroup
		for _, pair := range [][2]identity.Actor{{one, two}, {two, one}} {
			wg.Go(func() { _, _ = h.Lock(context.Background(), pair[0], pair[1].ID, "I was first.") })
		}
		wg.Wait()
		if n := h.count("select count(*) from users where role = 'admin' and status = 'active'"); n != 1 {
			t.Fatalf("%d admins are left, want 1", n)
		}
		h.exec("update users set status = 'active'")
	}
}

func TestUsersAreFound(t *testing.T) {
	t.Parallel()
	h := newHouse(t)
	admin, _ := h.actor("admin-0001@example.test", identity.Admin)
	for _, email := range []string{"anna_1@example.test", "annab@example.test", "bert@example.test"} {
		h.user(email, identity.Host)
	}
	h.exec("update users set name = 'Annabel Nine', status = 'locked' where email = 'bert@example.test'")
	yes := true
	for name, c := range map[string]struct {
		filter identity.UserFilter
		want   []string
	}{
		"all":              {identity.UserFilter{}, []string{"bert", "annab", "anna_1", "admin-0001"}},
		"address or name":  {identity.UserFilter{Begins: "ANNA"}, []string{"bert", "annab", "anna_1"}},
		"no wildcards":     {identity.UserFilter{Begins: "anna_"}, []string{"anna_1"}},
		"role":             {identity.UserFilter{Role: identity.Admin}, []string{"admin-0001"}},
		"locked":           {identity.UserFilter{Locked: &yes}, []string{"bert"}},
		"role and nothing": {identity.UserFilter{Role: identity.Support}, nil},
	} {
		var got []string
		for req := (page.Request{Limit: 2}); ; {
			p, err := h.Users(t.Context(), admin, c.filter, req)
			must(t, err)
			for _, u := range p.Items {
				short, _, _ := strings.Cut(u.Email, "@")
				got = append(got, short)
			}
			if req.Cursor = p.Next; req.Cursor == "" {
				break
			}
		}
		if diff := cmp.Diff(c.want, got); diff != "" {
			t.Errorf("%s: %s", name, diff)
		}
	}
	_, err := h.Users(t.Context(), admin, identity.UserFilter{Begins: "a\x00b"}, page.Request{})
	wantCode(t, err, errs.Invalid, "invalid")
	guest, _ := h.actor("guest-0001@example.test", identity.Guest)
	_, err = h.Users(t.Context(), guest, identity.UserFilter{}, page.Request{})
	wantCode(t, err, errs.Forbidden, "forbidden")
	_, err = h.UserSessions(t.Context(), admin, uuid.New(), page.Request{})
	wantCode(t, err, errs.NotFound, "not_found")
}
