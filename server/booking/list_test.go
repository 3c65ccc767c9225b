package booking

import (
	"fmt"
	"testing"

	"github.com/google/go-cmp/cmp"
	"github.com/google/uuid"

	"github.com/rentora/rentora/server/errs"
	"github.com/rentora/rentora/server/identity"
	"github.com/rentora/rentora/server/page"
)

func TestListsPageBothWays(t *testing.T) {
	t.Parallel()
	w := newWorld(t)
	var want []uuid.UUID
	for i := range 5 {
		b := w.book(w.listing, fmt.Sprintf("2026-07-%02d", 2*i+1), fmt.Sprintf("2026-07-%02d", 2*i+2))
		want = append([]uuid.UUID{b.ID}, want...)
	}
	for name, side := range map[string]struct {
		actor identity.Actor
		f     Filter
	}{"guest": {w.guest, Filter{}}, "host": {w.host, Filter{AsHost: true}}} {
		list := func(cursor string) page.Page[Booking] {
			p, err := w.service.List(t.Context(), side.actor, side.f, page.Request{Limit: 2, Cursor: cursor})
			if err != nil {
				t.Fatal(err)
			}
			return p
		}
		first := list("")
		second := list(first.Next)
		third := list(second.Next)
		if diff := cmp.Diff(want, append(append(idsOf(first), idsOf(second)...), idsOf(third)...)); diff != "" || third.Next != "" || first.Prev != "" {
			t.Errorf("%s: %s", name, diff)
		}
		if diff := cmp.Diff(idsOf(second), idsOf(list(third.Prev))); diff != "" {
			t.Errorf("%s, back: %s", name, diff)
		}
	}
}

func TestListsAreFilteredAndOnesOwn(t *testing.T) {
	t.Parallel()
	w := newWorld(t)
	other := w.addListing(Instant, Moderate, "Europe/Lisbon")
	a, b := w.book(w.listing, "2026-07-01", "2026-07-02"), w.book(other, "2026-07-01", "2026-07-02")
	confirmed, completed := StatusConfirmed, StatusCompleted
	for _, c := range []struct {
		actor identity.Actor
		f     Filter
		want  []uuid.UUID
	}{
		{w.guest, Filter{}, []uuid.UUID{b.ID, a.ID}},
		{w.guest, Filter{Status: &confirmed}, []uuid.UUID{b.ID}},
		{w.guest, Filter{Status: &completed}, nil},
		{w.guest, Filter{ListingID: &w.listing}, []uuid.UUID{a.ID}},
		{w.host, Filter{AsHost: true, ListingID: &other, Status: &confirmed}, []uuid.UUID{b.ID}},
		{w.host, Filter{}, nil},
		{w.otherHost, Filter{AsHost: true}, nil},
		{w.stranger, Filter{}, nil},
		{w.admin, Filter{AsHost: true}, nil},
	} {
		p, err := w.service.List(t.Context(), c.actor, c.f, page.Request{})
		if err != nil {
			t.Fatal(err)
		}
		if diff := cmp.Diff(c.want, idsOf(p)); diff != "" {
			t.Errorf("%s %+v: %s", c.actor.Role, c.f, diff)
		}
	}
	wantCode(t, justErr(w.service.List(t.Context(), w.guest, Filter{AsHost: true}, page.Request{})), errs.Forbidden, "forbidden")
	wantCode(t, justErr(w.service.List(t.Context(), w.guest, Filter{}, page.Request{Cursor: "x"})), errs.Invalid, "invalid")
}

func TestTheExactPlaceIsToldOnceTheStayIsCertain(t *testing.T) {
	t.Parallel()
	w := newWorld(t)
	b := w.book(w.listing, "2026-07-01", "2026-07-04")
	for _, c := range []struct {
		status Status
		guest  bool
	}{{StatusPending, false}, {StatusConfirmed, true}, {StatusCheckedIn, true}, {StatusCompleted, true}, {StatusDeclined, false}, {StatusExpired, false},
		{StatusCancelledByGuest, false}, {StatusCancelledByHost, false}} {
		w.exec(`update bookings set status = $2 where id = $1`, b.ID, string(c.status))
		for who, told := range map[*identity.Actor]bool{&w.guest: c.guest, &w.host: true, &w.admin: true} {
			got, err := w.service.Get(t.Context(), *who, b.ID)
			if err != nil {
				t.Fatal(err)
			}
			if (got.Listing.AddressLine == "Rua 1") != told || (got.Listing.PostalCode != "") != told || (got.Listing.Exact != nil) != told {
				t.Errorf("%s sees %+v when %s", who.Role, got.Listing, c.status)
			}
		}
		p, err := w.service.List(t.Context(), w.guest, Filter{}, page.Request{})
		if err != nil || (p.Items[0].Listing.Exact != nil) != c.guest {
			t.Errorf("the list tells otherwise when %s: %v", c.status, err)
		}
	}
}

func idsOf(p page.Page[Booking]) []uuid.UUID {
	var out []uuid.UUID
	for _, b := range p.Items {
		out = append(out, b.ID)
	}
	return out
}
