package media_test

import (
	"bytes"
	"context"
	"errors"
	"io"
	"net/http"
	"testing"
	"time"

	"github.com/google/uuid"
	"github.com/jackc/pgx/v5/pgxpool"

	"github.com/rentora/rentora/server/config"
	"github.com/rentora/rentora/server/errs"
	"github.com/rentora/rentora/server/idempotency"
	"github.com/rentora/rentora/server/identity"
	"github.com/rentora/rentora/server/media"
	"github.com/rentora/rentora/server/testkit"
)

// studio is the room on real servers, with an owner.
type studio struct {
	*media.Service
	pool  *pgxpool.Pool
	s3    config.S3
	owner identity.Actor
}

func newStudio(t testing.TB, options ...media.Option) *studio {
	t.Helper()
	pool, s3 := testkit.DB(t), testkit.S3(t)
	service, err := media.New(pool, s3, 2, time.Now, options...)
	if err != nil {
		t.Fatal(err)
	}
	if err := service.EnsureBuckets(t.Context()); err != nil {
		t.Fatal(err)
	}
	return &studio{service, pool, s3, testkit.User(t, pool, identity.Host)}
}

func (s *studio) create(t testing.TB, contentType string, size int) media.Presigned {
	t.Helper()
	p, err := s.Create(t.Context(), s.owner, media.NewUpload{ContentType: contentType, SizeBytes: int64(size)}, idempotency.Key{})
	if err != nil {
		t.Fatal(err)
	}
	return p
}

// uploaded is a completed upload of data, not processed yet.
func (s *studio) uploaded(t testing.TB, contentType string, data []byte) uuid.UUID {
	t.Helper()
	p := s.create(t, contentType, len(data))
	if status := send(t, p, data, nil); status != http.StatusOK {
		t.Fatalf("PUT answers %d", status)
	}
	if _, err := s.Complete(t.Context(), s.owner, p.Upload.ID); err != nil {
		t.Fatal(err)
	}
	return p.Upload.ID
}

// processed is an upload of data after the worker has seen it.
func (s *studio) processed(t testing.TB, contentType string, data []byte) media.Upload {
	t.Helper()
	id := s.uploaded(t, contentType, data)
	if err := s.Process(t.Context(), id); err != nil {
		t.Fatal(err)
	}
	return s.get(t, id)
}

func (s *studio) get(t testing.TB, id uuid.UUID) media.Upload {
	t.Helper()
	u, err := s.Get(t.Context(), s.owner, id)
	if err != nil {
		t.Fatal(err)
	}
	return u
}

// events counts the outbox rows of a type about an upload.
func (s *studio) events(t testing.TB, kind string, id uuid.UUID) (n int) {
	t.Helper()
	if err := s.pool.QueryRow(t.Context(), "select count(*) from outbox where type = $1 and key = $2", kind, id.String()).Scan(&n); err != nil {
		t.Fatal(err)
	}
	return n
}

// send makes the presigned request as a browser would, with changed headers when some are given.
func send(t testing.TB, p media.Presigned, data []byte, change map[string]string) int {
	t.Helper()
	req, err := http.NewRequestWithContext(t.Context(), p.Method, p.URL, bytes.NewReader(data))
	if err != nil {
		t.Fatal(err)
	}
	for name, value := range p.Headers {
		req.Header.Set(name, value) // net/http sends the length of the body, whatever Content-Length says here
	}
	for name, value := range change {
		req.Header.Set(name, value)
	}
	res, err := http.DefaultClient.Do(req)
	if err != nil {
		t.Fatal(err)
	}
	defer res.Body.Close()
	return res.StatusCode
}

func fetch(t testing.TB, url string) (*http.Response, []byte) {
	t.Helper()
	req, err := http.NewRequestWithContext(t.Context(), http.MethodGet, url, nil)
	if err != nil {
		t.Fatal(err)
	}
	res, err := http.DefaultClient.Do(req)
	if err != nil {
		t.Fatal(err)
	}
	defer res.Body.Close()
	body, err := io.ReadAll(res.Body)
	if err != nil {
		t.Fatal(err)
	}
	return res, body
}

func wantKind(t testing.TB, err error, kind errs.Kind, code string) {
	t.Helper()
	var e *errs.Error
	if !errors.As(err, &e) || e.Kind != kind || e.Code != code {
		t.Errorf("got %v, want %s with the code %s", err, kind, code)
	}
}

func cancelled() context.Context {
	ctx, cancel := context.WithCancel(context.Background())
	cancel()
	return ctx
}
