package media_test

import (
	"context"
	"image"
	"testing"
	"time"

	"github.com/google/uuid"

	"github.com/rentora/rentora/server/errs"
	"github.com/rentora/rentora/server/media"
)

func TestUploadsThatNobodyFinishesAreFailed(t *testing.T) {
	t.Parallel()
	s := newStudio(t)
	stuck := s.uploaded(t, "image/jpeg", []byte("no worker ever gets to it"))
	s.uploaded(t, "image/jpeg", []byte("nor to this one"))
	fresh := s.uploaded(t, "image/jpeg", []byte("one of these minutes"))
	waiting := s.uploaded(t, "image/jpeg", []byte("while no worker runs"))
	if _, err := s.pool.Exec(t.Context(), `update uploads set updated_at = now() - interval '2 hours',
		tried_at = case when id = $1 then null when id = $2 then now() else now() - interval '2 hours' end`, waiting, fresh); err != nil {
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
	for name, id := range map[string]uuid.UUID{"tried a moment ago": fresh, "never tried": waiting} {
		if u := s.get(t, id); u.Status != media.Processing {
			t.Errorf("%s: %+v", name, u)
		}
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

// tried tells whether a worker's try at an upload is noted.
func (s *studio) tried(t *testing.T, id uuid.UUID) (yes bool) {
	t.Helper()
	if err := s.pool.QueryRow(t.Context(), "select tried_at is not null from uploads where id = $1", id).Scan(&yes); err != nil {
		t.Fatal(err)
	}
	return yes
}

func TestATryCountsUnlessTheStorageWasAway(t *testing.T) {
	t.Parallel()
	s := newStudio(t)
	id := s.uploaded(t, "image/png", asPNG(t, image.NewGray(image.Rect(0, 0, 3000, 3000))))
	elsewhere := s.s3
	elsewhere.Endpoint = "http://127.0.0.1:1"
	away, err := media.New(s.pool, elsewhere, 2, time.Now)
	if err != nil {
		t.Fatal(err)
	}
	if _, err := s.pool.Exec(t.Context(), "update uploads set tried_at = now() where id = $1", id); err != nil { // as a worker leaves it that is killed
		t.Fatal(err)
	}
	if err := away.Process(t.Context(), id); !errs.Is(err, errs.Unavailable) || s.tried(t, id) {
		t.Errorf("the storage is away: %v, and the try counts: %t", err, s.tried(t, id))
	}
	if err := s.Process(t.Context(), id); err != nil || !s.tried(t, id) {
		t.Errorf("%v, and the try counts: %t", err, s.tried(t, id))
	}
}
