package testkit

import (
	"testing"
	"time"
)

// Eventually asks again and again until what answers nil; after the time it fails the test with the last error.
func Eventually(t testing.TB, within time.Duration, what func() error) {
	t.Helper()
	deadline := time.NewTimer(within)
	defer deadline.Stop()
	tick := time.NewTicker(25 * time.Millisecond)
	defer tick.Stop()
	for {
		err := what()
		if err == nil {
			return
		}
		select {
		case <-deadline.C:
			t.Fatalf("not within %s: %v", within, err)
		case <-t.Context().Done():
			t.Fatalf("the test ended: %v", err)
		case <-tick.C:
		}
	}
}
