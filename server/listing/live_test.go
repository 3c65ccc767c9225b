package listing_test

import (
	"slices"
	"testing"

	"github.com/google/uuid"

	"github.com/rentora/rentora/server/listing"
)

func TestLiveOfGivesTheHostsLiveListings(t *testing.T) {
	t.Parallel()
	w := newWorld(t)
	live := w.in(listing.StatusLive)
	w.in(listing.StatusPaused)
	w.create()
	if ids, err := w.rooms.LiveOf(t.Context(), live.Host.ID); err != nil || !slices.Equal(ids, []uuid.UUID{live.ID}) {
		t.Errorf("%v, %v; want %s", ids, err, live.ID)
	}
	if ids, err := w.rooms.LiveOf(t.Context(), uuid.New()); err != nil || len(ids) != 0 {
		t.Errorf("of nobody: %v, %v", ids, err)
	}
}
