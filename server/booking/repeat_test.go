package booking

import (
	"testing"
	"time"

	"github.com/rentora/rentora/server/errs"
	"github.com/rentora/rentora/server/idempotency"
)

// TestAKeyCancelsOnce repeats a cancellation whose answer was lost, while the booking could not be cancelled any more.
func TestAKeyCancelsOnce(t *testing.T) {
	t.Parallel()
	w := newWorld(t)
	b := w.book(w.listing, "2026-07-01", "2026-07-04")
	key := idempotency.NewKey(w.guest.ID, "k-1", "cancelBooking", b.ID[:], []byte("a"))
	first, err := w.service.Cancel(t.Context(), w.guest, b.ID, "Plans changed.", key)
	if err != nil {
		t.Fatal(err)
	}
	w.advance(time.Hour)
	again, err := w.service.Cancel(t.Context(), w.guest, b.ID, "Plans changed.", key)
	if err != nil || again.ID != b.ID || again.Status != StatusCancelledByGuest || again.Version != first.Version || *again.RefundMinor != *first.RefundMinor {
		t.Errorf("repeated: %+v, %v", again, err)
	}
	if n := w.count(`select count(*) from outbox where type = 'bookings.cancelled'`); n != 1 {
		t.Errorf("%d events of one cancellation", n)
	}
	wantCode(t, justErr(w.service.Cancel(t.Context(), w.guest, b.ID, "", noKey)), errs.Conflict, "wrong_status")
	other := idempotency.NewKey(w.guest.ID, "k-1", "cancelBooking", b.ID[:], []byte("b"))
	wantCode(t, justErr(w.service.Cancel(t.Context(), w.guest, b.ID, "Other plans.", other)), errs.Unprocessable, "key_reused")
}

// TestARefusedCancellationLeavesItsKey lets a key be used for the cancellation that is possible later.
func TestARefusedCancellationLeavesItsKey(t *testing.T) {
	t.Parallel()
	w := newWorld(t)
	b := w.book(w.listing, "2026-07-01", "2026-07-04")
	key := idempotency.NewKey(w.stranger.ID, "k-1", "cancelBooking", b.ID[:])
	wantCode(t, justErr(w.service.Cancel(t.Context(), w.stranger, b.ID, "", key)), errs.NotFound, "not_found")
	if n := w.count(`select count(*) from idempotency_keys`); n != 0 {
		t.Errorf("%d keys are remembered of nothing", n)
	}
}
