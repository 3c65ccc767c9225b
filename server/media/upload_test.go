package media_test

import (
	"errors"
	"net/http"
	"strings"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"
	"github.com/google/uuid"
	"github.com/jackc/pgx/v5"

	"github.com/rentora/rentora/server/config"
	"github.com/rentora/rentora/server/errs"
	"github.com/rentora/rentora/server/idempotency"
	"github.com/rentora/rentora/server/identity"
	"github.com/rentora/rentora/server/media"
	"github.com/rentora/rentora/server/postgres"
	"github.com/rentora/rentora/server/testkit"
)

func TestThePresignedRequestTakesOneExactContentOnce(t *testing.T) {
	t.Parallel()
	s := newStudio(t)
	data := asJPEG(t, marked(300, 200))
	p := s.create(t, "image/jpeg", len(data))
	if p.Method != http.MethodPut || p.Headers["Content-Type"] != "image/jpeg" || p.Headers["If-None-Match"] != "*" || time.Until(p.ExpiresAt) < 14*time.Minute {
		t.Errorf("request: %s %v until %s", p.Method, p.Headers, p.ExpiresAt)
	}
	for _, bad := range []struct {
		name   string
		data   []byte
		change map[string]string
	}{
		{"another type", data, map[string]string{"Content-Type": "text/html"}},
		{"a larger file", append(data, 0), nil},
		{"a smaller file", data[1:], nil},
		{"overwriting allowed", data, map[string]string{"If-None-Match": "other"}},
	} {
		if status := send(t, p, bad.data, bad.change); status != http.StatusForbidden {
			t.Errorf("%s: PUT answers %d, want 403", bad.name, status)
		}
	}
	if status := send(t, p, data, nil); status != http.StatusOK {
		t.Errorf("the announced file: PUT answers %d, want 200", status)
	}
	if status := send(t, p, data, nil); status != http.StatusPreconditionFailed {
		t.Errorf("a second PUT answers %d, want 412", status)
	}
	if res, _ := fetch(t, s.s3.Endpoint+"/"+s.s3.BucketPrefix+"originals/originals/"+p.Upload.ID.String()); res.StatusCode != http.StatusForbidden {
		t.Errorf("a stranger's GET of the original answers %d, want 403", res.StatusCode)
	}
}

func TestAnUploadIsCompletedByItsOwnerAfterTheBytesArrived(t *testing.T) {
	t.Parallel()
	s := newStudio(t)
	data := asJPEG(t, marked(300, 200))
	p := s.create(t, "image/jpeg", len(data))
	id := p.Upload.ID

	_, err := s.Complete(t.Context(), s.owner, id)
	wantKind(t, err, errs.Conflict, "not_uploaded")
	wantKind(t, s.Process(t.Context(), id), errs.Conflict, "conflict")
	if u := s.get(t, id); u.Status != media.Pending || s.events(t, "media.upload_completed", id) != 0 {
		t.Errorf("status %s after a refused completion", u.Status)
	}
	send(t, p, data, nil)

	stranger, admin := testkit.User(t, s.pool, identity.Host), testkit.User(t, s.pool, identity.Admin)
	_, err = s.Complete(t.Context(), stranger, id)
	wantKind(t, err, errs.NotFound, "not_found")
	_, err = s.Get(t.Context(), stranger, id)
	wantKind(t, err, errs.NotFound, "not_found")
	_, err = s.Complete(t.Context(), admin, id)
	wantKind(t, err, errs.Forbidden, "forbidden")
	if _, err = s.Get(t.Context(), admin, id); err != nil {
		t.Errorf("an admin sees it: %v", err)
	}
	for range 2 {
		u, err := s.Complete(t.Context(), s.owner, id)
		if err != nil || u.Status != media.Processing {
			t.Errorf("complete: %s, %v", u.Status, err)
		}
	}
	if n := s.events(t, "media.upload_completed", id); n != 1 {
		t.Errorf("%d events, want 1", n)
	}
}

func TestCompletionsAtOnceMakeOneEvent(t *testing.T) {
	t.Parallel()
	s := newStudio(t)
	data := asJPEG(t, marked(300, 200))
	p := s.create(t, "image/jpeg", len(data))
	send(t, p, data, nil)
	failures := make(chan error, 8)
	for range cap(failures) {
		go func() {
			_, err := s.Complete(t.Context(), s.owner, p.Upload.ID)
			failures <- err
		}()
	}
	for range cap(failures) {
		if err := <-failures; err != nil {
			t.Error(err)
		}
	}
	if n := s.events(t, "media.upload_completed", p.Upload.ID); n != 1 {
		t.Errorf("%d events, want 1", n)
	}
}

