package events_test

import (
	"context"
	"sync/atomic"
	"testing"
	"time"

	"github.com/google/uuid"
	"github.com/jackc/pgx/v5"

	"github.com/rentora/rentora/server/errs"
	"github.com/rentora/rentora/server/events"
	"github.com/rentora/rentora/server/postgres"
)

// Its lane has not noted it when somebody retries a letter: it is still busy with the next event.
func TestALetterThatIsRetriedAtOnceIsNotSwallowed(t *testing.T) {
	t.Parallel()
	w := newWorld(t)
	w.append(counted{Name: "k", N: 0}, counted{Name: "k", N: 1}, counted{Name: "k", N: 2})
	stop := w.start(w.newRelay())
	eventually(t, "all is published", func() bool { return w.unpublished() == 0 })
	stop()
	var refused, mended atomic.Int32
	first, busy := make(chan struct{}), make(chan struct{}) // the first waits, so that the others come in one batch
	w.start(w.newConsumer(events.ConsumerOptions{}, events.On("test", func(_ context.Context, e counted) error {
		switch {
		case e.N == 0:
			<-first
		case e.N == 2:
			<-busy
		case refused.Add(1) == 1:
			return errs.E(errs.Invalid, "a mistake of ours")
		default:
			mended.Add(1)
		}
		return nil
	})))
	close(first)
	eventually(t, "the letter is there", func() bool { return w.count("select count(*) from dead_letters") == 1 })
	if n := w.count("select count(*) from dead_letters d join inbox i on i.consumer = d.consumer and i.event_id = d.event_id"); n != 1 {
		t.Error("the inbox does not know the event of a letter")
	}
	if err := postgres.Tx(t.Context(), w.pool, func(tx pgx.Tx) error {
		_, _, err := events.RetryLetters(t.Context(), tx, events.LetterFilter{}, 1, uuid.New(), time.Now())
		return err
	}); err != nil {
		t.Fatal(err)
	}
	close(busy)
	eventually(t, "the lane has noted the others", func() bool { return w.count("select count(*) from inbox") >= 2 })
	w.start(w.newRelay())
	eventually(t, "the retry is handled", func() bool { return mended.Load() == 1 })
}
