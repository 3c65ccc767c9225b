package media_test

import (
	"context"
	"image"
	"testing"
	"time"

	"github.com/rentora/rentora/server/media"
)

func TestUploadsThatNobodyFinishesAreFailed(t *testing.T) {
	t.Parallel()
	s := newStudio(t)
	stuck := s.uploaded(t, "image/jpeg", []byte("no worker ever gets to it"))
	second := s.uploaded(t, "image/jpeg", []byte("nor to this one"))
	fresh := s.uploaded(t, "image/jpeg", []byte("one of these minutes"))
	if _, err := s.pool.Exec(t.Context(), "update uploads set updated_at = now() - interval '2 hours' where id in ($1, $2)", stuck, second); err != nil {
		t.Fatal(err)
	}
	for n, want := range []int{1, 1, 0} {
		if got, err := s.FailStuck(t.Context(), time.Hour, 1); err != nil || got != want {
			t.Errorf("run %d failed %d, want %d, %v", n+1, got, want, err)
		}
	}
	u, err := s.Get(t.Context(), s.owner, stuck)
	if err != nil || u.Status != media.Failed || u.Failure.Code != media.TimedOut {
		t.Errorf("%+v, %v", u, err)
	}
	if u, err := s.Get(t.Context(), s.owner, fresh); err != nil || u.Status != media.Processing {
		t.Errorf("the other: %+v, %v", u, err)
	}
	var told int
	if err := s.pool.QueryRow(t.Context(), "select count(*) from outbox where type = 'media.upload_failed' and key = $1", stuck.String()).Scan(&told); err != nil || told != 1 {
		t.Errorf("told %d times, %v", told, err)
	}
}

func TestAnImageThatOutlastsTheDeadlineIsFailed(t *testing.T) {
	t.Parallel()
	s := newStudio(t)
	id := s.uploaded(t, "image/png", asPNG(t, image.NewGray(image.Rect(0, 0, 3000, 3000))))
	for try := 1; ; try++ { // fetching it in time may take the worker's tries, too
		ctx, cancel := context.WithTimeout(t.Context(), 100*time.Millisecond)
		err := s.Process(ctx, id)
		cancel()
		if err == nil {
			break
		}
		if try == 8 {
			t.Fatal(err)
		}
	}
	if u := s.get(t, id); u.Status != media.Failed || u.Failure.Code != media.TimedOut || s.events(t, "media.upload_failed", id) != 1 {
		t.Errorf("%+v", u)
	}
}
