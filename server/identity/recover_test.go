package identity_test

import (
	"context"
	"sync"
	"sync/atomic"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"
	"github.com/google/uuid"

	"github.com/rentora/rentora/server/errs"
	"github.com/rentora/rentora/server/identity"
)

// link mints one, as the mail's sender does.
func (h *house) link(email string, purpose identity.LinkPurpose) string {
	h.t.Helper()
	var id uuid.UUID
	must(h.t, h.pool.QueryRow(h.t.Context(), "select id from users where email = $1", email).Scan(&id))
	token, _, err := h.MintLink(h.t.Context(), id, purpose)
	must(h.t, err)
	return token
}

func (h *house) reset(token, password string, client identity.Client) error {
	_, err := h.ResetPassword(context.Background(), token, password, client)
	return err
}

func TestResetEndsEverySessionAndVerifies(t *testing.T) {
	t.Parallel()
	h := newHouse(t)
	actor, tokens := h.actor("guest-0001@example.test", identity.Guest)
	h.exec("update users set email_verified_at = null")
	spare, token := h.link("guest-0001@example.test", identity.LinkResetPassword), h.link("guest-0001@example.test", identity.LinkResetPassword)
	must(t, h.reset(token, "a new password", h.client))
	wantCode(t, h.authenticate(tokens), errs.Unauthenticated, "session_ended")
	_, err := h.Refresh(t.Context(), tokens.Refresh)
	wantCode(t, err, errs.Unauthenticated, "refresh_refused")
	_, err = h.Login(t.Context(), "guest-0001@example.test", password, h.client)
	wantCode(t, err, errs.Unauthenticated, "invalid_credentials")
	_, err = h.Login(t.Context(), "guest-0001@example.test", "a new password", h.client)
	must(t, err)
	for _, used := range []string{token, spare} {
		wantCode(t, h.reset(used, "a third password", h.client), errs.Invalid, "link_invalid")
	}
	if diff := cmp.Diff([]string{"identity.password_changed"}, h.events()); diff != "" {
		t.Error(diff)
	}
	if n := h.count("select count(*) from audit_log where action = 'user.reset_password' and target_id = $1 and address = '203.0.113.7'", actor.ID); n != 1 {
		t.Errorf("%d audit entries", n)
	}
}

func TestLinksExpireAndServeOnePurpose(t *testing.T) {
	t.Parallel()
	for purpose, life := range map[identity.LinkPurpose]time.Duration{identity.LinkVerifyEmail: 24 * time.Hour, identity.LinkResetPassword: 6 * time.Hour,
		identity.LinkInvitation: 72 * time.Hour} {
		t.Run(string(purpose), func(t *testing.T) {
			t.Parallel()
			h := newHouse(t)
			u := h.user("guest-0001@example.test", identity.Guest)
			use := func(token string) error { return h.reset(token, password, h.client) }
			misuse := func(token string) error { return h.VerifyEmail(t.Context(), token) }
			if purpose == identity.LinkVerifyEmail {
				use, misuse = misuse, use
			}
			good := h.link(u.Email, purpose)
			_, expires, err := h.MintLink(t.Context(), u.ID, purpose)
			if err != nil || !expires.Equal(h.now().Add(life)) {
				t.Errorf("expires %v, %v", expires, err)
			}
			h.pass(life - time.Second)
			wantCode(t, misuse(good), errs.Invalid, "link_invalid")
			must(t, use(good))
			wantCode(t, use(good), errs.Invalid, "link_invalid")
			late := h.link(u.Email, purpose)
			h.pass(life)
			wantCode(t, use(late), errs.Invalid, "link_invalid")
			wantCode(t, use("made up"), errs.Invalid, "link_invalid")
			if n := h.count("select count(*) from one_time_links where hash = $1", []byte(good)); n != 0 {
				t.Error("the token itself is stored")
			}
		})
	}
}

