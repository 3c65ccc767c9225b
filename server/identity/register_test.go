package identity_test

import (
	"fmt"
	"strings"
	"sync"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"
	"github.com/google/uuid"
	"github.com/jackc/pgx/v5"

	"github.com/rentora/rentora/server/errs"
	"github.com/rentora/rentora/server/identity"
	"github.com/rentora/rentora/server/postgres"
)

func newGuest(email string) identity.NewUser {
	return identity.NewUser{Email: email, Name: "Somebody", Password: password, Role: identity.Guest}
}

func TestRegisterVerifyLogin(t *testing.T) {
	t.Parallel()
	h := newHouse(t)
	must(t, h.Register(t.Context(), identity.NewUser{Email: " Guest-0001@example.test ", Name: "  Somebody ", Password: password, Role: identity.Host,
		Verified: true}, h.client))
	_, err := h.Login(t.Context(), "guest-0001@example.test", "wrong wrong wrong", h.client)
	wantCode(t, err, errs.Unauthenticated, "invalid_credentials")
	_, err = h.Login(t.Context(), "guest-0001@example.test", password, h.client)
	wantCode(t, err, errs.Forbidden, "email_not_verified")
	must(t, h.VerifyEmail(t.Context(), h.link("guest-0001@example.test", identity.LinkVerifyEmail)))
	tokens := h.login("guest-0001@example.test")
	if u := tokens.User; u.Email != "Guest-0001@example.test" || u.Name != "Somebody" || u.Role != identity.Host || !u.EmailVerified {
		t.Errorf("user = %+v", u)
	}
	want := []string{"identity.registered", "identity.verification_requested"}
	if diff := cmp.Diff(want, h.events()); diff != "" {
		t.Error(diff)
	}
}

// TestRegisterDoesNotTellWhoIsThere lets a stranger, a newcomer and many at once register: all hear the same.
func TestRegisterDoesNotTellWhoIsThere(t *testing.T) {
	t.Parallel()
	h := newHouse(t)
	u := h.user("guest-0001@example.test", identity.Guest)
	repeated := newGuest("GUEST-0001@example.test")
	repeated.Password = "another password"
	must(t, h.Register(t.Context(), repeated, h.client))
	h.login("guest-0001@example.test") // the password is still the owner's
	if diff := cmp.Diff([]string{"identity.registration_repeated"}, h.events()); diff != "" {
		t.Error(diff)
	}
	if n := h.count("select count(*) from outbox where payload->>'user_id' = $1 and key = $1", u.ID.String()); n != 1 {
		t.Error("the event does not name the owner")
	}
	var wg sync.WaitGroup
	for range 5 {
		wg.Go(func() {
			if err := h.Register(t.Context(), newGuest("guest-0002@example.test"), h.client); err != nil {
				t.Error(err)
			}
		})
	}
	wg.Wait()
	if n := h.count("select count(*) from outbox where type = 'identity.registered'"); n != 1 {
		t.Errorf("%d registrations of one address", n)
	}
}

func TestRegisterRefuses(t *testing.T) {
	t.Parallel()
	h := newHouse(t)
	for name, c := range map[string]struct {
		change      func(*identity.NewUser)
		field, rule string
	}{
		"73 bytes":             {func(n *identity.NewUser) { n.Password = strings.Repeat("x", 73) }, "password", "max_length"},
		"37 letters, 74 bytes": {func(n *identity.NewUser) { n.Password = strings.Repeat("é", 37) }, "password", "max_length"},
		"short":                {func(n *identity.NewUser) { n.Password = "123456789" }, "password", "min_length"},
		"blank name":           {func(n *identity.NewUser) { n.Name = " \t " }, "name", "required"},
		"long name":            {func(n *identity.NewUser) { n.Name = strings.Repeat("n", 101) }, "name", "max_length"},
		"name of two lines":    {func(n *identity.NewUser) { n.Name = "a\r\nBcc: b" }, "name", "format"},
		"no address":           {func(n *identity.NewUser) { n.Email = "nobody" }, "email", "format"},
		"NUL in the address":   {func(n *identity.NewUser) { n.Email = "a\x00@b.test" }, "email", "format"},
		"long address":         {func(n *identity.NewUser) { n.Email = strings.Repeat("a", 250) + "@b.test" }, "email", "max_length"},
		"admin":                {func(n *identity.NewUser) { n.Role = identity.Admin }, "role", "enum"},
		"no role":              {func(n *identity.NewUser) { n.Role = "" }, "role", "enum"},
		"no password":          {func(n *identity.NewUser) { n.Password = "" }, "role", "enum"},
	} {
		n := newGuest("guest-0001@example.test")
		c.change(&n)
		err, _ := h.Register(t.Context(), n, h.client).(*errs.Error) //nolint:errorlint // the room's errors are not wrapped
		if err == nil || err.Kind != errs.Invalid || err.Fields[0].Field != c.field || err.Fields[0].Rule != c.rule {
			t.Errorf("%s: %+v", name, err)
		}
	}
	if n := h.count("select (select count(*) from users) + (select count(*) from outbox)"); n != 0 {
		t.Error("something was written")
	}
	n := newGuest("guest-0001@example.test")
	n.Password = strings.Repeat("x", 72)
	must(t, h.Register(t.Context(), n, h.client))
	h.exec("update users set email_verified_at = now()")
	_, err := h.Login(t.Context(), n.Email, n.Password+"y", h.client)
	wantCode(t, err, errs.Unauthenticated, "invalid_credentials")
	_, err = h.Login(t.Context(), n.Email, n.Password, h.client)
	must(t, err)
}

