package worker_test

import (
	"context"
	"errors"
	"testing"

	"github.com/google/uuid"

	"github.com/rentora/rentora/server/errs"
	"github.com/rentora/rentora/server/listing"
	"github.com/rentora/rentora/server/worker"
)

// Only what is unavailable is tried for ever; anything else ends among the dead letters, and the old answer with the readers.
func TestADropThatFailsIsTriedAgain(t *testing.T) {
	t.Parallel()
	refused := errors.New("MISCONF")
	forget := worker.Forgetter(func(context.Context, uuid.UUID) error { return refused })
	err := forget.OnListingChanged(t.Context(), listing.Changed{ListingID: uuid.New()})
	if errs.KindOf(err) != errs.Unavailable || !errors.Is(err, refused) {
		t.Errorf("got %v", err)
	}
}
