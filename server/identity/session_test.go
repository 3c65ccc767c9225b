package identity_test

import (
	"context"
	"sync"
	"testing"
	"time"

	"github.com/rentora/rentora/server/errs"
	"github.com/rentora/rentora/server/identity"
)

func TestSignInRotateSignOut(t *testing.T) {
	t.Parallel()
	h := newHouse(t)
	u := h.user("guest-0001@example.test", identity.Guest)
	first := h.login("Guest-0001@Example.test ")
	if first.User.ID != u.ID || first.AccessLife != 15*time.Minute || first.RefreshLife != 7*24*time.Hour {
		t.Errorf("tokens = %+v", first)
	}
	actor := h.mustAuthenticate(first)
	if actor.ID != u.ID || actor.Role != identity.Guest || actor.Address != h.client.Address {
		t.Errorf("actor = %+v", actor)
	}
	second, err := h.Refresh(t.Context(), first.Refresh)
	must(t, err)
	if second.Refresh == first.Refresh || second.Access == first.Access {
		t.Error("a refresh gave an old token")
	}
	if got := h.mustAuthenticate(second); got.SessionID != actor.SessionID {
		t.Error("a refresh left the session")
	}
	must(t, h.Logout(t.Context(), actor))
	must(t, h.Logout(t.Context(), actor))
	for _, tokens := range []identity.Tokens{first, second} {
		wantCode(t, h.authenticate(tokens), errs.Unauthenticated, "session_ended")
	}
	_, err = h.Refresh(t.Context(), second.Refresh)
	wantCode(t, err, errs.Unauthenticated, "refresh_refused")
	if n := h.count("select count(*) from refresh_tokens where encode(hash, 'escape') = $1", second.Refresh); n != 0 {
		t.Error("a refresh token is stored as it is")
	}
}

func TestSpentTokenWithinGraceIsALostAnswer(t *testing.T) {
	t.Parallel()
	h := newHouse(t)
	actor, first := h.actor("guest-0001@example.test", identity.Guest)
	lost, err := h.Refresh(t.Context(), first.Refresh)
	must(t, err)
	h.pass(9 * time.Second)
	again, err := h.Refresh(t.Context(), first.Refresh)
	must(t, err)
	if again.Refresh == lost.Refresh || h.mustAuthenticate(again).SessionID != actor.SessionID {
		t.Error("want fresh tokens of the same session")
	}
	for _, tokens := range []identity.Tokens{lost, again} {
		_, err := h.Refresh(t.Context(), tokens.Refresh)
		must(t, err)
	}
}

func TestSpentTokenAfterGraceEndsTheSession(t *testing.T) {
	t.Parallel()
	h := newHouse(t)
	_, first := h.actor("guest-0001@example.test", identity.Guest)
	other := h.login("guest-0001@example.test")
	second, err := h.Refresh(t.Context(), first.Refresh)
	must(t, err)
	h.mustAuthenticate(second)
	h.pass(10 * time.Second)
	_, err = h.Refresh(t.Context(), first.Refresh)
	wantCode(t, err, errs.Unauthenticated, "refresh_refused")
	wantCode(t, h.authenticate(second), errs.Unauthenticated, "session_ended")
	_, err = h.Refresh(t.Context(), second.Refresh)
	wantCode(t, err, errs.Unauthenticated, "refresh_refused")
	h.mustAuthenticate(other)
}

// TestSpentTokenWhoseSuccessorWasUsedEndsTheSession has a thief come within the grace: the owner has had his answer.
func TestSpentTokenWhoseSuccessorWasUsedEndsTheSession(t *testing.T) {
	t.Parallel()
	h := newHouse(t)
	_, first := h.actor("guest-0001@example.test", identity.Guest)
	other := h.login("guest-0001@example.test")
	h.pass(time.Minute)
	second, err := h.Refresh(t.Context(), first.Refresh)
	must(t, err)
	h.pass(time.Second)
	third, err := h.Refresh(t.Context(), second.Refresh)
	must(t, err)
	again, err := h.Refresh(t.Context(), second.Refresh) // whose successor nobody has used
	must(t, err)
	h.mustAuthenticate(again)
	h.pass(time.Second)
	_, err = h.Refresh(t.Context(), first.Refresh)
	wantCode(t, err, errs.Unauthenticated, "refresh_refused")
	wantCode(t, h.authenticate(third), errs.Unauthenticated, "session_ended")
	h.mustAuthenticate(other)
}

