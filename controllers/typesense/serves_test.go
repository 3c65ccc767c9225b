package typesense

import (
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"net/http"
	"net/url"
	"path/filepath"
	"strconv"
	"strings"
	"syscall"
	"testing"

	"github.com/rentora/rentora/api/v1alpha1"
	"github.com/rentora/rentora/controllers/golden"
	"github.com/rentora/rentora/controllers/rehearsal"
	"github.com/rentora/rentora/hack/stack/probe"
	"github.com/rentora/rentora/hack/stack/process"
)

// search is the real server with the rendered arguments.
type search struct {
	*testing.T
	*rehearsal.Program
	folder string
	ports  []int
}

// start runs the server; it may be started again after its end.
func (s *search) start() {
	s.Helper()
	here := strings.NewReplacer("=/data/index", "="+s.folder, "=0.0.0.0", "=127.0.0.1", "=8108", "="+strconv.Itoa(s.ports[0]), "=8107", "="+strconv.Itoa(s.ports[1]))
	var args []string
	for _, arg := range typesense(golden.Input(golden.Platform(v1alpha1.Dev))).Args {
		args = append(args, here.Replace(arg))
	}
	s.Program = rehearsal.Start(s.T, process.Spec{Path: rehearsal.Installed(s.T, "typesense").Typesense, Args: args, Env: []string{"TYPESENSE_API_KEY=a key"}})
}

// ask gives the status and the text of an answer.
func (s *search) ask(ctx context.Context, key, method, path, body string) (int, string, error) {
	q, err := http.NewRequestWithContext(ctx, method, fmt.Sprintf("http://127.0.0.1:%d%s", s.ports[0], path), strings.NewReader(body))
	if err != nil {
		return 0, "", err
	}
	q.Header.Set("X-TYPESENSE-API-KEY", key)
	answer, err := http.DefaultClient.Do(q)
	if err != nil {
		return 0, "", err
	}
	defer answer.Body.Close()
	text, err := io.ReadAll(answer.Body)
	return answer.StatusCode, string(text), err
}

// must asks with the right key and wants a good answer.
func (s *search) must(method, path, body string) string {
	s.Helper()
	code, text, err := s.ask(s.Context(), "a key", method, path, body)
	if err != nil || code/100 != 2 {
		s.Fatalf("%s %s: %d %s %v", method, path, code, text, err)
	}
	return text
}

// healthy asks the question of the readiness probe.
func (s *search) healthy(ctx context.Context) error {
	code, text, err := s.ask(ctx, "", http.MethodGet, "/health", "")
	if err == nil && code != http.StatusOK {
		err = fmt.Errorf("%d %s", code, text)
	}
	return err
}

// fill imports so many places, the first of them with this number.
func (s *search) fill(first, n int) {
	s.Helper()
	var lines strings.Builder
	for i := range n {
		fmt.Fprintf(&lines, "{\"id\": \"%d\", \"title\": \"place number %d by the sea\", \"price\": %d}\n", first+i, first+i, first+i)
	}
	if text := s.must(http.MethodPost, "/collections/places/documents/import", lines.String()); strings.Count(text, `"success":true`) != n {
		s.Fatalf("%d of %d were taken in", strings.Count(text, `"success":true`), n)
	}
}

// found gives how many places a search finds, and whether it finds the last one.
func (s *search) found(last int) (int, bool) {
	s.Helper()
	var answer struct {
		Found int
		Hits  []struct{ Document struct{ Price int } }
	}
	text := s.must(http.MethodGet, "/collections/places/documents/search?q=sea&query_by=title&sort_by=price:desc&per_page=1", "")
	if err := json.Unmarshal([]byte(text), &answer); err != nil {
		s.Fatal(err)
	}
	return answer.Found, len(answer.Hits) == 1 && answer.Hits[0].Document.Price == last
}

// TestServes starts the real server with the rendered arguments, wants it to know the key of the environment, and kills it full:
// from the first moment at which it calls itself healthy it finds what stood in the snapshot, and what came after follows by itself.
func TestServes(t *testing.T) {
	t.Parallel()
	s := &search{T: t, folder: t.TempDir(), ports: probe.FreePorts(2)}
	s.start()
	s.Await(s.healthy)
	for key, want := range map[string]int{"a key": http.StatusOK, "another": http.StatusUnauthorized} {
		if code, _, err := s.ask(t.Context(), key, http.MethodGet, "/collections", ""); err != nil || code != want {
			t.Errorf("%q: %d %v", key, code, err)
		}
	}
	s.must(http.MethodPost, "/collections", `{"name": "places", "fields": [{"name": "title", "type": "string"}, {"name": "price", "type": "int32"}]}`)
	const half = 10_000
	s.fill(0, half)
	s.must(http.MethodPost, "/operations/snapshot?snapshot_path="+url.QueryEscape(filepath.Join(t.TempDir(), "copy")), "")
	s.Await(func(context.Context) error {
		if found, err := filepath.Glob(filepath.Join(s.folder, "state", "snapshot", "snapshot_*")); err != nil || len(found) == 0 {
			return errors.Join(errors.New("there is no snapshot"), err)
		}
		return nil
	})
	s.fill(half, half)
	for range 3 {
		s.Kill()
		s.start()
		s.Await(s.healthy)
		if n, _ := s.found(2*half - 1); n < half {
			t.Errorf("a server that calls itself healthy finds %d of the %d places of its snapshot", n, half)
		}
		s.Await(func(context.Context) error {
			if n, last := s.found(2*half - 1); n != 2*half || !last {
				return fmt.Errorf("it finds %d of %d places, the last one: %t", n, 2*half, last)
			}
			return nil
		})
	}
	s.Stop(syscall.SIGTERM)
}
