package numbers_test

import (
	"context"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"
	"github.com/google/uuid"
	"github.com/jackc/pgx/v5/pgxpool"

	"github.com/rentora/rentora/server/date"
	"github.com/rentora/rentora/server/errs"
	"github.com/rentora/rentora/server/identity"
	"github.com/rentora/rentora/server/numbers"
	"github.com/rentora/rentora/server/testkit"
)

// world is a business whose past a test writes.
type world struct {
	*testing.T
	pool        *pgxpool.Pool
	reader      *numbers.Reader
	host, guest identity.Actor
	listing     uuid.UUID
	now         time.Time
}

// today is the day of every test; half past ten in the evening, so that it is tomorrow already in much of the world.
var today = date.MustParse("2026-06-20")

func newWorld(t *testing.T) *world {
	t.Helper()
	pool := testkit.DB(t)
	w := &world{T: t, pool: pool, host: testkit.User(t, pool, identity.Host), guest: testkit.User(t, pool, identity.Guest), listing: uuid.New(), now: today.At(22, 30, time.UTC)}
	w.reader = numbers.NewReader(pool, func() time.Time { return w.now })
	w.exec("update users set created_at = $1", at("2025-01-01T00:00:00Z"))
	w.addListing(w.listing, "live", "2026-06-18T23:59:59.999999Z")
	return w
}

func (w *world) exec(sql string, args ...any) {
	w.Helper()
	if _, err := w.pool.Exec(context.Background(), sql, args...); err != nil {
		w.Fatal(err)
	}
}

func (w *world) addListing(id uuid.UUID, status, created string) {
	w.Helper()
	w.exec(`insert into listings (id, host_id, status, title, property_type, room_type, max_guests, bedrooms, beds, bathrooms, city, country_code, lat, lng, public_lat,
		public_lng, timezone, created_at) values ($1, $2, $3, 'T', 'house', 'entire_place', 4, 2, 2, 1, 'L', 'PT', 38, -9, 38, -9, 'Europe/Lisbon', $4)`, id, w.host.ID, status, at(created))
}

// book writes a booking of some nights and its history: statuses and instants by turns.
func (w *world) book(nights int, minor int64, currency string, history ...string) {
	w.Helper()
	id, n := uuid.New(), len(history)
	w.exec(`insert into bookings (id, code, listing_id, host_id, guest_id, check_in, check_out, guests, status, currency, total_minor, lines, cancellation_policy, timezone,
		check_in_from, expires_at) values ($1, $2, $3, $4, $5, $6, $7, 2, $8, $9, $10, '[]', 'moderate', 'Europe/Lisbon', '15:00', $11)`,
		id, id.String()[:8], w.listing, w.host.ID, w.guest.ID, today, today+date.Date(nights), history[n-2], currency, minor, at(history[n-1]).Add(24*time.Hour))
	from := ""
	for i := 0; i < n; i += 2 {
		w.exec("insert into booking_events (booking_id, from_status, to_status, actor_role, at) values ($1, $2, $3, 'guest', $4)", id, from, history[i], at(history[i+1]))
		from = history[i]
	}
}

func (w *world) summary(days int) numbers.Summary {
	w.Helper()
	s, err := w.reader.Summary(w.Context(), identity.Actor{ID: uuid.New(), Role: identity.Support}, days)
	if err != nil {
		w.Fatal(err)
	}
	return s
}

func at(s string) time.Time {
	t, err := time.Parse(time.RFC3339, s)
	if err != nil {
		panic(err)
	}
	return t
}

func TestSummaryCountsEachDayOfUTC(t *testing.T) {
	t.Parallel()
	w := newWorld(t)
	w.addListing(uuid.New(), "pending", "2026-06-20T22:29:00Z")
	w.exec("update users set created_at = $1 where id = $2", at("2026-06-19T00:00:00Z"), w.guest.ID)
	w.book(3, 30000, "EUR", "CONFIRMED", "2026-06-18T23:59:59Z")                                                                                 // at once
	w.book(2, 20000, "EUR", "PENDING", "2026-06-18T10:00:00Z", "CONFIRMED", "2026-06-19T00:00:00Z", "CANCELLED_BY_HOST", "2026-06-20T01:00:00Z") // and cancelled
	w.book(5, 7000, "CHF", "PENDING", "2026-06-20T20:00:00Z", "CONFIRMED", "2026-06-20T21:00:00Z")
	w.book(5, 90000, "EUR", "PENDING", "2026-06-20T20:00:00Z", "CANCELLED_BY_GUEST", "2026-06-20T21:00:00Z") // never confirmed: no value
	w.book(5, 90000, "EUR", "PENDING", "2026-06-20T20:00:00Z", "DECLINED", "2026-06-20T21:00:00Z")
	w.book(9, 90000, "USD", "CONFIRMED", "2026-06-17T23:59:59Z") // the day before
	w.book(1, 100, "EUR", "PENDING", "2026-06-20T22:00:00Z")     // waits
	want := numbers.Summary{
		Days: []numbers.Day{
			{Date: today - 2, BookingsRequested: 2, BookingsConfirmed: 1, NightsConfirmed: 3, NewListings: 1},
			{Date: today - 1, BookingsConfirmed: 1, NightsConfirmed: 2, NewAccounts: 1},
			{Date: today, BookingsRequested: 4, BookingsConfirmed: 1, BookingsCancelled: 2, NightsConfirmed: 5, NewListings: 1},
		},
		Value: []numbers.Value{{Currency: "CHF", ConfirmedMinor: 7000}, {Currency: "EUR", ConfirmedMinor: 50000}},
		Now:   numbers.Now{PendingVerifications: 1, PendingRequests: 1, LiveListings: 1},
	}
	if diff := cmp.Diff(want, w.summary(3)); diff != "" {
		t.Error(diff)
	}
}

