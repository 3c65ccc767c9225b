package search

import (
	"errors"
	"io"
	"net"
	"net/http"
	"net/http/httptest"
	"testing"
	"time"

	"github.com/google/uuid"

	"github.com/rentora/rentora/server/config"
	"github.com/rentora/rentora/server/errs"
)

// fake is a search server that answers as it is told.
func fake(t testing.TB, handle http.HandlerFunc) config.Typesense {
	t.Helper()
	server := httptest.NewServer(handle)
	t.Cleanup(server.Close)
	return config.Typesense{URL: server.URL, APIKey: "k", Collection: "c", Timeout: 300 * time.Millisecond}
}

func nobody(t testing.TB) string {
	t.Helper()
	l, err := net.Listen("tcp", "127.0.0.1:0")
	if err != nil {
		t.Fatal(err)
	}
	defer l.Close()
	return "http://" + l.Addr().String()
}

func wantAway(t *testing.T, err error) {
	t.Helper()
	var e *errs.Error
	if !errors.As(err, &e) || e.Kind != errs.Unavailable || e.Code != "search_unavailable" || e.RetryAfter == 0 {
		t.Errorf("got %v, want search_unavailable", err)
	}
}

func TestASearchServerThatIsAway(t *testing.T) {
	t.Parallel()
	w := newWorld(t, plain(nil))
	hangs := func(_ http.ResponseWriter, r *http.Request) {
		_, _ = io.ReadAll(r.Body)
		<-r.Context().Done()
	}
	says := func(status int, body string) http.HandlerFunc {
		return func(rw http.ResponseWriter, _ *http.Request) {
			rw.Header().Set("Content-Type", "application/json")
			rw.WriteHeader(status)
			_, _ = io.WriteString(rw, body)
		}
	}
	for name, c := range map[string]config.Typesense{
		"unreachable":      {URL: nobody(t), Collection: "c", Timeout: 300 * time.Millisecond},
		"not ready":        fake(t, says(503, `{"message": "Not Ready or Lagging"}`)),
		"empty":            fake(t, says(500, "")),
		"hangs":            fake(t, hangs),
		"a part fails":     fake(t, says(200, `{"results":[{"code":503,"error":"Not Ready"}]}`)),
		"no answer in it":  fake(t, says(200, `{"results":[]}`)),
		"no such index":    fake(t, says(200, `{"results":[{"code":404,"error":"Not found."}]}`)),
		"nonsense":         fake(t, says(200, `<html>`)),
		"an import breaks": fake(t, says(200, `{"success":false,"code":500,"error":"x"}`)),
	} {
		s := w.service(c)
		begin := time.Now()
		_, err := s.Search(t.Context(), Query{})
		wantAway(t, err)
		if took := time.Since(begin); took > 5*time.Second {
			t.Errorf("%s: took %s", name, took)
		}
		if name != "hangs" && name != "no such index" && name != "a part fails" && name != "no answer in it" {
			_, err := s.upsert(t.Context(), "c", []string{"{}"})
			wantAway(t, err)
			if name == "unreachable" {
				wantAway(t, s.EnsureCollection(t.Context(), func(int, int) {}))
			}
		}
	}
	refuses := w.service(fake(t, says(200, `{"results":[{"code":400,"error":"Could not find a field"}]}`)))
	if _, err := refuses.Search(t.Context(), Query{}); errs.KindOf(err) != errs.Internal {
		t.Errorf("nonsense of ours is %v", err)
	}
}

func TestTheNextNodeAnswers(t *testing.T) {
	t.Parallel()
	w := newWorld(t, plain(nil))
	broken := fake(t, func(rw http.ResponseWriter, _ *http.Request) { rw.WriteHeader(500) })
	c := w.config
	c.URL = nobody(t) + ", " + broken.URL + "," + w.config.URL
	s := w.service(c)
	for range 3 {
		if r, err := s.Search(t.Context(), Query{}); err != nil || r.Found != 1 {
			t.Fatalf("%d found, %v", r.Found, err)
		}
	}
	w.exec("update listings set status = 'paused'")
	var id uuid.UUID
	if err := w.pool.QueryRow(t.Context(), "select id from listings").Scan(&id); err != nil {
		t.Fatal(err)
	}
	if err := s.Index(t.Context(), id); err != nil || w.size() != 0 {
		t.Errorf("a write with two nodes down: %v", err)
	}
}

func TestAWrongURLIsRefusedAtTheStart(t *testing.T) {
	t.Parallel()
	for _, url := range []string{"", "localhost", "http://", "http://a,%%"} {
		if _, err := New(nil, config.Typesense{URL: url}, time.Now); !errs.Is(err, errs.Invalid) {
			t.Errorf("%q: %v", url, err)
		}
	}
}
