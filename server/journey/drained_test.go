package journey_test

import (
	"context"
	"errors"
	"io"
	"net"
	"net/http"
	"strings"
	"sync"
	"sync/atomic"
	"syscall"
	"testing"
	"time"

	"github.com/rentora/rentora/server/testkit"
)

// TestAnAPIThatStopsFailsNobody stops an API under load whose clients learn only later that there is another one, and keep
// their connections. Each request is sent once, as one that books is, and every one is answered.
func TestAnAPIThatStopsFailsNobody(t *testing.T) {
	t.Parallel()
	p := testkit.StartProgram(t, "RENTORA_HTTP_DRAIN_TIME", "5s")
	other := p.AnotherAPI()
	var target atomic.Value // host:port that new connections go to
	target.Store(strings.TrimPrefix(p.API.Base(), "http://"))
	var dialer net.Dialer
	transport := &http.Transport{MaxIdleConnsPerHost: 16, DialContext: func(ctx context.Context, network, _ string) (net.Conn, error) {
		return dialer.DialContext(ctx, network, target.Load().(string))
	}}
	defer transport.CloseIdleConnections()
	client := &http.Client{Transport: transport, Timeout: 20 * time.Second}
	var answered, failed atomic.Int64
	ctx, stop := context.WithCancel(t.Context())
	defer stop()
	var clients sync.WaitGroup
	for range 16 {
		clients.Go(func() {
			for ctx.Err() == nil {
				if err := post(client); err != nil {
					failed.Add(1)
					t.Error(err)
					return
				}
				answered.Add(1)
			}
		})
	}
	awaitMore(t, &answered, 500)
	p.API.Signal(syscall.SIGTERM)
	testkit.Eventually(t, 4*time.Second, func() error { return isStopping(p.API.Base()) })
	awaitMore(t, &answered, 50) // nobody knows yet
	target.Store(strings.TrimPrefix(other.Base(), "http://"))
	<-p.API.Ended()
	awaitMore(t, &answered, 500)
	stop()
	clients.Wait()
	if n := failed.Load(); n > 0 {
		t.Errorf("%d of %d requests failed", n, n+answered.Load())
	}
}

// isStopping wants to hear that the API is about to go.
func isStopping(base string) error {
	answer, err := http.Get(base + "/readyz")
	if err != nil {
		return err
	}
	defer answer.Body.Close()
	body, err := io.ReadAll(answer.Body)
	if err == nil && (answer.StatusCode != http.StatusServiceUnavailable || !strings.Contains(string(body), "stopping")) {
		err = errors.New("/readyz answers " + answer.Status)
	}
	return err
}

// post sends what no client repeats by itself: a log-in that is refused.
func post(client *http.Client) error {
	answer, err := client.Post("http://rentora.test/api/v1/auth/login", "application/json", strings.NewReader(`{}`))
	if err != nil {
		return err
	}
	defer answer.Body.Close()
	_, err = io.Copy(io.Discard, answer.Body)
	return err
}

// awaitMore waits until so many more were counted.
func awaitMore(t *testing.T, counter *atomic.Int64, more int64) {
	t.Helper()
	want := counter.Load() + more
	testkit.Eventually(t, 30*time.Second, func() error {
		if counter.Load() < want {
			return errors.New("too few answers yet")
		}
		return nil
	})
}