func TestCreate(t *testing.T) {
	t.Parallel()
	h := newHouse(t)
	u, err := h.Create(t.Context(), identity.NewUser{Email: "admin-0001@example.test", Name: "Admin", Role: identity.Admin})
	must(t, err)
	if diff := cmp.Diff([]string{"identity.invited"}, h.events()); diff != "" {
		t.Error(diff)
	}
	if n := h.count("select count(*) from audit_log where action = 'user.create' and target_id = $1 and actor_role = 'system' and diff->>'role' = $2", u.ID, string(u.Role)); n != 1 {
		t.Errorf("the deed stands %d times in the record", n)
	}
	_, err = h.Login(t.Context(), u.Email, "", h.client)
	wantCode(t, err, errs.Unauthenticated, "invalid_credentials")
	if admins, err := h.Admins(t.Context()); err != nil || len(admins) != 0 {
		t.Errorf("admins = %v, %v before the invitation is taken", admins, err)
	}
	must(t, h.reset(h.link(u.Email, identity.LinkInvitation), password, h.client))
	h.login(u.Email)
	admins, err := h.Admins(t.Context())
	must(t, err)
	if diff := cmp.Diff([]identity.Contact{{ID: u.ID, Email: u.Email, Name: "Admin"}}, admins); diff != "" {
		t.Error(diff)
	}
	if contact, err := h.Contact(t.Context(), u.ID); err != nil || contact != admins[0] {
		t.Errorf("contact = %v, %v", contact, err)
	}
	_, err = h.Create(t.Context(), identity.NewUser{Email: "ADMIN-0001@example.test", Name: "Admin", Role: identity.Admin})
	wantCode(t, err, errs.Conflict, "email_taken")
	_, err = h.Create(t.Context(), identity.NewUser{Email: "x", Name: "Admin", Role: "king"})
	wantCode(t, err, errs.Invalid, "invalid")
}

func TestImportedAccountsSignIn(t *testing.T) {
	t.Parallel()
	h := newHouse(t)
	importer, err := h.Importer(t.Context(), password)
	must(t, err)
	list := make([]identity.Imported, 500)
	for i := range list {
		list[i] = imported(fmt.Sprintf("guest-%04d@example.test", i))
	}
	must(t, h.bring(importer, list...))
	want := identity.User{ID: list[42].ID, Email: list[42].Email, Name: list[42].Name, Role: identity.Guest, EmailVerified: true, Version: 1,
		CreatedAt: list[42].CreatedAt, UpdatedAt: list[42].CreatedAt}
	if diff := cmp.Diff(want, h.login("guest-0042@example.test").User); diff != "" {
		t.Errorf("told and stored: %s", diff)
	}
	if n := h.count("select count(distinct password_hash) from users"); n != 1 {
		t.Errorf("%d hashes of one password", n)
	}
	wantCode(t, h.bring(importer, imported("new-0001@example.test"), imported("guest-0001@example.test")), errs.Conflict, "email_taken")
	wantCode(t, h.bring(importer, imported("new-0001@example.test"), imported("x")), errs.Invalid, "invalid")
	if n := h.count("select count(*) from users"); n != 500 {
		t.Errorf("%d users, want none of a refused list", n)
	}
	_, err = h.Importer(t.Context(), "short")
	wantCode(t, err, errs.Invalid, "invalid")
}

func imported(email string) identity.Imported {
	return identity.Imported{ID: uuid.New(), Email: email, Name: "Guest", Role: identity.Guest, CreatedAt: time.Date(2026, 1, 2, 3, 4, 5, 0, time.UTC)}
}

func (h *house) bring(importer *identity.Importer, list ...identity.Imported) error {
	return postgres.Tx(h.t.Context(), h.pool, func(tx pgx.Tx) error { return importer.Import(h.t.Context(), tx, list) })
}
