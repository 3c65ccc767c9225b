package search

import (
	"context"
	"errors"
	"io"
	"net"
	"net/http"
	"net/http/httptest"
	"runtime"
	"strings"
	"sync"
	"sync/atomic"
	"testing"
	"time"

	"github.com/rentora/rentora/server/config"
	"github.com/rentora/rentora/server/testkit"
)

// cluster is a transport over fake nodes: only faults of the way are tried here, what a search means is tried on a real one.
func cluster(t testing.TB, handlers ...http.HandlerFunc) (*nodes, []*atomic.Int32) {
	t.Helper()
	var urls []string
	asked := make([]*atomic.Int32, len(handlers))
	for i, handle := range handlers {
		asked[i] = &atomic.Int32{}
		server := httptest.NewServer(http.HandlerFunc(func(rw http.ResponseWriter, r *http.Request) {
			asked[i].Add(1)
			handle(rw, r)
		}))
		t.Cleanup(server.Close)
		urls = append(urls, server.URL)
	}
	_, n, err := open(config.Typesense{URL: strings.Join(urls, ","), APIKey: "k"})
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(n.client.CloseIdleConnections)
	return n, asked
}

func echo(rw http.ResponseWriter, r *http.Request) {
	body, _ := io.ReadAll(r.Body)
	_, _ = rw.Write([]byte(r.Method + " " + r.URL.Path + " " + string(body) + " " + r.Header.Get("X-TYPESENSE-API-KEY")))
}

func failing(status int) http.HandlerFunc {
	return func(rw http.ResponseWriter, _ *http.Request) { rw.WriteHeader(status) }
}

func silent(_ http.ResponseWriter, r *http.Request) {
	_, _ = io.ReadAll(r.Body)
	<-r.Context().Done()
}

func cut(rw http.ResponseWriter, _ *http.Request) {
	conn, _, err := rw.(http.Hijacker).Hijack()
	if err == nil {
		conn.Close()
	}
}

func ask(ctx context.Context, n *nodes) (string, error) {
	answer, err := n.send(ctx, http.MethodPost, "/x", strings.NewReader("body"))
	if err != nil {
		return "", err
	}
	defer answer.Body.Close()
	content, err := io.ReadAll(answer.Body)
	return string(content), err
}

func TestAPostIsRepeatedAtTheNextNode(t *testing.T) {
	t.Parallel()
	for name, bad := range map[string]http.HandlerFunc{
		"a follower without leader": failing(500), "loading": failing(503), "cut": cut, "silent": silent,
	} {
		n, asked := cluster(t, bad, bad, echo)
		ctx, cancel := context.WithTimeout(t.Context(), 3*time.Second)
		defer cancel()
		for range 3 {
			if got, err := ask(ctx, n); err != nil || got != "POST /x body k" {
				t.Errorf("%s: %q, %v", name, got, err)
			}
		}
		if first, second := asked[0].Load(), asked[1].Load(); first > 2 || second > 2 { // Go may repeat once on a connection that was cut
			t.Errorf("%s: the bad nodes were asked %d and %d times, though another answers", name, first, second)
		}
	}
}

func TestWhatIsOurFaultIsNotRepeated(t *testing.T) {
	t.Parallel()
	n, asked := cluster(t, failing(404), echo)
	answer, err := n.send(t.Context(), http.MethodGet, "/x", nil)
	if err != nil || answer.StatusCode != 404 || asked[1].Load() != 0 {
		t.Errorf("%v, the other was asked %d times", err, asked[1].Load())
	}
	answer.Body.Close()
}

func TestTheLastFailureIsTheAnswer(t *testing.T) {
	t.Parallel()
	n, _ := cluster(t, failing(500), failing(503))
	answer, err := n.send(t.Context(), http.MethodGet, "/x", nil)
	if err != nil || answer.StatusCode != 503 {
		t.Fatalf("%+v, %v", answer, err)
	}
	answer.Body.Close()
}

func TestTheContextEndsARequest(t *testing.T) {
	t.Parallel()
	n, asked := cluster(t, silent, silent)
	ctx, cancel := context.WithCancel(t.Context())
	began := time.Now()
	go func() {
		for asked[0].Load() == 0 {
			runtime.Gosched()
		}
		cancel()
	}()
	if _, err := ask(ctx, n); !errors.Is(err, context.Canceled) {
		t.Errorf("%v", err)
	}
	if asked[1].Load() != 0 || time.Since(began) > 10*time.Second {
		t.Errorf("after the end another node was asked %d times; it took %s", asked[1].Load(), time.Since(began))
	}
}

func TestASilentNodeIsLeftByTheNextRequest(t *testing.T) {
	t.Parallel()
	n, _ := cluster(t, echo, silent)
	n.good.Store(1)
	ctx, cancel := context.WithTimeout(t.Context(), 2*time.Second)
	defer cancel()
	if got, err := ask(ctx, n); err != nil || n.good.Load() != 0 {
		t.Errorf("%q, %v; the next begins at %d", got, err, n.good.Load())
	}
}

func connections(live *atomic.Int32) func(net.Conn, http.ConnState) {
	return func(_ net.Conn, state http.ConnState) {
		switch state {
		case http.StateNew:
			live.Add(1)
		case http.StateClosed, http.StateHijacked:
			live.Add(-1)
		}
	}
}

// Failures must leave neither connections nor goroutines behind.
func TestFailuresLeaveNothingOpen(t *testing.T) {
	t.Parallel()
	var live atomic.Int32
	count := func(c http.HandlerFunc) *httptest.Server {
		server := httptest.NewUnstartedServer(c)
		server.Config.ConnState = connections(&live)
		server.Start()
		t.Cleanup(server.Close)
		return server
	}
	bad, good := count(failing(500)), count(echo)
	_, n, err := open(config.Typesense{URL: bad.URL + "," + good.URL, APIKey: "k"})
	if err != nil {
		t.Fatal(err)
	}
	var group sync.WaitGroup
	for range 4 {
		group.Go(func() {
			for range 100 {
				n.good.Store(0) // every request begins at the bad one
				if _, err := ask(t.Context(), n); err != nil {
					t.Error(err)
				}
				ctx, cancel := context.WithCancel(t.Context())
				cancel()
				if _, err := ask(ctx, n); err == nil {
					t.Error("a request whose context has ended is answered")
				}
			}
		})
	}
	group.Wait()
	if left := live.Load(); left > 2*4+2 {
		t.Errorf("%d connections are open after 800 requests of 4 callers to 2 nodes", left)
	}
	n.client.CloseIdleConnections()
	testkit.Eventually(t, 10*time.Second, func() error {
		if left := live.Load(); left != 0 {
			return errors.New("connections stay open")
		}
		return nil
	})
}

// Its time is 30 s; one that ran out would make a dead letter of what only waits for the search.
func TestNodesThatHangAreAwayBeforeTheHandlersTimeIsOver(t *testing.T) {
	t.Parallel()
	n, asked := cluster(t, silent, silent, silent)
	ctx, cancel := context.WithTimeout(t.Context(), 30*time.Second)
	defer cancel()
	if _, err := ask(ctx, n); err == nil || ctx.Err() != nil {
		t.Errorf("%v, and the handler's time: %v", err, ctx.Err())
	}
	for i, times := range asked {
		if times.Load() != 1 {
			t.Errorf("node %d was asked %d times", i, times.Load())
		}
	}
}