func TestLinkWorksOnceUnderConcurrency(t *testing.T) {
	t.Parallel()
	h := newHouse(t, func(h *house) { h.conf.Identity.BcryptSlots = 16 })
	u := h.user("guest-0001@example.test", identity.Guest)
	for name, use := range map[string]func(token string) error{
		"verify_email":   func(token string) error { return h.VerifyEmail(context.Background(), token) },
		"reset_password": func(token string) error { return h.reset(token, password, h.client) },
	} {
		token := h.link(u.Email, identity.LinkPurpose(name))
		var wg sync.WaitGroup
		var worked, refused atomic.Int32
		for range 16 {
			wg.Go(func() {
				switch err := use(token); {
				case err == nil:
					worked.Add(1)
				case errs.Is(err, errs.Invalid):
					refused.Add(1)
				default:
					t.Errorf("%s: %v", name, err)
				}
			})
		}
		wg.Wait()
		if worked.Load() != 1 || refused.Load() != 15 {
			t.Errorf("%s: worked %d times, refused %d", name, worked.Load(), refused.Load())
		}
	}
	if n := h.count("select count(*) from outbox where type = 'identity.password_changed'"); n != 1 {
		t.Errorf("%d password changes", n)
	}
}

func TestForgotAndResendDoNotTellWhoIsThere(t *testing.T) {
	t.Parallel()
	h := newHouse(t)
	h.user("guest-0001@example.test", identity.Guest)
	must(t, h.Register(t.Context(), newGuest("guest-0002@example.test"), h.client))
	for _, email := range []string{"guest-0001@example.test", "GUEST-0002@example.test", "nobody@example.test"} {
		must(t, h.ForgotPassword(t.Context(), email, h.client))
		must(t, h.ResendVerification(t.Context(), email, h.client))
	}
	want := []string{"identity.registered", "identity.password_reset_requested", "identity.password_reset_requested", "identity.verification_requested"}
	if diff := cmp.Diff(want, h.events()); diff != "" {
		t.Error(diff)
	}
	wantCode(t, h.ForgotPassword(t.Context(), "a\x00@b.test", h.client), errs.Invalid, "invalid")
}

func TestResetRefusesAPasswordThatBcryptWouldCut(t *testing.T) {
	t.Parallel()
	h := newHouse(t)
	h.user("guest-0001@example.test", identity.Guest)
	token := h.link("guest-0001@example.test", identity.LinkResetPassword)
	wantCode(t, h.reset(token, string(make([]byte, 73)), h.client), errs.Invalid, "invalid")
	must(t, h.reset(token, "a new password", h.client))
}

func TestMintLinkForNobody(t *testing.T) {
	t.Parallel()
	h := newHouse(t)
	_, _, err := h.MintLink(t.Context(), uuid.New(), identity.LinkVerifyEmail)
	wantCode(t, err, errs.NotFound, "not_found")
	_, err = h.Contact(t.Context(), uuid.New())
	wantCode(t, err, errs.NotFound, "not_found")
}

func TestSweepTakesOnlyWhatIsLongDead(t *testing.T) {
	t.Parallel()
	h := newHouse(t)
	h.actor("guest-0001@example.test", identity.Guest)
	h.link("guest-0001@example.test", identity.LinkVerifyEmail)
	h.pass(37 * 24 * time.Hour) // the session lived 7 days, the link one
	h.actor("guest-0002@example.test", identity.Guest)
	if n, err := h.Sweep(t.Context(), 100); err != nil || n != 1 {
		t.Errorf("swept %d, %v; want the link", n, err)
	}
	h.pass(24 * time.Hour)
	if n, err := h.Sweep(t.Context(), 100); err != nil || n != 2 {
		t.Errorf("swept %d, %v; want the session and its token", n, err)
	}
	if n := h.count("select count(*) from sessions"); n != 1 {
		t.Errorf("%d sessions left", n)
	}
}
