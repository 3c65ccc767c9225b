package media

import (
	"bytes"
	"context"
	"errors"
	"image"
	"image/png"
	"testing"
	"time"

	"github.com/rentora/rentora/server/config"
	"github.com/rentora/rentora/server/errs"
	"github.com/rentora/rentora/server/media/internal/query"
)

func TestATakenSlotOrAFullMemoryIsWorthARetry(t *testing.T) {
	t.Parallel()
	s, err := New(nil, config.S3{Endpoint: "http://127.0.0.1:1", AccessKey: "a", SecretKey: "b"}, 1, time.Now)
	if err != nil {
		t.Fatal(err)
	}
	ctx, cancel := context.WithTimeout(t.Context(), 50*time.Millisecond)
	defer cancel()
	if !s.slots.TryAcquire(1) || s.slots.TryAcquire(1) {
		t.Fatal("one slot was asked for")
	}
	if _, err := s.work(ctx, query.Upload{}); !errs.Is(err, errs.Unavailable) {
		t.Errorf("no slot: %v", err)
	}
	if err := s.budget.Acquire(t.Context(), decodeBudget); err != nil {
		t.Fatal(err)
	}
	row := query.Upload{ContentType: "image/png"}
	if _, err := s.render(ctx, row, header(1000, 1000), time.Now()); !errs.Is(err, errs.Unavailable) {
		t.Errorf("no memory: %v", err)
	}
}

func TestAnImageThatTakesAllTheTimeIsAtFaultAndNotTheQueue(t *testing.T) {
	t.Parallel()
	now := time.Now()
	var moved time.Duration // each look at the clock takes so long
	s, err := New(nil, config.S3{Endpoint: "http://127.0.0.1:1", AccessKey: "a", SecretKey: "b"}, 1, func() time.Time {
		now = now.Add(moved)
		return now
	})
	if err != nil {
		t.Fatal(err)
	}
	data, row := header(1500, 1500), query.Upload{ContentType: "image/png"}
	began := now
	for _, c := range []struct {
		what          string
		waited, moves time.Duration
		timedOut      bool
	}{{"the image took it", time.Second, 10 * time.Second, true}, {"waiting took it", 20 * time.Second, 10 * time.Second, false}} {
		ctx, cancel := context.WithTimeout(t.Context(), time.Millisecond) // far less than two megapixels take
		now, moved = began.Add(c.waited-c.moves), c.moves
		_, err := s.render(ctx, row, data, began)
		cancel()
		var failure *Failure
		if got := errors.As(err, &failure) && failure.Code == TimedOut; got != c.timedOut || errs.Is(err, errs.Unavailable) == c.timedOut {
			t.Errorf("%s: %v", c.what, err)
		}
		if s.budget.TryAcquire(decodeBudget) {
			s.budget.Release(decodeBudget)
		} else {
			t.Errorf("%s: memory is still taken", c.what)
		}
	}
}

// header is the beginning of a PNG.
func header(w, h int) []byte {
	var b bytes.Buffer
	_ = png.Encode(&b, image.NewGray(image.Rect(0, 0, w, h))) // a buffer takes everything
	return b.Bytes()
}
