package identity_test

import (
	"testing"
	"time"

	"github.com/rentora/rentora/server/errs"
	"github.com/rentora/rentora/server/identity"
)

// A clock that ran ahead and is set back must neither sign people out nor make spent tokens good again.
func TestClockSetBack(t *testing.T) {
	t.Parallel()
	for _, back := range []time.Duration{time.Minute, time.Hour, 30 * time.Hour} {
		h := newHouse(t)
		first := h.login(h.user("guest-0001@example.test", identity.Guest).Email)
		h.pass(-back)
		h.mustAuthenticate(first)
		second, err := h.Refresh(t.Context(), first.Refresh)
		must(t, err)
		h.mustAuthenticate(second)
		h.pass(back + time.Minute) // right again, and past the grace
		_, err = h.Refresh(t.Context(), first.Refresh)
		wantCode(t, err, errs.Unauthenticated, "refresh_refused")
		_, err = h.Refresh(t.Context(), second.Refresh)
		wantCode(t, err, errs.Unauthenticated, "refresh_refused")
	}
}

// A clock that jumps ahead ends what it would have ended, and no more.
func TestClockJumpsAhead(t *testing.T) {
	t.Parallel()
	h := newHouse(t)
	tokens := h.login(h.user("guest-0001@example.test", identity.Guest).Email)
	h.pass(16 * time.Minute)
	wantCode(t, h.authenticate(tokens), errs.Unauthenticated, "token_expired")
	tokens, err := h.Refresh(t.Context(), tokens.Refresh)
	must(t, err)
	h.mustAuthenticate(tokens)
	h.pass(8 * 24 * time.Hour)
	_, err = h.Refresh(t.Context(), tokens.Refresh)
	wantCode(t, err, errs.Unauthenticated, "refresh_refused")
}