func TestConcurrentRefreshNeverLosesTheSession(t *testing.T) {
	t.Parallel()
	h := newHouse(t)
	_, first := h.actor("guest-0001@example.test", identity.Guest)
	var wg sync.WaitGroup
	answers := make([]identity.Tokens, 16)
	for i := range answers {
		wg.Go(func() {
			var err error
			if answers[i], err = h.Refresh(context.Background(), first.Refresh); err != nil {
				t.Error(err)
			}
		})
	}
	wg.Wait()
	if n := h.count("select count(*) from refresh_tokens where spent_at is not null"); n != 1 {
		t.Errorf("%d tokens spent, want 1", n)
	}
	if n := h.count("select count(*) from refresh_tokens where spent_at is null"); n != 16 {
		t.Errorf("%d live tokens, want one per answer", n)
	}
	for _, tokens := range answers {
		h.mustAuthenticate(tokens)
	}
	if n := h.count("select count(*) from sessions where revoked_at is not null"); n != 0 {
		t.Error("the session was lost")
	}
}

func TestRefreshTokenExpires(t *testing.T) {
	t.Parallel()
	h := newHouse(t)
	_, first := h.actor("guest-0001@example.test", identity.Guest)
	h.pass(7*24*time.Hour - time.Second)
	second, err := h.Refresh(t.Context(), first.Refresh)
	must(t, err)
	h.pass(7*24*time.Hour - time.Second)
	third, err := h.Refresh(t.Context(), second.Refresh)
	must(t, err)
	h.mustAuthenticate(third)
	h.pass(7 * 24 * time.Hour)
	_, err = h.Refresh(t.Context(), third.Refresh)
	wantCode(t, err, errs.Unauthenticated, "refresh_refused")
	_, err = h.Refresh(t.Context(), "made up")
	wantCode(t, err, errs.Unauthenticated, "refresh_refused")
}

func TestLogoutAllActsAtOnceEverywhere(t *testing.T) {
	t.Parallel()
	h := newHouse(t)
	actor, one := h.actor("guest-0001@example.test", identity.Guest)
	two := h.login("guest-0001@example.test")
	h.user("guest-0002@example.test", identity.Guest)
	stranger := h.login("guest-0002@example.test")
	elsewhere := h.another()
	for _, tokens := range []identity.Tokens{one, two, stranger} { // copies in Redis, read by two processes
		for range 2 {
			_, err := elsewhere.Authenticate(t.Context(), tokens.Access, h.client.Address)
			must(t, err)
		}
	}
	must(t, h.LogoutAll(t.Context(), actor))
	for _, tokens := range []identity.Tokens{one, two} {
		_, err := elsewhere.Authenticate(t.Context(), tokens.Access, h.client.Address)
		wantCode(t, err, errs.Unauthenticated, "session_ended")
		wantCode(t, h.authenticate(tokens), errs.Unauthenticated, "session_ended")
	}
	h.mustAuthenticate(stranger)
	h.mustAuthenticate(h.login("guest-0001@example.test"))
	if n := h.count("select count(*) from audit_log where action = 'user.logout_all' and actor_id = $1 and diff->>'sessions_ended' = '2'", actor.ID); n != 1 {
		t.Errorf("%d audit entries", n)
	}
}

func TestEmptiedRedisSignsNobodyOutOrIn(t *testing.T) {
	t.Parallel()
	h := newHouse(t)
	actor, gone := h.actor("guest-0001@example.test", identity.Guest)
	must(t, h.Logout(t.Context(), actor))
	_, tokens := h.actor("guest-0002@example.test", identity.Guest)
	if len(h.keys()) == 0 {
		t.Fatal("nothing is kept in Redis")
	}
	h.emptyRedis()
	h.mustAuthenticate(tokens)
	wantCode(t, h.authenticate(gone), errs.Unauthenticated, "session_ended")
	_, err := h.Refresh(t.Context(), tokens.Refresh)
	must(t, err)
}

