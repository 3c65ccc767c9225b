package identity_test

import (
	"errors"
	"fmt"
	"net/netip"
	"sync"
	"sync/atomic"
	"testing"
	"time"

	"github.com/rentora/rentora/server/errs"
	"github.com/rentora/rentora/server/identity"
)

func from(address string) identity.Client {
	return identity.Client{Address: netip.MustParseAddr(address)}
}

func (h *house) fail(n int, email string, client identity.Client) (err error) {
	for range n {
		_, err = h.Login(h.t.Context(), email, "wrong wrong wrong", client)
	}
	return err
}

// TestLoginThrottle runs against Redis and without it: both count alike.
func TestLoginThrottle(t *testing.T) {
	t.Parallel()
	for name, change := range map[string]func(*house){"redis": func(*house) {}, "in process": withoutRedis} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			h := newHouse(t, change)
			h.user("guest-0001@example.test", identity.Guest)
			wantCode(t, h.fail(9, "guest-0001@example.test", h.client), errs.Unauthenticated, "invalid_credentials")
			h.login("guest-0001@example.test") // starts the count anew
			for _, email := range []string{"guest-0001@example.test", "nobody@example.test"} {
				wantCode(t, h.fail(10, email, h.client), errs.Unauthenticated, "invalid_credentials")
				_, err := h.Login(t.Context(), email, password, h.client)
				wantCode(t, err, errs.TooMany, "too_many_attempts")
				var known *errs.Error
				if errors.As(err, &known); known.RetryAfter <= 0 || known.RetryAfter > 15*time.Minute {
					t.Errorf("retry after %v", known.RetryAfter)
				}
			}
			_, err := h.Login(t.Context(), "guest-0001@example.test", password, from("198.51.100.1"))
			must(t, err) // a stranger's attempts are not the owner's
			h.pass(15 * time.Minute)
			h.login("guest-0001@example.test")
		})
	}
}

func TestLoginThrottleOfACrowd(t *testing.T) {
	t.Parallel()
	h := newHouse(t)
	h.user("guest-0001@example.test", identity.Guest)
	h.login("guest-0001@example.test")
	for i := range 10 {
		h.fail(10, "guest-0001@example.test", from(fmt.Sprintf("198.51.100.%d", i)))
	}
	_, err := h.Login(t.Context(), "guest-0001@example.test", password, from("198.51.100.200"))
	wantCode(t, err, errs.TooMany, "too_many_attempts")
	h.login("guest-0001@example.test") // from where the owner has been before
	h.fail(10, "guest-0001@example.test", h.client)
	_, err = h.Login(t.Context(), "guest-0001@example.test", password, h.client)
	wantCode(t, err, errs.TooMany, "too_many_attempts")
}

func TestLoginThrottleOfANetwork(t *testing.T) {
	t.Parallel()
	h := newHouse(t)
	h.user("guest-0001@example.test", identity.Guest)
	for i := range 100 {
		h.fail(1, fmt.Sprintf("nobody-%d@example.test", i), from(fmt.Sprintf("2001:db8:0:1::%x", i+1)))
	}
	_, err := h.Login(t.Context(), "guest-0001@example.test", password, from("2001:db8:0:1:ffff::9"))
	wantCode(t, err, errs.TooMany, "too_many_attempts")
	_, err = h.Login(t.Context(), "guest-0001@example.test", password, from("2001:db8:0:2::9"))
	must(t, err)
}

// TestThrottleCountsBeforeItCompares lets many guess at once: no more get through than one after the other.
func TestThrottleCountsBeforeItCompares(t *testing.T) {
	t.Parallel()
	h := newHouse(t, func(h *house) { h.conf.Identity.BcryptSlots = 64 })
	h.user("guest-0001@example.test", identity.Guest)
	var wg sync.WaitGroup
	var compared atomic.Int32
	for range 40 {
		wg.Go(func() {
			if err := h.fail(1, "guest-0001@example.test", h.client); errs.Is(err, errs.Unauthenticated) {
				compared.Add(1)
			}
		})
	}
	wg.Wait()
	if n := compared.Load(); n != 10 {
		t.Errorf("%d guesses were compared, want 10", n)
	}
}