func TestARepeatedCreateGivesTheSameUploadWithAWorkingSignature(t *testing.T) {
	t.Parallel()
	s := newStudio(t)
	data := asJPEG(t, marked(300, 200))
	n := media.NewUpload{ContentType: "image/jpeg", SizeBytes: int64(len(data))}
	key := idempotency.NewKey(s.owner.ID, "once", "createUpload", []byte("body"))
	first, err := s.Create(t.Context(), s.owner, n, key)
	if err != nil {
		t.Fatal(err)
	}
	again, err := s.Create(t.Context(), s.owner, n, key)
	if err != nil || again.Upload.ID != first.Upload.ID {
		t.Fatalf("%s, then %s: %v", first.Upload.ID, again.Upload.ID, err)
	}
	if status := send(t, again, data, nil); status != http.StatusOK {
		t.Errorf("PUT answers %d", status)
	}
	_, err = s.Create(t.Context(), s.owner, n, idempotency.NewKey(s.owner.ID, "once", "createUpload", []byte("another")))
	wantKind(t, err, errs.Unprocessable, "key_reused")
	if n, err := s.SweepPending(t.Context(), time.Now().Add(time.Hour), 10); err != nil || n != 1 {
		t.Fatalf("swept %d, %v", n, err)
	}
	_, err = s.Create(t.Context(), s.owner, n, key)
	wantKind(t, err, errs.Conflict, "upload_expired")
}

func TestCreateRefusesWhatCannotBeAPhoto(t *testing.T) {
	t.Parallel()
	s := newStudio(t)
	_, err := s.Create(t.Context(), s.owner, media.NewUpload{ContentType: "image/svg+xml", SizeBytes: media.MaxBytes + 1}, idempotency.Key{})
	var e *errs.Error
	if !errors.As(err, &e) || e.Kind != errs.Invalid {
		t.Fatal(err)
	}
	var fields []string
	for _, f := range e.Fields {
		fields = append(fields, f.Field)
	}
	if diff := cmp.Diff([]string{"content_type", "size_bytes"}, fields); diff != "" {
		t.Error(diff)
	}
}

func TestOpenUploadsAreBounded(t *testing.T) {
	t.Parallel()
	s := newStudio(t)
	_, err := s.pool.Exec(t.Context(), `insert into uploads (id, owner_id, content_type, size_bytes, object_key, created_at)
		select gen_random_uuid(), $1, 'image/jpeg', 10, 'none', now() - interval '23 hours' from generate_series(1, 199)`, s.owner.ID)
	if err != nil {
		t.Fatal(err)
	}
	s.create(t, "image/png", 10)
	n := media.NewUpload{ContentType: "image/png", SizeBytes: 10}
	_, err = s.Create(t.Context(), s.owner, n, idempotency.Key{})
	wantKind(t, err, errs.TooMany, "too_many_uploads")
	if _, err := s.Create(t.Context(), testkit.User(t, s.pool, identity.Host), n, idempotency.Key{}); err != nil {
		t.Errorf("another account: %v", err)
	}
	if _, err := s.pool.Exec(t.Context(), "update uploads set created_at = now() - interval '25 hours'"); err != nil {
		t.Fatal(err)
	}
	s.create(t, "image/png", 10)
}

func TestAdoptedUploadsShareTheObjects(t *testing.T) {
	t.Parallel()
	s := newStudio(t)
	source := s.processed(t, "image/jpeg", asJPEG(t, marked(300, 200)))
	one, two := testkit.User(t, s.pool, identity.Host), testkit.User(t, s.pool, identity.Host)
	waiting := s.create(t, "image/png", 10).Upload.ID
	ids := []uuid.UUID{uuid.New(), uuid.New(), uuid.New(), uuid.New()}
	for _, made := range []int{3, 0} { // a second time does nothing
		n := s.adopt(t, media.Adoption{ID: ids[0], OwnerID: one.ID, SourceID: source.ID}, media.Adoption{ID: ids[1], OwnerID: two.ID, SourceID: source.ID},
			media.Adoption{ID: ids[2], OwnerID: one.ID, SourceID: source.ID}, media.Adoption{ID: ids[3], OwnerID: one.ID, SourceID: waiting})
		if n != made {
			t.Fatalf("%d adopted, want %d: what is not ready cannot be", n, made)
		}
	}
	for i, owner := range []identity.Actor{one, two, one} {
		u, err := s.Get(t.Context(), owner, ids[i])
		if err != nil || u.Status != media.Ready || u.Blurhash != source.Blurhash || u.Width != 300 {
			t.Errorf("%d: %+v, %v", i, u, err)
		}
		if diff := cmp.Diff(source.Variants, u.Variants); diff != "" {
			t.Error(diff)
		}
	}
	for id, want := range map[uuid.UUID]media.Status{ids[0]: media.Ready, waiting: media.Pending} {
		if got, err := s.StatusOf(t.Context(), id); err != nil || got != want {
			t.Errorf("status %s, %v, want %s", got, err, want)
		}
	}
	_, err := s.StatusOf(t.Context(), ids[3])
	wantKind(t, err, errs.NotFound, "not_found")
}

