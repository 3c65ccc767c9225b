package identity_test

import (
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"github.com/rentora/rentora/server/identity"
	"github.com/rentora/rentora/server/testkit"
)

// TestTimeDoesNotTellWhoIsThere counts what goes to Postgres for addresses with and without an account: as many statements,
// transactions, and commits that have to be flushed.
func TestTimeDoesNotTellWhoIsThere(t *testing.T) {
	t.Parallel()
	h := newHouse(t)
	counted, trips := testkit.CountTrips(t, h.pool)
	s, err := identity.New(counted, h.redis, h.conf, h.now)
	must(t, err)
	h.user("verified-0001@example.test", identity.Guest)
	must(t, h.Register(t.Context(), newGuest("unverified-0001@example.test"), h.client))
	for name, ask := range map[string]func(email string) error{
		"forgot":   func(email string) error { return s.ForgotPassword(t.Context(), email, h.client) },
		"resend":   func(email string) error { return s.ResendVerification(t.Context(), email, h.client) },
		"register": func(email string) error { return s.Register(t.Context(), newGuest(email), h.client) },
	} {
		shapes := map[string]shape{}
		for _, email := range []string{"verified-0001@example.test", "unverified-0001@example.test", "nobody-" + name + "@example.test"} {
			trips.Made()
			must(t, ask(email))
			shapes[email] = shapeOf(trips.Made())
		}
		want := shapes["verified-0001@example.test"]
		if want.transactions != 1 || want.writes == 0 {
			t.Errorf("%s: %+v, want a transaction that writes", name, want)
		}
		for email, got := range shapes {
			if diff := cmp.Diff(want, got, cmp.AllowUnexported(shape{})); diff != "" {
				t.Errorf("%s of %s: %s", name, email, diff)
			}
		}
	}
}

// shape is what an observer of time could tell apart.
type shape struct{ trips, writes, transactions int }

func shapeOf(made []string) (s shape) {
	for _, sql := range made {
		s.trips++
		if strings.EqualFold(sql, "commit") {
			s.transactions++
		}
		// The room's batches are rows of the outbox. A transaction that writes nothing would not be flushed.
		if sql == "batch" || strings.Contains(sql, "insert into") || strings.Contains(sql, "pg_logical_emit_message(true") {
			s.writes++
		}
	}
	return s
}
