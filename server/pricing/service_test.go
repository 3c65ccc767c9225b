package pricing_test

import (
	"errors"
	"slices"
	"sync"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"
	"github.com/google/uuid"
	"github.com/jackc/pgx/v5"
	"github.com/jackc/pgx/v5/pgxpool"

	"github.com/rentora/rentora/server/errs"
	"github.com/rentora/rentora/server/identity"
	"github.com/rentora/rentora/server/listing"
	"github.com/rentora/rentora/server/pricing"
	"github.com/rentora/rentora/server/testkit"
)

type world struct {
	*testing.T
	pool               *pgxpool.Pool
	prices             *pricing.Service
	host, other, admin identity.Actor
}

func newWorld(t *testing.T) *world {
	t.Helper()
	pool := testkit.DB(t)
	now := func() time.Time { return time.Date(2026, 3, 1, 0, 0, 0, 0, time.UTC) }
	return &world{
		T: t, pool: pool, prices: pricing.New(pool, now), host: testkit.User(t, pool, identity.Host),
		other: testkit.User(t, pool, identity.Host), admin: testkit.User(t, pool, identity.Admin),
	}
}

// listing inserts one of the host's for four guests, in a status.
func (w *world) listing(status listing.Status) uuid.UUID {
	w.Helper()
	id := uuid.Must(uuid.NewV7())
	_, err := w.pool.Exec(w.Context(), `insert into listings (id, host_id, status, title, property_type, room_type, max_guests, bedrooms, beds, bathrooms,
		city, country_code, lat, lng, public_lat, public_lng, timezone)
		values ($1, $2, $3, 'A flat', 'apartment', 'entire_place', 4, 1, 2, 1, 'Porto', 'PT', 41.1, -8.6, 41.1, -8.6, 'Europe/Lisbon')`, id, w.host.ID, string(status))
	if err != nil {
		w.Fatal(err)
	}
	return id
}

func (w *world) told(id uuid.UUID) (n int) {
	w.Helper()
	if err := w.pool.QueryRow(w.Context(), `select count(*) from outbox where type = 'pricing.changed' and key = $1`, id.String()).Scan(&n); err != nil {
		w.Fatal(err)
	}
	return n
}

func price(id uuid.UUID, version int64) pricing.Price {
	return pricing.Price{
		ListingID: id, Currency: "EUR", NightlyMinor: 9_000, CleaningMinor: 3_000, IncludedGuests: 2, ExtraGuestMinor: 1_000, TaxBps: 600, Version: version,
	}
}

func TestSetMakesThenReplaces(t *testing.T) {
	t.Parallel()
	w := newWorld(t)
	id := w.listing(listing.StatusDraft)
	if _, err := w.prices.Get(t.Context(), w.host, id); !errs.Is(err, errs.NotFound) {
		t.Errorf("before there is one: %v", err)
	}
	for version := range int64(3) {
		p := price(id, version)
		p.NightlyMinor += version
		set, err := w.prices.Set(t.Context(), w.host, p)
		if err != nil {
			t.Fatal(err)
		}
		got, err := w.prices.Get(t.Context(), w.host, id)
		if err != nil {
			t.Fatal(err)
		}
		p.Version++
		if diff := cmp.Diff([]pricing.Price{p, p}, []pricing.Price{set, got}); diff != "" {
			t.Error(diff)
		}
	}
	if n := w.told(id); n != 3 {
		t.Errorf("%d events for 3 changes", n)
	}
}

func TestSetRefuses(t *testing.T) {
	t.Parallel()
	w := newWorld(t)
	priced, bare, archived := w.listing(listing.StatusLive), w.listing(listing.StatusDraft), w.listing(listing.StatusArchived)
	if _, err := w.prices.Set(t.Context(), w.host, price(priced, 0)); err != nil {
		t.Fatal(err)
	}
	for name, c := range map[string]struct {
		actor   identity.Actor
		id      uuid.UUID
		version int64
		want    errs.Kind
	}{
		"without the version of the present one": {w.host, priced, 0, errs.Invalid},
		"an old version":                         {w.host, priced, 7, errs.Stale},
		"a version of nothing":                   {w.host, bare, 1, errs.Stale},
		"an archived listing":                    {w.host, archived, 0, errs.Conflict},
		"a stranger's live listing":              {w.other, priced, 1, errs.Forbidden},
		"a stranger's draft":                     {w.other, bare, 0, errs.NotFound},
		"a visitor":                              {identity.Actor{}, priced, 1, errs.Forbidden},
		"no listing":                             {w.host, uuid.Must(uuid.NewV7()), 0, errs.NotFound},
	} {
		told := w.told(c.id)
		if _, err := w.prices.Set(t.Context(), c.actor, price(c.id, c.version)); !errs.Is(err, c.want) {
			t.Errorf("%s: %v, want %s", name, err, c.want)
		}
		if w.told(c.id) != told {
			t.Errorf("%s: an event of nothing", name)
		}
	}
	if _, err := w.prices.Set(t.Context(), w.admin, price(priced, 1)); err != nil {
		t.Errorf("an admin: %v", err)
	}
	var audited int
	err := w.pool.QueryRow(t.Context(), "select count(*) from audit_log where action = 'price.set' and target_id = $1 and actor_id = $2", priced, w.admin.ID).Scan(&audited)
	if err != nil || audited != 1 {
		t.Errorf("the admin's deed stands %d times in the record, %v", audited, err)
	}
}

