package booking

import (
	"cmp"
	"fmt"
	"slices"
	"testing"
	"time"

	gocmp "github.com/google/go-cmp/cmp"
	"github.com/google/uuid"

	"github.com/rentora/rentora/server/date"
	"github.com/rentora/rentora/server/errs"
	"github.com/rentora/rentora/server/identity"
	"github.com/rentora/rentora/server/media"
	"github.com/rentora/rentora/server/page"
)

// put writes a booking as it stands, whatever its past, and gives its id.
func (w *world) put(status Status, zone, in, out string) uuid.UUID {
	w.Helper()
	id := uuid.Must(uuid.NewV7())
	w.exec(`insert into bookings (id, code, listing_id, host_id, guest_id, check_in, check_out, guests, status, currency, total_minor, lines, cancellation_policy,
		timezone, check_in_from, expires_at) values ($1, $2, $3, $4, $5, $6, $7, 2, $8, 'EUR', 100, '[]', 'moderate', $9, '15:00', $10)`,
		id, randomCode(), w.listing, w.host.ID, w.guest.ID, day(in), day(out), string(status), zone, w.now().Add(time.Hour))
	return id
}

// all pages through a list by two and gives its ids, and looks whether the way back shows the same.
func (w *world) all(actor identity.Actor, f Filter) (ids []uuid.UUID) {
	w.Helper()
	var pages [][]uuid.UUID
	p := w.page(actor, f, "")
	for ; ; p = w.page(actor, f, p.Next) {
		pages = append(pages, idsOf(p))
		ids = append(ids, idsOf(p)...)
		if p.Next == "" {
			break
		}
	}
	for i := len(pages) - 2; i >= 0; i-- {
		p = w.page(actor, f, p.Prev)
		if diff := gocmp.Diff(pages[i], idsOf(p)); diff != "" {
			w.Errorf("%+v, back on page %d: %s", f, i, diff)
		}
	}
	if p.Prev != "" {
		w.Errorf("%+v: there is a page before the first", f)
	}
	return ids
}

func (w *world) page(actor identity.Actor, f Filter, cursor string) page.Page[Booking] {
	w.Helper()
	p, err := w.service.List(w.Context(), actor, f, page.Request{Limit: 2, Cursor: cursor})
	if err != nil {
		w.Fatal(err)
	}
	return p
}

// At this moment it is 1 June in Lisbon, 2 June in Kiritimati and 31 May in Pago Pago.
const (
	noon = "2026-06-01T10:30:00Z"
	lis  = "Europe/Lisbon"
	kir  = "Pacific/Kiritimati"
	pago = "Pacific/Pago_Pago"
)

var stays = []struct {
	status  Status
	zone    string
	in, out string
	when    Phase
}{
	{StatusConfirmed, lis, "2026-06-02", "2026-06-05", Upcoming},
	{StatusConfirmed, lis, "2026-06-01", "2026-06-05", Current}, // they come today
	{StatusConfirmed, lis, "2026-05-28", "2026-06-01", Current}, // they leave today
	{StatusConfirmed, lis, "2026-05-28", "2026-05-31", Past},
	{StatusConfirmed, lis, "2025-01-20", "2026-06-01", Current}, // the longest stay
	{StatusPending, lis, "2026-06-01", "2026-06-03", Upcoming},
	{StatusPending, lis, "2026-05-31", "2026-06-03", Past},
	{"AWAITING_PAYMENT", lis, "2026-06-03", "2026-06-04", Upcoming},
	{StatusCheckedIn, lis, "2026-05-30", "2026-06-04", Current},
	{StatusCheckedIn, lis, "2026-06-02", "2026-06-04", Upcoming},
	{StatusCheckedIn, lis, "2026-05-20", "2026-05-25", Past},
	{StatusCompleted, lis, "2026-05-20", "2026-06-01", Past},
	{StatusCancelledByGuest, lis, "2026-07-01", "2026-07-05", Past},
	{StatusDeclined, lis, "2026-06-01", "2026-07-05", Past},
	{StatusExpired, lis, "2026-07-01", "2026-07-05", Past},
	{"NO_SHOW", lis, "2026-05-30", "2026-07-05", Past},
	{StatusConfirmed, kir, "2026-06-02", "2026-06-04", Current},
	{StatusConfirmed, kir, "2026-05-28", "2026-06-01", Past},
	{StatusPending, kir, "2026-06-01", "2026-06-04", Past},
	{StatusConfirmed, pago, "2026-06-01", "2026-06-04", Upcoming},
	{StatusConfirmed, pago, "2026-05-28", "2026-05-31", Current},
	{StatusPending, pago, "2026-05-31", "2026-06-04", Upcoming},
	{StatusConfirmed, "Mars/Olympus_Mons", "2026-06-02", "2026-06-04", Upcoming}, // a zone that Postgres does not know has UTC's day
}