func TestMailThrottles(t *testing.T) {
	t.Parallel()
	h := newHouse(t)
	h.user("guest-0001@example.test", identity.Guest)
	for name, ask := range map[string]func(email string, c identity.Client) error{
		"register": func(email string, c identity.Client) error { return h.Register(t.Context(), newGuest(email), c) },
		"forgot":   func(email string, c identity.Client) error { return h.ForgotPassword(t.Context(), email, c) },
		"resend":   func(email string, c identity.Client) error { return h.ResendVerification(t.Context(), email, c) },
	} {
		for _, email := range []string{"guest-0001@example.test", "nobody@example.test"} {
			for i := range 5 {
				must(t, ask(email, from(fmt.Sprintf("198.51.100.%d", i))))
			}
			err := ask(email, from("198.51.100.9"))
			if !errs.Is(err, errs.TooMany) {
				t.Errorf("%s for %s: %v", name, email, err)
			}
		}
		var err error
		for i := range 101 {
			err = ask(fmt.Sprintf("%s-%d@example.test", name, i), from("192.0.2.1"))
		}
		wantCode(t, err, errs.TooMany, "too_many_attempts")
	}
	h.pass(time.Hour)
	must(t, h.ForgotPassword(t.Context(), "guest-0001@example.test", from("192.0.2.1")))
}

// TestLoginDoesNotTellWhoIsThere compares the whole answers, not only their codes.
func TestLoginDoesNotTellWhoIsThere(t *testing.T) {
	t.Parallel()
	h := newHouse(t)
	h.user("guest-0001@example.test", identity.Guest)
	must(t, h.Register(t.Context(), newGuest("unverified-0001@example.test"), h.client))
	h.user("locked-0001@example.test", identity.Guest)
	h.exec("update users set status = 'locked' where email = 'locked-0001@example.test'")
	_, err := h.Create(t.Context(), identity.NewUser{Email: "invited-0001@example.test", Name: "Somebody", Role: identity.Guest})
	must(t, err)
	want := h.fail(1, "nobody@example.test", h.client).Error()
	for _, email := range []string{"guest-0001@example.test", "unverified-0001@example.test", "locked-0001@example.test", "invited-0001@example.test",
		"not an address", "a\x00@b.test"} {
		err := h.fail(1, email, h.client)
		wantCode(t, err, errs.Unauthenticated, "invalid_credentials")
		if err.Error() != want {
			t.Errorf("%s: %q, want %q", email, err, want)
		}
	}
}

// TestASiegeDoesNotTellWhoHasBeenHere uses a network up and compares what guesses at accounts that have signed in from it are
// answered with what others are, and whether a password was compared for it.
func TestASiegeDoesNotTellWhoHasBeenHere(t *testing.T) {
	t.Parallel()
	h := newHouse(t)
	for _, email := range []string{"known-0001@example.test", "unknown-0001@example.test"} {
		h.user(email, identity.Guest)
	}
	h.login("known-0001@example.test")
	for i := range 100 {
		h.fail(1, fmt.Sprintf("nobody-%d@example.test", i), h.client)
	}
	guessed := []string{"known-0001@example.test", "unknown-0001@example.test", "nobody@example.test"}
	for try := range 12 {
		want, wantWork := h.fail(1, "nobody-0@example.test", h.client).Error(), try < 9 // of the account's ten each try takes one
		for _, email := range guessed {
			err := h.fail(1, email, h.client)
			wantCode(t, err, errs.TooMany, "too_many_attempts")
			if err.Error() != want {
				t.Errorf("guess %d at %s: %q, want %q", try, email, err, want)
			}
			again := h.HashNothing()
			err = h.fail(1, email, h.client) // gives its attempt back when it is told to wait
			again()
			if errs.Is(err, errs.Unavailable) != wantWork {
				t.Errorf("after guess %d at %s: %v, compared should be %t", try, email, err, wantWork)
			}
		}
	}
	h.pass(15 * time.Minute)
	for i := range 100 {
		h.fail(1, fmt.Sprintf("nobody-%d@example.test", i), h.client)
	}
	h.login("known-0001@example.test") // the right password still opens where it has been used before
	_, err := h.Login(t.Context(), "unknown-0001@example.test", password, h.client)
	wantCode(t, err, errs.TooMany, "too_many_attempts")
}
