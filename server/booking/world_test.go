package booking

import (
	"context"
	"errors"
	"sync/atomic"
	"testing"
	"time"

	"github.com/google/uuid"
	"github.com/jackc/pgx/v5/pgxpool"

	"github.com/rentora/rentora/server/config"
	"github.com/rentora/rentora/server/date"
	"github.com/rentora/rentora/server/errs"
	"github.com/rentora/rentora/server/idempotency"
	"github.com/rentora/rentora/server/identity"
	"github.com/rentora/rentora/server/testkit"
)

// secret is base64 of 32 bytes.
const secret = "MDEyMzQ1Njc4OWFiY2RlZjAxMjM0NTY3ODlhYmNkZWY="

var noKey idempotency.Key

// world is one listing in Lisbon with the people around it, at a moment that the test sets.
type world struct {
	*testing.T
	pool                *pgxpool.Pool
	service             *Service
	clock               atomic.Pointer[time.Time]
	host, guest, admin  identity.Actor
	otherHost, stranger identity.Actor
	visitor             identity.Actor
	listing             uuid.UUID
}

func newWorld(t *testing.T) *world {
	t.Helper()
	w := &world{T: t, pool: testkit.DB(t)}
	w.at(time.Date(2026, 6, 1, 12, 0, 0, 0, time.UTC))
	s, err := New(w.pool, config.Booking{PendingLife: 24 * time.Hour, QuoteLife: 15 * time.Minute}, secret, func() time.Time { return *w.clock.Load() })
	if err != nil {
		t.Fatal(err)
	}
	w.service = s
	w.host, w.guest, w.admin = testkit.User(t, w.pool, identity.Host), testkit.User(t, w.pool, identity.Guest), testkit.User(t, w.pool, identity.Admin)
	w.otherHost, w.stranger = testkit.User(t, w.pool, identity.Host), testkit.User(t, w.pool, identity.Guest)
	w.listing = w.addListing(Request, Moderate, "Europe/Lisbon")
	return w
}

func (w *world) at(now time.Time)         { w.clock.Store(&now) }
func (w *world) now() time.Time           { return *w.clock.Load() }
func (w *world) advance(by time.Duration) { w.at(w.now().Add(by)) }

func (w *world) addListing(mode Mode, policy Policy, zone string) uuid.UUID {
	w.Helper()
	id := uuid.Must(uuid.NewV7())
	w.exec(`insert into listings (id, host_id, status, title, property_type, room_type, max_guests, bedrooms, beds, bathrooms, address_line, postal_code, city, country_code,
		lat, lng, public_lat, public_lng, timezone, booking_mode, cancellation_policy) values ($1, $2, 'live', 'A house', 'house', 'entire_place', 4, 2, 2, 1,
		'Rua 1', '1000-001', 'Lisboa', 'PT', 38.7, -9.1, 38.71, -9.12, $3, $4, $5)`, id, w.host.ID, zone, string(mode), string(policy))
	w.exec(`insert into listing_prices (listing_id, currency, nightly_minor, cleaning_minor, included_guests, extra_guest_minor, tax_bps)
		values ($1, 'EUR', 10001, 5000, 2, 1500, 600)`, id)
	return id
}

func (w *world) exec(sql string, args ...any) {
	w.Helper()
	if _, err := w.pool.Exec(context.Background(), sql, args...); err != nil {
		w.Fatal(err)
	}
}

func (w *world) count(sql string, args ...any) (n int) {
	w.Helper()
	if err := w.pool.QueryRow(context.Background(), sql, args...).Scan(&n); err != nil {
		w.Fatal(err)
	}
	return n
}

func (w *world) quote(listing uuid.UUID, in, out string) Quote {
	w.Helper()
	q, err := w.service.Quote(w.Context(), w.guest, listing, stay(in, out), 2)
	if err != nil {
		w.Fatal(err)
	}
	return q
}

func (w *world) book(listing uuid.UUID, in, out string) Booking {
	w.Helper()
	b, err := w.service.Create(w.Context(), w.guest, NewBooking{QuoteToken: w.quote(listing, in, out).Token}, noKey)
	if err != nil {
		w.Fatal(err)
	}
	return b
}

func (w *world) get(id uuid.UUID) Booking {
	w.Helper()
	b, err := w.service.Get(w.Context(), w.host, id)
	if err != nil {
		w.Fatal(err)
	}
	return b
}

// block takes nights as the host's calendar does.
func (w *world) block(in, out string) {
	w.Helper()
	w.exec(`insert into occupancies (id, listing_id, during, kind, ref_id) values ($1, $2, daterange($3, $4), 'block', $1)`, uuid.New(), w.listing, day(in), day(out))
}

// assertTruth checks what must hold at any time: nights are taken by blocks and by live bookings, once each.
func (w *world) assertTruth() {
	w.Helper()
	if n := w.count(`select count(*) from occupancies a join occupancies b on a.listing_id = b.listing_id and a.id < b.id and a.during && b.during`); n != 0 {
		w.Errorf("%d overlaps", n)
	}
	if n := w.count(`select count(*) from (select id, listing_id, daterange(check_in, check_out) as during from bookings where status in ('PENDING', 'CONFIRMED')) b
		full join (select * from occupancies where kind = 'booking') o on o.ref_id = b.id and o.listing_id = b.listing_id and o.during = b.during
		where o.id is null or b.id is null`); n != 0 {
		w.Errorf("%d bookings without their nights or nights without their booking", n)
	}
	if n := w.count(`select count(*) from bookings b where b.version <> (select count(*) from booking_events e where e.booking_id = b.id)
		or b.version <> (select count(*) from outbox o where o.payload->>'booking_id' = b.id::text)`); n != 0 {
		w.Errorf("%d bookings whose history or events do not have one entry per version", n)
	}
}

func stay(in, out string) date.Range { return date.Range{Start: day(in), End: day(out)} }

func day(s string) date.Date { return date.MustParse(s) }

func instant(t testing.TB, s string) time.Time {
	t.Helper()
	at, err := time.Parse(time.RFC3339, s)
	if err != nil {
		t.Fatal(err)
	}
	return at
}

func justErr[T any](_ T, err error) error { return err }

func wantCode(t *testing.T, err error, kind errs.Kind, code string) *errs.Error {
	t.Helper()
	var e *errs.Error
	if !errors.As(err, &e) || e.Kind != kind || e.Code != code {
		t.Fatalf("got %v (%+v), want %s %s", err, e, kind, code)
	}
	return e
}

// brokenRules gives "field rule" of each.
func brokenRules(err error) []string {
	var e *errs.Error
	if !errors.As(err, &e) {
		return nil
	}
	var out []string
	for _, f := range e.Fields {
		out = append(out, f.Field+" "+f.Rule)
	}
	return out
}