func TestSetNamesEveryBrokenRule(t *testing.T) {
	t.Parallel()
	w := newWorld(t)
	id := w.listing(listing.StatusDraft)
	_, err := w.prices.Set(t.Context(), w.host, pricing.Price{
		ListingID: id, Currency: "XYZ", NightlyMinor: 0, CleaningMinor: -1, IncludedGuests: 5, ExtraGuestMinor: 10_000_000_001, TaxBps: 5_001,
	})
	var e *errs.Error
	if !errors.As(err, &e) || e.Kind != errs.Invalid {
		t.Fatalf("got %v", err)
	}
	var fields []string
	for _, f := range e.Fields {
		fields = append(fields, f.Field)
	}
	slices.Sort(fields)
	if diff := cmp.Diff([]string{"cleaning_minor", "currency", "extra_guest_minor", "included_guests", "nightly_minor", "tax_bps"}, fields); diff != "" {
		t.Error(diff)
	}
}

func TestOfFirstPricesAtOnceOneWins(t *testing.T) {
	t.Parallel()
	w := newWorld(t)
	id := w.listing(listing.StatusDraft)
	for version := range int64(2) {
		var wg sync.WaitGroup
		answers := make([]error, 8)
		for i := range answers {
			wg.Go(func() { _, answers[i] = w.prices.Set(t.Context(), w.host, price(id, version)) })
		}
		wg.Wait()
		won := 0
		for _, err := range answers {
			if err == nil {
				won++
			} else if !errs.Is(err, errs.Stale) && !errs.Is(err, errs.Invalid) {
				t.Errorf("a loser gets %v", err)
			}
		}
		if won != 1 || w.told(id) != int(version)+1 {
			t.Errorf("version %d: %d winners, %d events", version, won, w.told(id))
		}
	}
}

func TestPricesOfLiveListingsArePublic(t *testing.T) {
	t.Parallel()
	w := newWorld(t)
	for status, want := range map[listing.Status]bool{
		listing.StatusLive: true, listing.StatusDraft: false, listing.StatusPending: false, listing.StatusPaused: false, listing.StatusArchived: false,
	} {
		id := w.listing(status)
		if err := w.prices.Import(t.Context(), []pricing.Price{price(id, 0)}); err != nil {
			t.Fatal(err)
		}
		_, err := w.prices.Get(t.Context(), identity.Actor{}, id)
		if want != (err == nil) || !want && !errs.Is(err, errs.NotFound) {
			t.Errorf("a visitor asks for the price of a %s listing: %v", status, err)
		}
		for _, actor := range []identity.Actor{w.host, w.admin} {
			if _, err := w.prices.Get(t.Context(), actor, id); err != nil {
				t.Errorf("the %s asks for the price of a %s listing: %v", actor.Role, status, err)
			}
		}
	}
}

func TestGetManyAndImport(t *testing.T) {
	t.Parallel()
	w := newWorld(t)
	var prices []pricing.Price
	want := map[uuid.UUID]pricing.Price{}
	var ids []uuid.UUID
	for i := range 3 {
		p := price(w.listing(listing.StatusLive), 0)
		p.NightlyMinor += int64(i)
		prices, ids = append(prices, p), append(ids, p.ListingID)
		p.Version = 1
		want[p.ListingID] = p
	}
	if err := w.prices.Import(t.Context(), prices); err != nil {
		t.Fatal(err)
	}
	got, err := w.prices.GetMany(t.Context(), append(ids, w.listing(listing.StatusLive)))
	if err != nil {
		t.Fatal(err)
	}
	if diff := cmp.Diff(want, got); diff != "" {
		t.Error(diff)
	}
	if err := w.prices.Import(t.Context(), prices); err == nil {
		t.Error("a second price of a listing is imported")
	}
	if err := w.prices.Import(t.Context(), []pricing.Price{{Currency: "EUR"}}); !errs.Is(err, errs.Invalid) {
		t.Errorf("a price of nothing: %v", err)
	}
}

func TestRequirePrice(t *testing.T) {
	t.Parallel()
	w := newWorld(t)
	id := w.listing(listing.StatusDraft)
	lacks := func() (rules []string) {
		err := pgx.BeginFunc(t.Context(), w.pool, func(tx pgx.Tx) error {
			fields, err := pricing.RequirePrice(t.Context(), tx, id)
			for _, f := range fields {
				rules = append(rules, f.Field+" "+f.Rule)
			}
			return err
		})
		if err != nil {
			t.Fatal(err)
		}
		return rules
	}
	if diff := cmp.Diff([]string{"price required"}, lacks()); diff != "" {
		t.Error(diff)
	}
	if _, err := w.prices.Set(t.Context(), w.host, price(id, 0)); err != nil {
		t.Fatal(err)
	}
	if got := lacks(); got != nil {
		t.Errorf("with a price: %v", got)
	}
	if _, err := w.pool.Exec(t.Context(), `update listings set max_guests = 1 where id = $1`, id); err != nil {
		t.Fatal(err)
	}
	if diff := cmp.Diff([]string{"price range"}, lacks()); diff != "" {
		t.Error(diff)
	}
}
