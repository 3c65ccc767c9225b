package search

import (
	"context"
	"math/rand/v2"
	"slices"
	"sync/atomic"
	"testing"
	"time"

	"github.com/google/uuid"
	"github.com/jackc/pgx/v5"
	"github.com/jackc/pgx/v5/pgxpool"

	"github.com/rentora/rentora/server/calendar"
	"github.com/rentora/rentora/server/config"
	"github.com/rentora/rentora/server/date"
	"github.com/rentora/rentora/server/identity"
	"github.com/rentora/rentora/server/testkit"
)

// world is a real record, a real search server and a clock that stands.
type world struct {
	*Service
	t      testing.TB
	pool   *pgxpool.Pool
	config config.Typesense
	host   uuid.UUID
	clock  atomic.Pointer[time.Time]
}

// leapYear is an instant at which it is the 19th, 20th or 21st of February 2028, ten days before a leap day.
var leapYear = time.Date(2028, 2, 20, 10, 30, 0, 0, time.UTC)

func newWorld(t testing.TB, homes ...home) *world {
	t.Helper()
	w := &world{t: t, pool: testkit.DB(t), config: testkit.Typesense(t)}
	w.clock.Store(&leapYear)
	w.host = testkit.User(t, w.pool, identity.Host).ID
	w.Service = w.service(w.config)
	w.insert(homes...)
	if err := w.EnsureCollection(t.Context(), func(int, int) {}); err != nil {
		t.Fatal(err)
	}
	return w
}

func (w *world) service(c config.Typesense) *Service {
	w.t.Helper()
	s, err := New(w.pool, c, func() time.Time { return *w.clock.Load() })
	if err != nil {
		w.t.Fatal(err)
	}
	s.grace = 0
	return s
}

// home is a listing with its price, rules and what is taken.
type home struct {
	ID                                        uuid.UUID
	Title, Description, City, Region, Country string
	Type, Room, Mode, Zone, Status            string
	Amenities                                 []string
	Guests, Bedrooms, Beds                    int
	Bathrooms, Lat, Lng                       float64
	Currency                                  string // empty: no price
	Nightly                                   int64
	Rules                                     *calendar.Rules // nil: the host has set none
	Taken                                     []date.Range
	Age                                       int // days since it was approved
}

// plain is a home that everybody finds, with what a test changes about it.
func plain(change func(*home)) home {
	h := home{ID: uuid.Must(uuid.NewV7()), Title: "Quiet flat", Description: "Near the river.", City: "Porto", Region: "Norte", Country: "PT",
		Type: "apartment", Room: "entire_place", Mode: "request", Zone: "Europe/Lisbon", Status: "live", Amenities: []string{"wifi"},
		Guests: 4, Bedrooms: 2, Beds: 2, Bathrooms: 1, Lat: 41.14, Lng: -8.61, Currency: "EUR", Nightly: 10_000}
	if change != nil {
		change(&h)
	}
	return h
}

func (w *world) insert(homes ...home) {
	w.t.Helper()
	var b pgx.Batch
	for _, h := range homes {
		b.Queue(`insert into listings (id, host_id, status, title, description, property_type, room_type, max_guests, bedrooms, beds, bathrooms, amenities,
			city, region, country_code, lat, lng, public_lat, public_lng, timezone, booking_mode, approved_at)
			values ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, $14, $15, $16, $17, $16, $17, $18, $19, $20)`,
			h.ID, w.host, h.Status, h.Title, h.Description, h.Type, h.Room, h.Guests, h.Bedrooms, h.Beds, h.Bathrooms, h.Amenities,
			h.City, h.Region, h.Country, h.Lat, h.Lng, h.Zone, h.Mode, leapYear.AddDate(0, 0, -h.Age))
		if h.Currency != "" {
			b.Queue(`insert into listing_prices (listing_id, currency, nightly_minor, cleaning_minor, included_guests, extra_guest_minor, tax_bps)
				values ($1, $2, $3, 3500, 2, 1500, 650)`, h.ID, h.Currency, h.Nightly)
		}
		queueCalendar(&b, h)
	}
	w.send(&b)
}

