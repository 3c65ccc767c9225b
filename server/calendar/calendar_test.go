package calendar_test

import (
	"errors"
	"testing"
	"time"

	"github.com/google/uuid"
	"github.com/jackc/pgx/v5/pgxpool"

	"github.com/rentora/rentora/server/calendar"
	"github.com/rentora/rentora/server/date"
	"github.com/rentora/rentora/server/errs"
	"github.com/rentora/rentora/server/idempotency"
	"github.com/rentora/rentora/server/identity"
	"github.com/rentora/rentora/server/testkit"
)

// world is one listing in Lisbon with the people around it, at a moment that the test sets.
type world struct {
	*testing.T
	pool                        *pgxpool.Pool
	service                     *calendar.Service
	now                         time.Time
	host, guest, admin, visitor identity.Actor
	listing                     uuid.UUID
}

func newWorld(t *testing.T) *world {
	t.Helper()
	w := &world{T: t, pool: testkit.DB(t), now: time.Date(2026, 6, 1, 12, 0, 0, 0, time.UTC)}
	w.service = calendar.New(w.pool, func() time.Time { return w.now })
	w.host, w.guest, w.admin = testkit.User(t, w.pool, identity.Host), testkit.User(t, w.pool, identity.Guest), testkit.User(t, w.pool, identity.Admin)
	w.listing = w.addListing("live", "Europe/Lisbon")
	return w
}

func (w *world) addListing(status, zone string) uuid.UUID {
	w.Helper()
	id := uuid.Must(uuid.NewV7())
	w.exec(`insert into listings (id, host_id, status, title, property_type, room_type, max_guests, bedrooms, beds, bathrooms, city, country_code,
		lat, lng, public_lat, public_lng, timezone) values ($1, $2, $3, 'A house', 'house', 'entire_place', 4, 2, 2, 1, 'Lisboa', 'PT', 38.7, -9.1, 38.71, -9.12, $4)`,
		id, w.host.ID, status, zone)
	w.exec(`insert into listing_prices (listing_id, currency, nightly_minor) values ($1, 'EUR', 12000)`, id)
	return id
}

func (w *world) exec(sql string, args ...any) {
	w.Helper()
	if _, err := w.pool.Exec(w.Context(), sql, args...); err != nil {
		w.Fatal(err)
	}
}

func (w *world) count(sql string, args ...any) (n int) {
	w.Helper()
	if err := w.pool.QueryRow(w.Context(), sql, args...).Scan(&n); err != nil {
		w.Fatal(err)
	}
	return n
}

// occupy takes nights as a booking does.
func (w *world) occupy(start, end string) uuid.UUID {
	id := uuid.Must(uuid.NewV7())
	w.exec(`insert into occupancies (id, listing_id, during, kind, ref_id) values ($1, $2, daterange($3, $4), 'booking', $1)`, id, w.listing, day(start), day(end))
	return id
}

func (w *world) block(start, end string) (calendar.Block, error) {
	return w.service.Block(w.Context(), w.host, w.listing, stay(start, end), "a private note", idempotency.Key{})
}

func stay(start, end string) date.Range { return date.Range{Start: day(start), End: day(end)} }

func day(s string) date.Date { return date.MustParse(s) }

func wantKind(t *testing.T, err error, kind errs.Kind) *errs.Error {
	t.Helper()
	var e *errs.Error
	if !errors.As(err, &e) || e.Kind != kind {
		t.Fatalf("got %v, want %s", err, kind)
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
