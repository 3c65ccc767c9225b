package listing_test

import (
	"slices"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"
	"github.com/google/uuid"

	"github.com/rentora/rentora/server/errs"
	"github.com/rentora/rentora/server/identity"
	"github.com/rentora/rentora/server/listing"
	"github.com/rentora/rentora/server/page"
)

func pageOf(limit int, cursor string) page.Request { return page.Request{Limit: limit, Cursor: cursor} }

// importMany inserts n listings of the host; submitted gives each its moment.
func (w *world) importMany(n int, status listing.Status, submitted func(i int) time.Time) []uuid.UUID {
	w.Helper()
	list := make([]listing.Imported, n)
	ids := make([]uuid.UUID, n)
	for i := range list {
		at := submitted(i)
		ids[i] = uuid.Must(uuid.NewV7())
		list[i] = listing.Imported{ID: ids[i], HostID: w.host.ID, Status: status, Facts: facts(), SubmittedAt: &at, CreatedAt: at}
	}
	if err := w.rooms.Import(w.Context(), list); err != nil {
		w.Fatal(err)
	}
	return ids
}

// walk pages to the end and back and gives the ids of both ways; the way back is put into the list's order.
func walk[T any](t *testing.T, limit int, next func(page.Request) (page.Page[T], error)) (forth, back []uuid.UUID) {
	t.Helper()
	var last page.Page[T]
	for cursor, more := "", true; more; more = cursor != "" {
		p, err := next(pageOf(limit, cursor))
		if err != nil {
			t.Fatal(err)
		}
		forth, last, cursor = append(forth, ids(p)...), p, p.Next
	}
	back = ids(last)
	for cursor := last.Prev; cursor != ""; {
		p, err := next(pageOf(limit, cursor))
		if err != nil {
			t.Fatal(err)
		}
		back, cursor = append(ids(p), back...), p.Prev
	}
	return forth, back
}

func ids[T any](p page.Page[T]) []uuid.UUID {
	out := []uuid.UUID{}
	for _, item := range p.Items {
		switch item := any(item).(type) {
		case listing.Listing:
			out = append(out, item.ID)
		case listing.Verification:
			out = append(out, item.ID)
		case listing.Entry:
			out = append(out, item.ID)
		}
	}
	return out
}

func TestTheQueueIsOrderedByWaitingAndPagesBothWays(t *testing.T) {
	t.Parallel()
	w := newWorld(t)
	start := time.Date(2026, 2, 1, 0, 0, 0, 0, time.UTC)
	// Later ids wait longer, and every three were handed in at the same moment.
	made := w.importMany(23, listing.StatusPending, func(i int) time.Time { return start.Add(-time.Duration(i/3) * time.Hour) })
	w.importMany(3, listing.StatusLive, func(int) time.Time { return start })
	var want []uuid.UUID
	for group := 7; group >= 0; group-- {
		want = append(want, made[group*3:min(group*3+3, len(made))]...)
	}
	for _, limit := range []int{1, 4, 22, 23, 100} {
		forth, back := walk(t, limit, func(req page.Request) (page.Page[listing.Verification], error) {
			return w.rooms.Queue(t.Context(), w.admin, req)
		})
		if diff := cmp.Diff(want, forth); diff != "" {
			t.Errorf("limit %d: %s", limit, diff)
		}
		if diff := cmp.Diff(want, back); diff != "" {
			t.Errorf("limit %d, back: %s", limit, diff)
		}
	}
}

func TestTheQueueGoesOnWhenItsCursorWasApproved(t *testing.T) {
	t.Parallel()
	w := newWorld(t)
	start := time.Date(2026, 2, 1, 0, 0, 0, 0, time.UTC)
	made := w.importMany(4, listing.StatusPending, func(i int) time.Time { return start.Add(time.Duration(i) * time.Hour) })
	p, err := w.rooms.Queue(t.Context(), w.admin, pageOf(2, ""))
	if err != nil {
		t.Fatal(err)
	}
	for _, v := range p.Items {
		if _, err := w.do("approve", w.admin, v.Listing); err != nil {
			t.Fatal(err)
		}
	}
	p, err = w.rooms.Queue(t.Context(), w.admin, pageOf(2, p.Next))
	if err != nil {
		t.Fatal(err)
	}
	if diff := cmp.Diff(made[2:], ids(p)); diff != "" {
		t.Error(diff)
	}
}