func TestDaysThatAreOverAreCountedOnce(t *testing.T) {
	t.Parallel()
	w := newWorld(t)
	w.book(2, 500, "EUR", "CONFIRMED", "2026-06-19T12:00:00Z")
	w.book(3, 700, "EUR", "CONFIRMED", "2026-06-20T12:00:00Z")
	counted := func(days int) (nights []int64) {
		s := w.summary(days)
		for _, d := range s.Days {
			nights = append(nights, d.NightsConfirmed)
		}
		return append(nights, s.Value[0].ConfirmedMinor)
	}
	want := func(days int, want ...int64) {
		t.Helper()
		if diff := cmp.Diff(want, counted(days)); diff != "" {
			t.Error(diff)
		}
	}
	want(2, 2, 3, 1200)
	w.exec("update bookings set check_out = check_out + 1") // by which one sees what is counted anew
	want(2, 2, 4, 1200)
	want(3, 0, 3, 4, 1200) // a longer period, which begins with a day that was not counted
	w.now = (today + 1).At(0, 5, time.UTC)
	w.exec("update bookings set check_out = check_out + 1")
	want(2, 5, 0, 700) // a transaction of yesterday may still be on its way
	w.now = (today + 1).At(0, 15, time.UTC)
	w.exec("update bookings set check_out = check_out + 1")
	want(2, 6, 0, 700)
	w.exec("update bookings set check_out = check_out + 1")
	want(2, 6, 0, 700)
}

func TestSummarySaysWhatWaits(t *testing.T) {
	t.Parallel()
	w := newWorld(t)
	for i, status := range []string{"pending", "pending", "paused", "live", "draft"} {
		id := uuid.New()
		w.addListing(id, status, "2024-01-01T00:00:00Z")
		if i == 2 {
			w.exec(`insert into listing_revisions (id, listing_id, base_version, fields, submitted_at, updated_at) values ($1, $2, 1, '{}', now(), now())`, uuid.New(), id)
		}
	}
	w.book(1, 100, "EUR", "PENDING", "2026-06-20T10:00:00Z")
	w.book(1, 100, "EUR", "PENDING", "2026-06-18T10:00:00Z") // nobody answered it in time
	w.exec(`insert into dead_letters (id, consumer, event_id, topic, key, type, payload, occurred_at, error, attempts, retriable, status, resolved_at)
		select gen_random_uuid(), 'media', gen_random_uuid(), 'media', 'k', 't', '{}', now(), 'refused', 1, true, s, case when s <> 'open' then now() end
		from unnest('{open, open, open, discarded, retried}'::text[]) s`)
	w.exec(`insert into error_groups (id, fingerprint, source, kind, place, message, count, first_seen, last_seen, first_release, release, route, resolved_at)
		select gen_random_uuid(), 'f' || n, 'web', 'k', 'p', 'm', 1, now(), now(), 'v', 'v', '/', case when n > 2 then now() end from generate_series(1, 5) n`)
	s := w.summary(0)
	if want := (numbers.Now{PendingVerifications: 3, PendingRequests: 1, OpenDeadLetters: 3, OpenErrors: 2, LiveListings: 2}); s.Now != want {
		t.Errorf("now there are %+v, want %+v", s.Now, want)
	}
	if len(s.Days) != 30 || s.Days[0].Date != today-29 || s.Days[29].Date != today || len(s.Value) != 0 || s.Value == nil {
		t.Errorf("%d days and the value %v", len(s.Days), s.Value)
	}
}

func TestSummaryIsForStaff(t *testing.T) {
	t.Parallel()
	w := newWorld(t)
	for role, want := range map[identity.Role]errs.Kind{"": errs.Forbidden, identity.Guest: errs.Forbidden, identity.Host: errs.Forbidden} {
		if _, err := w.reader.Summary(t.Context(), identity.Actor{Role: role}, 1); errs.KindOf(err) != want {
			t.Errorf("%q gets %v", role, err)
		}
	}
	for _, days := range []int{-1, 91} {
		if _, err := w.reader.Summary(t.Context(), identity.Actor{Role: identity.Admin}, days); errs.KindOf(err) != errs.Invalid {
			t.Errorf("%d days: %v", days, err)
		}
	}
	if s := w.summary(90); len(s.Days) != 90 {
		t.Errorf("%d days", len(s.Days))
	}
}
