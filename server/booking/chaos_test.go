package booking

import (
	"math/rand/v2"
	"sync"
	"testing"
	"time"

	"github.com/google/uuid"

	"github.com/rentora/rentora/server/calendar"
	"github.com/rentora/rentora/server/date"
	"github.com/rentora/rentora/server/errs"
	"github.com/rentora/rentora/server/idempotency"
)

// TestNothingOverlapsWhateverHappensAtOnce lets bookings, answers, cancellations, blocks and the sweep fight for one
// listing while the clock runs and jumps, and then looks at what is left.
func TestNothingOverlapsWhateverHappensAtOnce(t *testing.T) {
	t.Parallel()
	w := newWorld(t)
	c := chaos{world: w, calendar: calendar.New(w.pool, func() time.Time { return w.now() })}
	var wg sync.WaitGroup
	for worker := range uint64(8) {
		wg.Go(func() {
			rnd := rand.New(rand.NewPCG(worker, 4))
			for range 60 {
				if err := c.act(rnd); err != nil && !errs.Is(err, errs.Conflict) && !errs.Is(err, errs.Invalid) && !errs.Is(err, errs.NotFound) {
					t.Error(err)
				}
			}
		})
	}
	wg.Wait()
	w.assertTruth()
	made, expired := w.count(`select count(*) from bookings`), w.count(`select count(*) from booking_events where to_status = 'EXPIRED'`)
	if made < 10 || expired == 0 {
		t.Errorf("%d bookings, %d expired: too little to prove anything", made, expired)
	}
}

type chaos struct {
	*world
	calendar *calendar.Service
	mu       sync.Mutex
	bookings []uuid.UUID
	blocks   []uuid.UUID
}

func (c *chaos) act(rnd *rand.Rand) error {
	switch n := rnd.IntN(22); {
	case n < 9:
		return c.book(rnd)
	case n < 11:
		return justErr(c.service.Confirm(c.Context(), c.host, c.pick(rnd, &c.bookings)))
	case n < 12:
		return justErr(c.service.Decline(c.Context(), c.host, c.pick(rnd, &c.bookings), ""))
	case n < 15:
		return justErr(c.service.Cancel(c.Context(), c.guest, c.pick(rnd, &c.bookings), "", noKey))
	case n < 17:
		b, err := c.calendar.Block(c.Context(), c.host, c.listing, anyStay(rnd), "", noKey)
		c.note(&c.blocks, b.ID, err)
		return err
	case n < 18:
		return c.calendar.Unblock(c.Context(), c.host, c.listing, c.pick(rnd, &c.blocks))
	case n < 20:
		return justErr(c.service.ExpireDue(c.Context(), 10))
	}
	c.jump(rnd)
	return nil
}

// jump moves the clock on; now and then it is set back by hours, as a clock is that ran ahead.
func (c *chaos) jump(rnd *rand.Rand) {
	by := 8 * time.Minute * time.Duration(1+rnd.IntN(90))
	if rnd.IntN(4) == 0 {
		by = -by
	}
	c.advance(by)
}

func (c *chaos) book(rnd *rand.Rand) error {
	q, err := c.service.Quote(c.Context(), c.guest, c.listing, anyStay(rnd), 2)
	if err != nil {
		return err
	}
	var key idempotency.Key
	if rnd.IntN(2) == 0 {
		key = idempotency.NewKey(c.guest.ID, uuid.NewString(), "createBooking")
	}
	b, err := c.create(c.guest, q, key)
	c.note(&c.bookings, b.ID, err)
	return err
}

func (c *chaos) note(list *[]uuid.UUID, id uuid.UUID, err error) {
	c.mu.Lock()
	defer c.mu.Unlock()
	if err == nil {
		*list = append(*list, id)
	}
}

func (c *chaos) pick(rnd *rand.Rand, list *[]uuid.UUID) uuid.UUID {
	c.mu.Lock()
	defer c.mu.Unlock()
	if len(*list) == 0 {
		return uuid.New()
	}
	return (*list)[rnd.IntN(len(*list))]
}

// anyStay lies within five weeks, so that there is something to fight for.
func anyStay(rnd *rand.Rand) date.Range {
	start := day("2026-06-20") + date.Date(rnd.IntN(35))
	return date.Range{Start: start, End: start + 1 + date.Date(rnd.IntN(6))}
}
