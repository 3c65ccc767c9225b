package journey_test

import (
	"fmt"
	"maps"
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/google/uuid"

	"github.com/rentora/rentora/server/contract"
	"github.com/rentora/rentora/server/date"
	"github.com/rentora/rentora/server/testkit"
)

// comparePostgres looks at the record: the bookings are those that the guests were told of, and hold their nights.
func (l *load) comparePostgres(t *testing.T) {
	t.Helper()
	rows, err := l.p.DB.Query(t.Context(), "select id, status, check_in, check_out from bookings")
	if err != nil {
		t.Fatal(err)
	}
	defer rows.Close()
	seen := 0
	for rows.Next() {
		var id uuid.UUID
		var status string
		var in, out date.Date
		if err := rows.Scan(&id, &status, &in, &out); err != nil {
			t.Fatal(err)
		}
		seen++
		told, ok := l.booked[id]
		ended := status == "CANCELLED_BY_GUEST"
		if !ok || told.CheckIn != in || told.CheckOut != out || ended != l.cancelled[id] {
			t.Errorf("booking %s is %s from %s to %s; its guest was told %t, cancelled %t, %+v", id, status, in, out, ok, l.cancelled[id], told)
		}
	}
	if err := rows.Err(); err != nil || seen != len(l.booked) {
		t.Errorf("%d bookings in Postgres, the guests were told of %d, %v", seen, len(l.booked), err)
	}
	odd := count(t.Context(), t, l.p, `select count(*) from bookings b where
		(select count(*) from occupancies o where o.ref_id = b.id and o.during = daterange(b.check_in, b.check_out))
		<> (case when b.status in ('PENDING', 'CONFIRMED') then 1 else 0 end)`)
	if odd != 0 {
		t.Errorf("%d bookings hold nights that they should not, or none", odd)
	}
}

// consumers are the groups and what they must have taken in.
var consumers = map[string][]string{
	"search":  {"bookings.requested", "bookings.confirmed", "bookings.cancelled", "listings.approved"},
	"cache":   {"listings.approved"},
	"numbers": {"bookings.requested", "bookings.confirmed", "bookings.cancelled", "listings.submitted", "listings.approved"},
	"notify":  {"bookings.requested", "bookings.confirmed", "bookings.cancelled", "listings.submitted", "listings.approved", "identity.registered"},
}

// catchUp is how long workers may take that share two processors with all other tests: what is stuck never does.
const catchUp = 3 * time.Minute

// compareEffects waits until the workers have caught up, then counts: each event once per group, each mail once.
func (l *load) compareEffects(t *testing.T, host account, within time.Duration) {
	t.Helper()
	ctx := t.Context()
	testkit.Eventually(t, within, func() error {
		if n := count(ctx, t, l.p, "select count(*) from outbox where published_at is null"); n > 0 {
			return fmt.Errorf("%d events are not published", n)
		}
		for consumer, types := range consumers {
			if n := count(ctx, t, l.p, `select count(*) from outbox o where o.type = any($2) and not exists
				(select from inbox i where i.consumer = $1 and i.event_id = o.event_id)`, consumer, types); n > 0 {
				return fmt.Errorf("%s has not handled %d events", consumer, n)
			}
		}
		if n := count(ctx, t, l.p, "select count(*) from mails where status = 'due'"); n > 0 {
			return fmt.Errorf("%d mails are due", n)
		}
		return nil
	})
	if n := count(ctx, t, l.p, "select count(*) from dead_letters"); n > 0 {
		t.Errorf("%d dead letters", n)
	}
	l.compareMails(t)
	l.compareMailbox(t, host)
}

// newest is the number of the last event.
func (l *load) newest(t *testing.T) int {
	t.Helper()
	return count(t.Context(), t, l.p, "select coalesce(max(id), 0) from outbox")
}

// lastEffect is when the last of the events up to a number was handled, and its mail sent. What comes after them does not
// count, and neither does when somebody looked.
func (l *load) lastEffect(t *testing.T, last int) (at time.Time) {
	t.Helper()
	if err := l.p.DB.QueryRow(t.Context(), `select greatest(
			(select max(i.handled_at) from inbox i join outbox o on o.event_id = i.event_id where o.id <= $1),
			(select max(m.sent_at) from mails m join outbox o on o.event_id::text = split_part(m.key, ':', 2) where o.id <= $1))`, last).Scan(&at); err != nil {
		t.Fatal(err)
	}
	return at
}

// compareMails looks at each booking's mails. One is written only while it is true, so the first of a booking that was
// cancelled soon may be missing; none may be there twice, and the others must all be there.
func (l *load) compareMails(t *testing.T) {
	t.Helper()
	sent := l.mailsByBooking(t)
	for id, b := range l.booked {
		first := []string{"booking_confirmed", "booking_confirmed_host"}
		if b.Status == contract.BookingStatusPENDING {
			first = []string{"booking_requested"}
		}
		for _, template := range first {
			if n := sent[id][template]; n > 1 || n == 0 && !l.cancelled[id] {
				t.Errorf("%d mails %s for booking %s, cancelled %t", n, template, id, l.cancelled[id])
			}
			delete(sent[id], template)
		}
		want := map[string]int{}
		if l.cancelled[id] {
			want["booking_cancelled"] = 2 // one to each side
		}
		if rest := sent[id]; !maps.Equal(rest, want) {
			t.Errorf("beside the first, booking %s has the mails %v, want %v", id, rest, want)
		}
	}
}

