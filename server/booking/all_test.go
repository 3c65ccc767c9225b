package booking

import (
	"testing"

	gocmp "github.com/google/go-cmp/cmp"
	"github.com/google/uuid"

	"github.com/rentora/rentora/server/errs"
	"github.com/rentora/rentora/server/identity"
	"github.com/rentora/rentora/server/page"
)

func TestAdminsSeeEveryBooking(t *testing.T) {
	t.Parallel()
	w := newWorld(t)
	other := w.addListing(Instant, Moderate, lis)
	a, b, c := w.put(StatusPending, lis, "2026-07-01", "2026-07-02"), w.put(StatusCompleted, lis, "2026-05-01", "2026-05-02"), w.put(StatusDeclined, lis, "2026-05-01", "2026-05-02")
	w.exec("update bookings set listing_id = $1, host_id = $2, guest_id = $3 where id = $4", other, w.otherHost.ID, w.stranger.ID, b)
	for id, code := range map[uuid.UUID]string{a: "7KQ4MZAB", b: "7KQ40000", c: "ABCDEFGH"} {
		w.exec("update bookings set code = $1 where id = $2", code, id)
	}
	pending := StatusPending
	for _, one := range []struct {
		f    AllFilter
		want []uuid.UUID
	}{
		{AllFilter{}, []uuid.UUID{c, b, a}},
		{AllFilter{Begins: "7kq4"}, []uuid.UUID{b, a}}, {AllFilter{Begins: " 7KQ4mzab "}, []uuid.UUID{a}}, {AllFilter{Begins: "KQ4"}, nil},
		{AllFilter{Begins: "7KQ4MZABC"}, nil}, {AllFilter{Begins: "_"}, nil}, {AllFilter{Begins: "%"}, nil}, {AllFilter{Begins: `7\`}, nil}, {AllFilter{Begins: "ß\n"}, nil},
		{AllFilter{Status: &pending}, []uuid.UUID{a}}, {AllFilter{Status: &pending, Begins: "A"}, nil},
		{AllFilter{ListingID: &other}, []uuid.UUID{b}}, {AllFilter{GuestID: &w.guest.ID}, []uuid.UUID{c, a}}, {AllFilter{HostID: &w.otherHost.ID}, []uuid.UUID{b}},
		{AllFilter{GuestID: &w.stranger.ID, HostID: &w.host.ID}, nil},
	} {
		p, err := w.service.ListAll(t.Context(), w.admin, one.f, page.Request{})
		if err != nil {
			t.Fatal(err)
		}
		if diff := gocmp.Diff(one.want, idsOf(p)); diff != "" {
			t.Errorf("%+v: %s", one.f, diff)
		}
		for _, booking := range p.Items {
			if booking.Listing.AddressLine == "" || booking.Guest.Name == "" {
				t.Errorf("an admin sees %+v", booking)
			}
		}
	}
	first, err := w.service.ListAll(t.Context(), w.admin, AllFilter{}, page.Request{Limit: 2})
	if err != nil {
		t.Fatal(err)
	}
	second, err := w.service.ListAll(t.Context(), w.admin, AllFilter{}, page.Request{Limit: 2, Cursor: first.Next})
	if err != nil || !gocmp.Equal(idsOf(second), []uuid.UUID{a}) {
		t.Fatalf("the second page has %v, %v", idsOf(second), err)
	}
	back, err := w.service.ListAll(t.Context(), w.admin, AllFilter{}, page.Request{Limit: 2, Cursor: second.Prev})
	if err != nil || !gocmp.Equal(idsOf(back), idsOf(first)) {
		t.Errorf("back there is %v, %v", idsOf(back), err)
	}
	for _, actor := range []identity.Actor{w.host, w.guest, w.visitor, {ID: uuid.New(), Role: identity.Support}} {
		wantCode(t, justErr(w.service.ListAll(t.Context(), actor, AllFilter{}, page.Request{})), errs.Forbidden, "forbidden")
	}
}
