package events

import (
	"context"
	"math/rand/v2"
	"time"
)

// doubling is a pause that doubles from first to most.
type doubling struct{ first, most time.Duration }

// after gives the pause before the next try when n tries have failed, n from 1: between half of it and all of it, so that
// many who failed together do not come back together.
func (d doubling) after(n int) time.Duration {
	pause := d.most
	if shift := max(n-1, 0); shift < 20 {
		pause = min(d.first<<shift, d.most)
	}
	return pause/2 + rand.N(pause/2+1) //nolint:gosec // spreading needs no secrecy
}

// wait sleeps for d, or until ctx ends; false says that it did.
func wait(ctx context.Context, d time.Duration) bool {
	timer := time.NewTimer(d)
	defer timer.Stop()
	select {
	case <-ctx.Done():
		return false
	case <-timer.C:
		return true
	}
}
