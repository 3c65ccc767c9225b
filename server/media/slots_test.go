package media

import (
	"bytes"
	"context"
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
	if _, err := s.render(ctx, row, header(1000, 1000)); !errs.Is(err, errs.Unavailable) {
		t.Errorf("no memory: %v", err)
	}
}

// header is the beginning of a PNG.
func header(w, h int) []byte {
	var b bytes.Buffer
	_ = png.Encode(&b, image.NewGray(image.Rect(0, 0, w, h))) // a buffer takes everything
	return b.Bytes()
}