func TestListsByWhenTheStayIs(t *testing.T) {
	t.Parallel()
	w := newWorld(t)
	w.at(instant(t, noon))
	want := map[Phase][]uuid.UUID{}
	begins := map[uuid.UUID]date.Date{}
	for _, s := range stays {
		id := w.put(s.status, s.zone, s.in, s.out)
		want[s.when], begins[id] = append(want[s.when], id), day(s.in)
	}
	soonest := func(a, b uuid.UUID) int {
		return cmp.Or(cmp.Compare(begins[a], begins[b]), cmp.Compare(a.String(), b.String()))
	}
	slices.SortFunc(want[Upcoming], soonest)
	slices.SortFunc(want[Current], soonest)
	slices.Reverse(want[Past])
	for _, side := range []struct {
		actor  identity.Actor
		asHost bool
	}{{w.guest, false}, {w.host, true}} {
		for when, ids := range want {
			f := Filter{AsHost: side.asHost, When: when}
			if diff := gocmp.Diff(ids, w.all(side.actor, f)); diff != "" {
				t.Errorf("%+v: %s", f, diff)
			}
			if got := w.all(w.stranger, Filter{When: when}); got != nil {
				t.Errorf("a stranger sees %v", got)
			}
		}
	}
}

func TestListsByNights(t *testing.T) {
	t.Parallel()
	w := newWorld(t)
	w.at(instant(t, noon))
	a := w.put(StatusConfirmed, lis, "2026-06-10", "2026-06-12")
	b := w.put(StatusPending, lis, "2026-06-12", "2026-06-20")
	long := w.put(StatusCompleted, lis, "2025-01-15", "2026-05-29")
	w.put(StatusConfirmed, lis, "2026-08-01", "2026-08-02")
	confirmed, elsewhere := StatusConfirmed, w.addListing(Instant, Moderate, lis)
	for _, c := range []struct {
		from, to string
		f        Filter
		want     []uuid.UUID
	}{
		{"2026-06-01", "2026-07-01", Filter{}, []uuid.UUID{b, a}},
		{"2026-06-11", "2026-06-12", Filter{}, []uuid.UUID{a}}, // the last night of a
		{"2026-06-12", "2026-06-13", Filter{}, []uuid.UUID{b}}, // a leaves that day
		{"2026-06-20", "2026-06-30", Filter{}, nil},
		{"2026-06-09", "2026-06-10", Filter{}, nil},
		{"2026-05-28", "2026-05-29", Filter{}, []uuid.UUID{long}},
		{"2026-05-01", "2026-07-01", Filter{When: Past}, []uuid.UUID{long}},
		{"2026-05-01", "2026-07-01", Filter{When: Upcoming}, []uuid.UUID{a, b}},
		{"2026-06-12", "2026-07-01", Filter{When: Upcoming}, []uuid.UUID{b}},
		{"2026-06-01", "2026-07-01", Filter{When: Current}, nil},
		{"2026-06-01", "2026-07-01", Filter{Status: &confirmed}, []uuid.UUID{a}},
		{"2026-06-01", "2026-07-01", Filter{Status: &confirmed, When: Upcoming}, []uuid.UUID{a}},
		{"2026-06-01", "2026-07-01", Filter{ListingID: &w.listing}, []uuid.UUID{b, a}},
		{"2026-06-01", "2026-07-01", Filter{ListingID: &elsewhere}, nil},
		{"2026-06-01", "2026-07-01", Filter{ListingID: &elsewhere, When: Upcoming}, nil},
	} {
		during := stay(c.from, c.to)
		c.f.During = &during
		for _, actor := range []identity.Actor{w.guest, w.host} {
			c.f.AsHost = actor.ID == w.host.ID
			if diff := gocmp.Diff(c.want, w.all(actor, c.f)); diff != "" {
				t.Errorf("nights of %s by %s, %+v: %s", during, actor.Role, c.f, diff)
			}
		}
	}
	for until, rule := range map[string]string{"2026-06-01": "stay_to after", "2026-05-01": "stay_to after", "2027-06-03": "stay_to range", "2027-06-02": ""} {
		during := date.Range{Start: day("2026-06-01"), End: day(until)}
		_, err := w.service.List(t.Context(), w.guest, Filter{During: &during}, page.Request{})
		if got := fmt.Sprint(brokenRules(err)); got != fmt.Sprint(slices.DeleteFunc([]string{rule}, func(s string) bool { return s == "" })) {
			t.Errorf("a period until %s breaks %s, want %q", until, got, rule)
		}
	}
}

