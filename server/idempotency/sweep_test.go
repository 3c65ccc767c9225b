package idempotency_test

import (
	"sync/atomic"
	"testing"
	"time"

	"github.com/google/uuid"

	"github.com/rentora/rentora/server/idempotency"
	"github.com/rentora/rentora/server/testkit"
)

func TestASweptKeyIsForgottenAndAYoungOneIsNot(t *testing.T) {
	t.Parallel()
	pool, account := testkit.DB(t), uuid.New()
	var runs atomic.Int64
	old, young := idempotency.NewKey(account, "old", "createBooking"), idempotency.NewKey(account, "young", "createBooking")
	for _, key := range []idempotency.Key{old, young} {
		if _, _, err := once(t.Context(), pool, key, &runs); err != nil {
			t.Fatal(err)
		}
	}
	if _, err := pool.Exec(t.Context(), "update idempotency_keys set created_at = now() - case key when 'old' then interval '49 hours' else interval '47 hours' end"); err != nil {
		t.Fatal(err)
	}
	if n, err := idempotency.Sweep(t.Context(), pool, time.Now().Add(-48*time.Hour), 1000); err != nil || n != 1 {
		t.Errorf("%d keys, %v", n, err)
	}
	for key, replays := range map[idempotency.Key]bool{old: false, young: true} {
		if _, replayed, err := once(t.Context(), pool, key, &runs); err != nil || replayed != replays {
			t.Errorf("%s: replayed %v, %v", key.Value, replayed, err)
		}
	}
}