func (l *load) mailsByBooking(t *testing.T) map[uuid.UUID]map[string]int {
	t.Helper()
	rows, err := l.p.DB.Query(t.Context(), `select (o.payload->>'booking_id')::uuid, m.template, count(*)
		from mails m join outbox o on o.event_id::text = split_part(m.key, ':', 2)
		where o.topic = 'bookings' and m.status = 'sent' group by 1, 2`)
	if err != nil {
		t.Fatal(err)
	}
	defer rows.Close()
	sent := map[uuid.UUID]map[string]int{}
	for rows.Next() {
		var id uuid.UUID
		var template string
		var n int
		if err := rows.Scan(&id, &template, &n); err != nil {
			t.Fatal(err)
		}
		if sent[id] == nil {
			sent[id] = map[string]int{}
		}
		sent[id][template] = n
	}
	if err := rows.Err(); err != nil {
		t.Fatal(err)
	}
	return sent
}

// compareMailbox finds every mail in the catcher. One whose program was killed between the mail server's answer and the
// note of it may be there again, but as the same mail: with the same Message-ID.
func (l *load) compareMailbox(t *testing.T, host account) {
	t.Helper()
	for _, a := range append(slices.Clone(l.guests), host) {
		owed, dropped := l.mailsOf(t, a, "sent"), l.mailsOf(t, a, "dropped")
		list, err := mailsTo(t, l.p, a.Email)
		if err != nil {
			t.Fatal(err)
		}
		for _, m := range l.taken {
			if slices.Contains(m.To, a.Email) {
				list = append(list, m)
			}
		}
		ids := map[string]bool{}
		for _, m := range list {
			// One that was dropped as no longer true may have gone out before, if the note of it was lost.
			if _, ok := dropped[m.MessageID]; !ok {
				ids[m.MessageID] = true
			}
		}
		for id, what := range owed {
			if !ids[id] {
				t.Errorf("a mail did not reach %s: %s", a.Email, what)
			}
		}
		if len(ids) != len(owed) {
			t.Errorf("%d mails reached %s, want %d", len(ids), a.Email, len(owed))
		}
		if again := len(list) - len(ids); again > killedKills+len(dropped) {
			t.Errorf("%d mails to %s came twice, more than there were kills", again, a.Email)
		}
	}
}

// mailsOf gives what Postgres knows of the mails to an account that are in a status, by Message-ID.
func (l *load) mailsOf(t *testing.T, a account, status string) map[string]string {
	t.Helper()
	rows, err := l.p.DB.Query(t.Context(), `select message_id, concat_ws(' ', template, status, 'attempts', attempts, 'created', created_at, 'sent', sent_at, last_error)
		from mails where user_id = $1 and status = $2`, a.ID, status)
	if err != nil {
		t.Fatal(err)
	}
	defer rows.Close()
	owed := map[string]string{}
	for rows.Next() {
		var id, what string
		if err := rows.Scan(&id, &what); err != nil {
			t.Fatal(err)
		}
		owed[id] = what
	}
	if err := rows.Err(); err != nil {
		t.Fatal(err)
	}
	return owed
}

// compareSearch asks the search for many stays and Postgres for the same.
func (l *load) compareSearch(t *testing.T) {
	t.Helper()
	visitor := l.p.Client("")
	for from := 2; from < 182; from += 4 {
		s := stay(from, 1+from%3)
		want := l.freeFor(t, s)
		testkit.Eventually(t, 20*time.Second, func() error {
			found, err := visitor.SearchListingsWithResponse(t.Context(), &contract.SearchListingsParams{CheckIn: &s.Start, CheckOut: &s.End, Limit: new(100)})
			expect(t, found, err, 200)
			got := map[uuid.UUID]bool{}
			for _, hit := range found.JSON200.Data.Hits {
				got[hit.Id] = true
			}
			if !maps.Equal(got, want) {
				return fmt.Errorf("for %s the search finds %s, Postgres has %s", s, ids(got), ids(want))
			}
			return nil
		})
	}
}

func (l *load) freeFor(t *testing.T, s date.Range) map[uuid.UUID]bool {
	t.Helper()
	free := map[uuid.UUID]bool{}
	for _, id := range l.listings {
		taken := count(t.Context(), t, l.p, "select count(*) from occupancies where listing_id = $1 and during && daterange($2, $3)", id, s.Start, s.End)
		if taken == 0 {
			free[id] = true
		}
	}
	return free
}

func ids(set map[uuid.UUID]bool) string {
	var list []string
	for id := range set {
		list = append(list, id.String())
	}
	slices.Sort(list)
	return strings.Join(list, " ")
}