func (s *studio) adopt(t testing.TB, copies ...media.Adoption) (n int) {
	t.Helper()
	err := postgres.Tx(t.Context(), s.pool, func(tx pgx.Tx) (err error) {
		n, err = s.Adopt(t.Context(), tx, time.Now(), copies)
		return err
	})
	if err != nil {
		t.Fatal(err)
	}
	return n
}

func TestAddressesOfPhotos(t *testing.T) {
	t.Parallel()
	for _, c := range []struct {
		s3   config.S3
		want string
	}{
		{config.S3{Endpoint: "http://minio:9000", BucketPrefix: "p-"}, "http://minio:9000/p-photos/k"},
		{config.S3{Endpoint: "http://minio:9000", PublicEndpoint: "https://s3.example.test/", BucketPrefix: "p-"}, "https://s3.example.test/p-photos/k"},
		{config.S3{Endpoint: "http://minio:9000", CDNBaseURL: "https://cdn.example.test/img/"}, "https://cdn.example.test/img/k"},
	} {
		c.s3.AccessKey, c.s3.SecretKey = "a", "b"
		s, err := media.New(nil, c.s3, 0, time.Now)
		if err != nil {
			t.Fatal(err)
		}
		if got := s.URL("k"); got != c.want {
			t.Errorf("got %s, want %s", got, c.want)
		}
	}
	for _, bad := range []config.S3{{Endpoint: "nowhere"}, {Endpoint: "http://a", PublicEndpoint: "::"}, {Endpoint: "http://a b"}} {
		if _, err := media.New(nil, bad, 1, time.Now); err == nil {
			t.Errorf("%+v is taken", bad)
		}
	}
}

func TestSigningNeedsNoNetwork(t *testing.T) {
	t.Parallel()
	s3 := testkit.S3(t)
	s3.PublicEndpoint = "http://192.0.2.1:9" // reserved for documentation: nobody answers there
	pool := testkit.DB(t)
	service, err := media.New(pool, s3, 1, time.Now)
	if err != nil {
		t.Fatal(err)
	}
	p, err := service.Create(t.Context(), testkit.User(t, pool, identity.Host), media.NewUpload{ContentType: "image/png", SizeBytes: 1}, idempotency.Key{})
	if err != nil || !strings.HasPrefix(p.URL, "http://192.0.2.1:9/"+s3.BucketPrefix+"originals/") {
		t.Errorf("%s, %v", p.URL, err)
	}
}

func TestBucketsAreMadeOnceAndReached(t *testing.T) {
	t.Parallel()
	s3 := testkit.S3(t)
	s, err := media.New(nil, s3, 1, time.Now)
	if err != nil {
		t.Fatal(err)
	}
	if err := s.Reach(t.Context()); err == nil || !strings.Contains(err.Error(), "rentora migrate") {
		t.Errorf("without buckets: %v", err)
	}
	for range 2 {
		if err := s.EnsureBuckets(t.Context()); err != nil {
			t.Fatal(err)
		}
	}
	if err := s.Reach(t.Context()); err != nil {
		t.Error(err)
	}
	if res, _ := fetch(t, s3.Endpoint+"/"+s3.BucketPrefix+"photos/"); res.StatusCode != http.StatusForbidden {
		t.Errorf("a stranger's listing answers %d, want 403", res.StatusCode)
	}
}

func TestAStorageThatIsAwayIsWorthARetry(t *testing.T) {
	t.Parallel()
	s := newStudio(t)
	data := asJPEG(t, marked(300, 200))
	id := s.uploaded(t, "image/jpeg", data)
	gone := s.s3
	gone.Endpoint = "http://127.0.0.1:1"
	var heard []string
	away, err := media.New(s.pool, gone, 1, time.Now, media.Observed(func(result string, _ time.Duration) { heard = append(heard, result) }))
	if err != nil {
		t.Fatal(err)
	}
	wantKind(t, away.Process(t.Context(), id), errs.Unavailable, "unavailable")
	if diff := cmp.Diff([]string{"error"}, heard); diff != "" {
		t.Error(diff)
	}
	pending := s.create(t, "image/jpeg", len(data))
	_, err = away.Complete(t.Context(), s.owner, pending.Upload.ID)
	wantKind(t, err, errs.Unavailable, "unavailable")
	wantKind(t, away.EnsureBuckets(t.Context()), errs.Unavailable, "unavailable")
	wantKind(t, away.Reach(t.Context()), errs.Unavailable, "unavailable")
	if u := s.get(t, id); u.Status != media.Processing {
		t.Errorf("status %s, want processing", u.Status)
	}
	if err := s.Process(t.Context(), id); err != nil || s.get(t, id).Status != media.Ready {
		t.Errorf("when it is back: %v", err)
	}
}