func TestTheQueueIsForAdmins(t *testing.T) {
	t.Parallel()
	w := newWorld(t)
	for _, actor := range []identity.Actor{w.host, w.guest, {}} {
		if _, err := w.rooms.Queue(t.Context(), actor, pageOf(0, "")); !errs.Is(err, errs.Forbidden) {
			t.Errorf("%s: %v", actor.Role, err)
		}
	}
	if p, err := w.rooms.Queue(t.Context(), w.admin, pageOf(0, "")); err != nil || len(p.Items) != 0 {
		t.Errorf("empty queue: %+v, %v", p, err)
	}
}

func TestListMineIsNewestFirstAndOnlyMine(t *testing.T) {
	t.Parallel()
	w := newWorld(t)
	now := func(int) time.Time { return time.Date(2026, 2, 1, 0, 0, 0, 0, time.UTC) }
	drafts := w.importMany(5, listing.StatusDraft, now)
	live := w.importMany(4, listing.StatusLive, now)
	all := append(slices.Clone(drafts), live...)
	for _, c := range []struct {
		status *listing.Status
		want   []uuid.UUID
	}{{nil, all}, {new(listing.StatusDraft), drafts}, {new(listing.StatusLive), live}, {new(listing.StatusPaused), nil}} {
		want := slices.Clone(c.want)
		slices.Reverse(want)
		forth, back := walk(t, 2, func(req page.Request) (page.Page[listing.Listing], error) {
			return w.rooms.ListMine(t.Context(), w.host, c.status, req)
		})
		if !slices.Equal(want, forth) || !slices.Equal(want, back) {
			t.Errorf("want %v\ngot  %v\nback %v", want, forth, back)
		}
	}
	if p, err := w.rooms.ListMine(t.Context(), w.otherHost, nil, pageOf(0, "")); err != nil || len(p.Items) != 0 {
		t.Errorf("another host: %d, %v", len(p.Items), err)
	}
	if _, err := w.rooms.ListMine(t.Context(), w.host, nil, pageOf(0, "nonsense")); !errs.Is(err, errs.Invalid) {
		t.Errorf("a bad cursor: %v", err)
	}
}

func TestImportKeepsWhatItIsGiven(t *testing.T) {
	t.Parallel()
	w := newWorld(t)
	at := time.Date(2026, 1, 2, 3, 4, 5, 0, time.UTC)
	id := uuid.Must(uuid.NewV7())
	photos := w.photos(5)
	list := []listing.Imported{{ID: id, HostID: w.host.ID, Status: listing.StatusLive, Facts: facts(), Photos: photos, SubmittedAt: &at, ApprovedAt: &at, CreatedAt: at}}
	if err := w.rooms.Import(t.Context(), list); err != nil {
		t.Fatal(err)
	}
	l, err := w.rooms.Get(t.Context(), w.host, id)
	if err != nil || l.Status != listing.StatusLive || l.Timezone != "Europe/Lisbon" || len(l.Photos) != 5 || l.Photos[4].UploadID != photos[4].UploadID ||
		!l.CreatedAt.Equal(at) || !l.Review.ApprovedAt.Equal(at) {
		t.Errorf("imported %+v, %v", l, err)
	}
	list[0].ID, list[0].Address.CountryCode = uuid.Must(uuid.NewV7()), "??"
	if err := w.rooms.Import(t.Context(), list); !errs.Is(err, errs.Invalid) {
		t.Errorf("a bad country: %v", err)
	}
	list[0].HostID, list[0].Address.CountryCode = uuid.Must(uuid.NewV7()), "PT"
	if err := w.rooms.Import(t.Context(), list); err == nil {
		t.Error("a host that does not exist is accepted")
	}
}
