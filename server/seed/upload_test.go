package seed

import (
	"io/fs"
	"testing"
	"time"

	"github.com/google/uuid"

	"github.com/rentora/rentora/server/media"
	"github.com/rentora/rentora/server/seed/internal/query"
	"github.com/rentora/rentora/server/testkit"
)

// A day after the interruption, the sweep has taken the upload whose file never came.
func TestAnUploadThatWasSweptIsMadeAnew(t *testing.T) {
	t.Parallel()
	pool := testkit.DB(t)
	r, err := begun(t, pool, 1, 10, began)
	if err != nil {
		t.Fatal(err)
	}
	if r.Media, err = media.New(pool, testkit.S3(t), 2, time.Now); err != nil {
		t.Fatal(err)
	}
	if err := r.Media.EnsureBuckets(t.Context()); err != nil {
		t.Fatal(err)
	}
	if _, err := pool.Exec(t.Context(), "insert into users (id, email, name, role) values ($1, 'host-0001@example.test', 'Demo host 1', 'host')", r.hostID(0)); err != nil {
		t.Fatal(err)
	}
	swept := uuid.New()
	if err := query.New(pool).Note(t.Context(), query.NoteParams{Step: "photos", First: 0, Ref: &swept}); err != nil {
		t.Fatal(err)
	}
	files, err := fs.Glob(Photos(), "*.jpg")
	if err != nil {
		t.Fatal(err)
	}
	id, err := r.photo(t.Context(), 0, files[0], swept)
	if err != nil {
		t.Fatal(err)
	}
	if status, err := r.Media.StatusOf(t.Context(), id); err != nil || status != media.Ready {
		t.Errorf("%s, %v", status, err)
	}
	if known, err := r.begun(t.Context()); err != nil || known[0] != id {
		t.Errorf("the ledger says %v, want %s: %v", known, id, err)
	}
}