// A cursor is not a way to learn when another's stay begins.
func TestACursorOfAnotherTellsNothing(t *testing.T) {
	t.Parallel()
	w := newWorld(t)
	w.at(instant(t, noon))
	for range 3 {
		w.put(StatusConfirmed, lis, "2026-06-10", "2026-06-12")
	}
	cursor := w.page(w.guest, Filter{When: Upcoming}, "").Next
	w.exec("update bookings set guest_id = $1", w.stranger.ID)
	own := w.put(StatusConfirmed, lis, "2026-06-05", "2026-06-06")
	if got := idsOf(w.page(w.guest, Filter{When: Upcoming}, cursor)); len(got) != 1 || got[0] != own {
		t.Errorf("after the place of another's booking there is %v", got)
	}
	wantCode(t, justErr(w.service.List(t.Context(), w.guest, Filter{When: Current}, page.Request{Cursor: "x"})), errs.Invalid, "invalid")
	wantCode(t, justErr(w.service.List(t.Context(), w.guest, Filter{When: Current, AsHost: true}, page.Request{})), errs.Forbidden, "forbidden")
}

func TestTheCoverIsTheFirstPhotoThatIsReady(t *testing.T) {
	t.Parallel()
	w := newWorld(t)
	bare := w.book(w.addListing(Instant, Moderate, lis), "2026-07-01", "2026-07-04")
	b := w.book(w.listing, "2026-07-01", "2026-07-04")
	for i, status := range []string{"processing", "ready", "ready"} {
		id := uuid.Must(uuid.NewV7())
		w.exec(`insert into uploads (id, owner_id, content_type, size_bytes, object_key, status, blurhash, variants)
			values ($1, $2, 'image/jpeg', 1, 'k', $3, $4, jsonb_build_array(
				jsonb_build_object('name', 'large', 'format', 'webp', 'key', 'large.webp'),
				jsonb_build_object('name', 'small', 'format', 'webp', 'width', 640, 'key', 'small.webp')))`, id, w.host.ID, status, fmt.Sprint("hash", i))
		w.exec("insert into listing_photos (listing_id, upload_id, position, alt_text) values ($1, $2, $3, $4)", w.listing, id, i, fmt.Sprint("Photo ", i))
	}
	want := &Cover{AltText: "Photo 1", Blurhash: "hash1", Variants: []media.Variant{{Name: "small", Format: "webp", Width: 640, Key: "small.webp"}}}
	if diff := gocmp.Diff(want, w.get(b.ID).Listing.Cover); diff != "" {
		t.Errorf("one booking: %s", diff)
	}
	if got := w.get(bare.ID).Listing.Cover; got != nil {
		t.Errorf("of a listing without photos there is %+v", got)
	}
	for _, f := range []Filter{{}, {When: Upcoming}, {During: new(stay("2026-07-01", "2026-07-02"))}} {
		p, err := w.service.List(t.Context(), w.guest, f, page.Request{})
		if err != nil || len(p.Items) != 2 {
			t.Fatalf("%d bookings, %v", len(p.Items), err)
		}
		for _, one := range p.Items {
			if (one.ID == b.ID) != gocmp.Equal(want, one.Listing.Cover) || one.ID == bare.ID && one.Listing.Cover != nil {
				t.Errorf("the list %+v has %+v", f, one.Listing.Cover)
			}
		}
	}
}