func TestCopyInRedisSparesPostgres(t *testing.T) {
	t.Parallel()
	h := newHouse(t)
	_, tokens := h.actor("guest-0001@example.test", identity.Guest)
	h.exec("delete from sessions") // behind the room's back
	h.mustAuthenticate(tokens)
	h.emptyRedis()
	wantCode(t, h.authenticate(tokens), errs.Unauthenticated, "session_ended")
}

func TestRedisUnreachable(t *testing.T) {
	t.Parallel()
	h := newHouse(t, withoutRedis)
	actor, first := h.actor("guest-0001@example.test", identity.Guest)
	second, err := h.Refresh(t.Context(), first.Refresh)
	must(t, err)
	h.mustAuthenticate(second)
	_, err = h.BecomeHost(t.Context(), actor)
	must(t, err)
	if role := h.mustAuthenticate(second).Role; role != identity.Host {
		t.Errorf("role = %s", role)
	}
	must(t, h.Logout(t.Context(), actor))
	wantCode(t, h.authenticate(second), errs.Unauthenticated, "session_ended")
	for range 20 {
		_, err = h.Login(t.Context(), "guest-0001@example.test", "wrong wrong wrong", h.client)
	}
	wantCode(t, err, errs.TooMany, "too_many_attempts")
}

// TestRedisComesBack lets Redis be away while a session ends and come back with a copy that says it lives.
func TestRedisComesBack(t *testing.T) {
	t.Parallel()
	h := newHouse(t)
	actor, tokens := h.actor("guest-0001@example.test", identity.Guest)
	away := newSwitch(h.redis)
	away.away.Store(true)
	must(t, h.Logout(t.Context(), actor))
	wantCode(t, h.authenticate(tokens), errs.Unauthenticated, "session_ended")
	away.away.Store(false)
	_, err := h.another().Authenticate(t.Context(), tokens.Access, h.client.Address) // one that starts now
	wantCode(t, err, errs.Unauthenticated, "session_ended")
	h.pass(3 * time.Second) // the circuit tries again
	must(t, h.Look(t.Context()))
	wantCode(t, h.authenticate(tokens), errs.Unauthenticated, "session_ended")
}

func TestCircuitLeavesAnUnreachableRedisAlone(t *testing.T) {
	t.Parallel()
	h := newHouse(t)
	_, tokens := h.actor("guest-0001@example.test", identity.Guest)
	away := newSwitch(h.redis)
	away.away.Store(true)
	for range 50 {
		h.mustAuthenticate(tokens)
	}
	if n := away.refused.Load(); n != 1 {
		t.Errorf("%d calls to an unreachable Redis, want 1", n)
	}
	h.pass(3 * time.Second)
	must(t, h.Look(t.Context()))
	h.mustAuthenticate(tokens)
	if n := away.refused.Load(); n != 2 {
		t.Errorf("%d calls after the pause, want 2", n)
	}
}

func TestLockedAccountIsOut(t *testing.T) {
	t.Parallel()
	h := newHouse(t)
	_, tokens := h.actor("guest-0001@example.test", identity.Guest)
	h.exec("update users set status = 'locked'")
	h.emptyRedis()
	wantCode(t, h.authenticate(tokens), errs.Unauthenticated, "session_ended")
	_, err := h.Refresh(t.Context(), tokens.Refresh)
	wantCode(t, err, errs.Unauthenticated, "refresh_refused")
	_, err = h.Login(t.Context(), "guest-0001@example.test", password, h.client)
	wantCode(t, err, errs.Forbidden, "account_locked")
	_, err = h.Login(t.Context(), "guest-0001@example.test", "wrong wrong wrong", h.client)
	wantCode(t, err, errs.Unauthenticated, "invalid_credentials")
}

func TestLogoutByRefresh(t *testing.T) {
	t.Parallel()
	h := newHouse(t)
	_, first := h.actor("guest-0001@example.test", identity.Guest)
	other := h.login("guest-0001@example.test")
	must(t, h.LogoutByRefresh(t.Context(), "made up"))
	second, err := h.Refresh(t.Context(), first.Refresh)
	must(t, err)
	h.mustAuthenticate(second)
	for range 2 { // also by one that was spent, and again
		must(t, h.LogoutByRefresh(t.Context(), first.Refresh))
		wantCode(t, h.authenticate(second), errs.Unauthenticated, "session_ended")
	}
	h.mustAuthenticate(other)
}
