package media_test

import (
	"net/http"
	"testing"
	"time"

	"github.com/google/uuid"

	"github.com/rentora/rentora/server/errs"
	"github.com/rentora/rentora/server/identity"
	"github.com/rentora/rentora/server/media"
	"github.com/rentora/rentora/server/testkit"
)

func TestAnUploadThatNobodyCompletesGoesWithItsFile(t *testing.T) {
	t.Parallel()
	s := newStudio(t)
	data := asJPEG(t, marked(300, 200))
	old, young := s.create(t, "image/jpeg", len(data)), s.create(t, "image/jpeg", len(data))
	if status := send(t, old, data, nil); status != http.StatusOK {
		t.Fatal(status)
	}
	if _, err := s.pool.Exec(t.Context(), "update uploads set created_at = now() - interval '25 hours' where id = $1", old.Upload.ID); err != nil {
		t.Fatal(err)
	}
	for run, want := range []int{1, 0} {
		if n, err := s.SweepPending(t.Context(), time.Now().Add(-24*time.Hour), 100); err != nil || n != want {
			t.Errorf("run %d: %d uploads, want %d, %v", run+1, n, want, err)
		}
	}
	_, err := s.Get(t.Context(), s.owner, old.Upload.ID)
	wantKind(t, err, errs.NotFound, "not_found")
	s.get(t, young.Upload.ID)
	walk := s.Orphans()
	for what, step := range map[string]struct {
		before time.Time
		want   int
	}{"young objects": {time.Now().Add(-24 * time.Hour), 0}} {
		if n, err := walk.Sweep(t.Context(), step.before, 100); err != nil || n != step.want {
			t.Errorf("%s: %d objects, want %d, %v", what, n, step.want, err)
		}
	}
	if n, err := walk.Sweep(t.Context(), time.Now().Add(time.Hour), 100); err != nil || n != 1 {
		t.Errorf("%d objects, want the file, %v", n, err)
	}
}

func TestOrphansGoAndWhatSomebodySharesStays(t *testing.T) {
	t.Parallel()
	s := newStudio(t)
	data := asJPEG(t, marked(300, 200))
	shared, gone, mine := s.processed(t, "image/jpeg", data), s.processed(t, "image/jpeg", data), s.processed(t, "image/jpeg", data)
	failed := s.uploaded(t, "image/jpeg", []byte("not an image at all"))
	if err := s.Process(t.Context(), failed); err != nil {
		t.Fatal(err)
	}
	waiting := s.uploaded(t, "image/jpeg", data)
	heir := testkit.User(t, s.pool, identity.Host)
	inherited := uuid.New()
	s.adopt(t, media.Adoption{ID: inherited, OwnerID: heir.ID, SourceID: shared.ID})
	if _, err := s.pool.Exec(t.Context(), "delete from uploads where id in ($1, $2)", shared.ID, gone.ID); err != nil {
		t.Fatal(err)
	}
	removed := 0
	for range 60 { // a piece of two objects at a time, more than once around, as if each were after a restart
		n, err := s.Orphans().Sweep(t.Context(), time.Now().Add(time.Hour), 2)
		if err != nil {
			t.Fatal(err)
		}
		removed += n
	}
	if want := 2 + len(gone.Variants); removed != want { // the originals of the failed and the deleted one, and the latter's variants
		t.Errorf("%d objects are removed, want %d", removed, want)
	}
	kept, err := s.Get(t.Context(), heir, inherited)
	if err != nil {
		t.Fatal(err)
	}
	for _, v := range append(kept.Variants, s.get(t, mine.ID).Variants...) {
		if res, _ := fetch(t, s.URL(v.Key)); res.StatusCode != http.StatusOK {
			t.Errorf("a variant that is needed answers %d", res.StatusCode)
		}
	}
	for _, v := range gone.Variants {
		if res, _ := fetch(t, s.URL(v.Key)); res.StatusCode == http.StatusOK {
			t.Error("a variant that nobody needs is there")
		}
	}
	if err := s.Process(t.Context(), waiting); err != nil {
		t.Errorf("an original that waits is gone: %v", err)
	}
	if u := s.get(t, waiting); u.Status != "ready" {
		t.Errorf("%+v", u)
	}
}
