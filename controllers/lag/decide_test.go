package lag

import (
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"
)

func TestNeed(t *testing.T) {
	t.Parallel()
	b := Bounds{Min: 2, Max: 6, PerWorker: 100}
	for lag, want := range map[int64]int32{0: 2, 1: 2, 200: 2, 201: 3, 550: 6, 600: 6, 1 << 40: 6} {
		if got := b.need(lag); got != want {
			t.Errorf("a lag of %d needs %d workers, not %d", lag, got, want)
		}
	}
}

// TestDecide follows a group through a wave: up at once, down slowly, one at a time, never below what the last minutes asked for.
func TestDecide(t *testing.T) {
	t.Parallel()
	m, b := &memory{}, Bounds{Min: 1, Max: 5, PerWorker: 10}
	now, current := time.Date(2026, 11, 28, 12, 0, 0, 0, time.UTC), int32(1)
	var course []int32
	for _, lag := range append([]int64{0, 35, 100, 0}, make([]int64, 24)...) {
		current = m.decide(now, current, b, lag)
		course = append(course, current)
		now = now.Add(15 * time.Second)
	}
	want := []int32{1, 4, 5, 5, 5, 5, 5, 5, 5, 5, 5, 5, 5, 5, 5, 4, 4, 3, 3, 2, 2, 1, 1, 1, 1, 1, 1, 1}
	if diff := cmp.Diff(want, course); diff != "" {
		t.Errorf("the course differs (-want +got):\n%s", diff)
	}
}

// TestDecideAnew keeps what another leader started until three minutes have shown that it is too much.
func TestDecideAnew(t *testing.T) {
	t.Parallel()
	m, b := &memory{}, Bounds{Min: 1, Max: 6, PerWorker: 10}
	now := time.Date(2026, 11, 28, 12, 0, 0, 0, time.UTC)
	if got := m.decide(now, 6, b, 0); got != 6 {
		t.Errorf("a new leader leaves %d of 6 workers", got)
	}
	if got := m.decide(now.Add(calm-time.Second), 6, b, 0); got != 6 {
		t.Errorf("within the calm time %d of 6 workers are left", got)
	}
	if got := m.decide(now.Add(2*calm), 6, b, 0); got != 5 {
		t.Errorf("after the calm time %d of 6 workers are left, not 5", got)
	}
	if got := m.decide(now.Add(2*calm), 9, b, 0); got != 6 {
		t.Errorf("%d workers run where 6 have partitions", got)
	}
}
