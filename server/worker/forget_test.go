package worker_test

import (
	"context"
	"errors"
	"slices"
	"testing"

	"github.com/google/uuid"

	"github.com/rentora/rentora/server/errs"
	"github.com/rentora/rentora/server/identity"
	"github.com/rentora/rentora/server/listing"
	"github.com/rentora/rentora/server/worker"
)

// Only what is unavailable is tried for ever; anything else ends among the dead letters, and the old answer with the readers.
func TestADropThatFailsIsTriedAgain(t *testing.T) {
	t.Parallel()
	refused := errors.New("MISCONF")
	forget := worker.Forgetter{Drop: func(context.Context, uuid.UUID) error { return refused }}
	err := forget.OnListingChanged(t.Context(), listing.Changed{ListingID: uuid.New()})
	if errs.KindOf(err) != errs.Unavailable || !errors.Is(err, refused) {
		t.Errorf("got %v", err)
	}
}

func TestANewNameDropsTheHostsListings(t *testing.T) {
	t.Parallel()
	host, live := uuid.New(), []uuid.UUID{uuid.New(), uuid.New()}
	var dropped []uuid.UUID
	forget := worker.Forgetter{
		Drop: func(_ context.Context, id uuid.UUID) error { dropped = append(dropped, id); return nil },
		LiveOf: func(_ context.Context, id uuid.UUID) ([]uuid.UUID, error) {
			if id != host {
				return nil, nil
			}
			return live, nil
		},
	}
	if err := forget.OnRenamed(t.Context(), identity.Renamed{UserID: host}); err != nil || !slices.Equal(dropped, live) {
		t.Errorf("dropped %v, %v", dropped, err)
	}
}
