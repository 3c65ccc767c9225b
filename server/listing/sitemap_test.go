package listing_test

import (
	"slices"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"

	"github.com/rentora/rentora/server/errs"
	"github.com/rentora/rentora/server/listing"
	"github.com/rentora/rentora/server/page"
)

func TestTheSitemapHasEveryLiveListing(t *testing.T) {
	t.Parallel()
	w := newWorld(t)
	began := time.Date(2026, 2, 1, 12, 0, 0, 0, time.UTC)
	minute := func(i int) time.Time { return began.Add(time.Duration(i) * time.Minute) }
	w.importMany(3, listing.StatusPaused, minute)
	live := w.importMany(7, listing.StatusLive, minute)
	w.importMany(3, listing.StatusPending, minute)
	live = append(live, w.importMany(5, listing.StatusLive, minute)...)
	forth, back := walk(t, 5, func(req page.Request) (page.Page[listing.Entry], error) { return w.rooms.Sitemap(t.Context(), req) })
	if diff := cmp.Diff(live, forth); diff != "" {
		t.Error(diff)
	}
	if !slices.Equal(forth, back) {
		t.Errorf("back it is %v", back)
	}
	all, err := w.rooms.Sitemap(t.Context(), page.Request{})
	if err != nil || len(all.Items) != 12 || all.Next != "" || all.Limit != 1000 {
		t.Fatalf("a page has %d of %d, %v", len(all.Items), all.Limit, err)
	}
	one, err := w.rooms.Get(t.Context(), w.host, live[0])
	if err != nil || !all.Items[0].UpdatedAt.Equal(one.UpdatedAt) {
		t.Errorf("it changed at %s, and the sitemap says %s (%v)", one.UpdatedAt, all.Items[0].UpdatedAt, err)
	}
	if _, err := w.rooms.Sitemap(t.Context(), page.Request{Limit: 1001}); errs.KindOf(err) != errs.Invalid {
		t.Errorf("1001 at once: %v", err)
	}
}
