package identity_test

import (
	"fmt"
	"testing"
	"time"

	"github.com/rentora/rentora/server/errs"
	"github.com/rentora/rentora/server/identity"
)

const victim = "guest-0001@example.test"

// besieged is an account whose owner has signed in once, from h.client, and which strangers attack until they are refused.
func besieged(t *testing.T, attack func(*house), change ...func(*house)) (h *house, owner identity.Tokens) {
	t.Helper()
	h = newHouse(t, change...)
	h.user(victim, identity.Guest)
	owner = h.login(victim)
	attack(h)
	return h, owner
}

func crowd(h *house) {
	for i := range 11 {
		h.fail(10, victim, from(fmt.Sprintf("198.51.100.%d", i)))
	}
}

func neighbour(h *house) { h.fail(11, victim, h.client) }

func neighbours(h *house) {
	for i := range 101 {
		h.fail(1, fmt.Sprintf("nobody-%d@example.test", i), h.client)
	}
}

func ask(h *house, client identity.Client) error {
	_, err := h.Login(h.t.Context(), victim, password, client)
	return err
}

// TestStrangersCannotKeepTheOwnerOut runs against Redis and without it.
func TestStrangersCannotKeepTheOwnerOut(t *testing.T) {
	t.Parallel()
	abroad := from("192.0.2.1")
	for name, c := range map[string]struct {
		attack                    func(*house)
		home, fresh, withHimAlone bool // may the owner sign in: from where he has been; from a new address; in his browser
	}{
		"a crowd on the account":                  {crowd, true, false, true},
		"a neighbour on the account":              {neighbour, false, true, true},
		"neighbours on other accounts, from home": {neighbours, true, true, true},
	} {
		for where, change := range map[string]func(*house){"redis": func(*house) {}, "in process": withoutRedis} {
			t.Run(name+", "+where, func(t *testing.T) {
				t.Parallel()
				h, owner := besieged(t, c.attack, change)
				mine := abroad
				mine.Device = owner.Device
				// Who is let in ends the siege of his account: those who are not try first.
				for _, in := range []bool{false, true} {
					for who, try := range map[string]struct {
						client identity.Client
						in     bool
					}{"at home": {h.client, c.home}, "abroad": {abroad, c.fresh}, "abroad in his browser": {mine, c.withHimAlone}} {
						if try.in == in {
							wantLetIn(t, who, ask(h, try.client), in)
						}
					}
				}
			})
		}
	}
}

func wantLetIn(t *testing.T, who string, err error, in bool) {
	t.Helper()
	if let := err == nil; let != in || (!let && !errs.Is(err, errs.TooMany)) {
		t.Errorf("%s: %v", who, err)
	}
}

// TestTheMailboxLetsTheOwnerIn is for who is besieged and neither at home nor in a browser that we know.
func TestTheMailboxLetsTheOwnerIn(t *testing.T) {
	t.Parallel()
	h, _ := besieged(t, crowd)
	abroad := from("192.0.2.1")
	wantCode(t, ask(h, abroad), errs.TooMany, "too_many_attempts")
	must(t, h.reset(h.link(victim, identity.LinkResetPassword), password, abroad))
	must(t, ask(h, abroad))
}

// TestAResetMakesTheBrowserKnown is for who is besieged in a network where he has never been.
func TestAResetMakesTheBrowserKnown(t *testing.T) {
	t.Parallel()
	h, _ := besieged(t, func(*house) {})
	abroad := from("192.0.2.1")
	for i := range 100 {
		h.fail(1, fmt.Sprintf("nobody-%d@example.test", i), abroad)
	}
	wantCode(t, ask(h, abroad), errs.TooMany, "too_many_attempts")
	device, err := h.ResetPassword(t.Context(), h.link(victim, identity.LinkResetPassword), password, abroad)
	must(t, err)
	wantCode(t, ask(h, abroad), errs.TooMany, "too_many_attempts")
	abroad.Device = device
	must(t, ask(h, abroad))
}

// TestAKnownBrowserMayNotGuessMore takes the proof away from the owner: it is worth one address more and no account.
func TestAKnownBrowserMayNotGuessMore(t *testing.T) {
	t.Parallel()
	h, owner := besieged(t, crowd)
	thief := from("192.0.2.1")
	thief.Device = owner.Device
	wantCode(t, h.fail(10, victim, thief), errs.Unauthenticated, "invalid_credentials")
	wantCode(t, h.fail(1, victim, thief), errs.TooMany, "too_many_attempts")
	must(t, ask(h, h.client))
}

func TestWhatIsNoKnownBrowser(t *testing.T) {
	t.Parallel()
	h, owner := besieged(t, crowd)
	h.user("guest-0002@example.test", identity.Guest)
	last := owner.Device[len(owner.Device)-1]
	for name, token := range map[string]string{"another account's": h.login("guest-0002@example.test").Device, "none": "", "dots": "..",
		"longer": "9" + owner.Device, "changed": owner.Device[:len(owner.Device)-2] + "AA" + string(last)} {
		client := from("192.0.2.1")
		client.Device = token
		if err := ask(h, client); !errs.Is(err, errs.TooMany) {
			t.Errorf("%s: %v", name, err)
		}
	}
	h.pass(identity.DeviceLife)
	crowd(h)
	late := from("192.0.2.1")
	late.Device = owner.Device
	wantCode(t, ask(h, late), errs.TooMany, "too_many_attempts")
	h.pass(-time.Minute)
	must(t, ask(h, late))
}