func queueCalendar(b *pgx.Batch, h home) {
	b.Queue(`delete from availability_rules where listing_id = $1`, h.ID)
	b.Queue(`delete from occupancies where listing_id = $1`, h.ID)
	if r := h.Rules; r != nil {
		b.Queue(`insert into availability_rules (listing_id, min_nights, max_nights, advance_notice_days, horizon_days) values ($1, $2, $3, $4, $5)`,
			h.ID, r.MinNights, r.MaxNights, r.AdvanceNoticeDays, r.HorizonDays)
	}
	for _, taken := range h.Taken {
		b.Queue(`insert into occupancies (id, listing_id, during, kind, ref_id) values ($1, $2, $3, 'block', $1)`, uuid.New(), h.ID, taken)
	}
}

func (w *world) send(b *pgx.Batch) {
	w.t.Helper()
	if err := w.pool.SendBatch(w.t.Context(), b).Close(); err != nil {
		w.t.Fatal(err)
	}
}

func (w *world) exec(sql string, args ...any) {
	w.t.Helper()
	if _, err := w.pool.Exec(w.t.Context(), sql, args...); err != nil {
		w.t.Fatal(err)
	}
}

func (w *world) index(ids ...uuid.UUID) {
	w.t.Helper()
	if err := w.Index(w.t.Context(), ids...); err != nil {
		w.t.Fatal(err)
	}
}

func (w *world) search(q Query) Result {
	w.t.Helper()
	r, err := w.Search(w.t.Context(), q)
	if err != nil {
		w.t.Fatalf("%+v: %v", q, err)
	}
	return r
}

// all pages through a search, and checks that every hit comes once.
func (w *world) all(q Query) []Hit {
	w.t.Helper()
	var hits []Hit
	seen := map[uuid.UUID]bool{}
	for {
		r := w.search(q)
		for _, h := range r.Hits {
			if seen[h.ID] {
				w.t.Errorf("%+v: %s comes twice", q, h.ID)
			}
			seen[h.ID] = true
		}
		hits = append(hits, r.Hits...)
		if r.Next == "" {
			if len(hits) != r.Found {
				w.t.Errorf("%+v: %d hits on all pages, found says %d", q, len(hits), r.Found)
			}
			return hits
		}
		q.Cursor = r.Next
	}
}

func titles(hits []Hit) []string {
	var out []string
	for _, h := range hits {
		out = append(out, h.Title)
	}
	slices.Sort(out)
	return out
}

// today at a home, as everything outside of the index says it.
func (w *world) today(h home) date.Date {
	zone, err := time.LoadLocation(h.Zone)
	if err != nil {
		w.t.Fatal(err)
	}
	return date.In(*w.clock.Load(), zone)
}

// size counts what is in the collection of this release.
func (w *world) size() int {
	w.t.Helper()
	c, err := w.client.Collection(w.collection()).Retrieve(context.Background())
	if err != nil {
		w.t.Fatal(err)
	}
	return int(*c.NumDocuments)
}

// wantNoDrift compares the whole index with the record.
func (w *world) wantNoDrift() {
	w.t.Helper()
	drift, err := w.Check(w.t.Context(), false, func(int, int) {})
	if err != nil || drift.Total() != 0 || drift.Checked == 0 {
		w.t.Errorf("drift %+v, %v", drift, err)
	}
}

// collection is the one that searches go to.
func (w *world) collection() string {
	w.t.Helper()
	name, err := w.aliased(context.Background())
	if err != nil || name == "" {
		w.t.Fatalf("the alias points at %q: %v", name, err)
	}
	return name
}

func pick[T any](r *rand.Rand, from ...T) T { return from[r.IntN(len(from))] }
