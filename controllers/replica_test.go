package controllers_test

import (
	"context"
	"errors"
	"fmt"
	"net/http"
	"slices"
	"strings"
	"sync"
	"time"

	"k8s.io/client-go/rest"
	ctrl "sigs.k8s.io/controller-runtime"
	"sigs.k8s.io/controller-runtime/pkg/client"
	metricsserver "sigs.k8s.io/controller-runtime/pkg/metrics/server"

	"github.com/rentora/rentora/controllers"
	"github.com/rentora/rentora/controllers/golden"
	"github.com/rentora/rentora/controllers/lag"
)

// replica is one process of the operator.
type replica struct {
	seen  *requests     // what it asked of the API server
	stop  func()        // ends it in order, and returns when it has ended
	ended chan struct{} // closed by then
	err   error         // with which it ended
	cache client.Reader // what it holds in memory
}

// how a replica differs from the usual one.
type how struct {
	elects bool // it acts only while it holds the lease
	writes int  // so many, and the last of them without an answer, until it is cut off; 0: it lives for ever
	with   func(*controllers.Options)
}

// start runs a replica until the test ends or it is stopped; another may be started afterwards.
func (w *world) start(h ...how) *replica {
	w.Helper()
	h = append(h, how{})
	r := &replica{seen: &requests{lives: h[0].writes, cut: make(chan struct{})}, ended: make(chan struct{})}
	own := rest.CopyConfig(config)
	own.Impersonate = rest.ImpersonationConfig{UserName: operator}
	own.Wrap(func(next http.RoundTripper) http.RoundTripper {
		return transport(func(q *http.Request) (*http.Response, error) { return r.seen.pass(next, q) })
	})
	o, err := controllers.ManagerOptions(w.namespace, w.namespace)
	if err != nil {
		w.Fatal(err)
	}
	o.Metrics, o.HealthProbeBindAddress, o.LeaderElection = metricsserver.Options{BindAddress: "0"}, "0", h[0].elects
	if h[0].writes > 0 {
		o.GracefulShutdownTimeout = new(time.Duration) // the dead wait for nobody
	}
	m, err := ctrl.NewManager(own, o)
	if err != nil {
		w.Fatal(err)
	}
	r.cache = m.GetClient()
	options := controllers.Options{Defaults: golden.Defaults(), Name: fmt.Sprintf("%s-%d", w.namespace, time.Now().UnixNano()),
		Facts: w.facts, Changed: w.changed, Lags: noKafka}
	if h[0].with != nil {
		h[0].with(&options)
	}
	if _, err := controllers.Setup(m, options); err != nil {
		w.Fatal(err)
	}
	ctx, cancel := context.WithCancel(context.Background())
	go func() {
		defer close(r.ended)
		r.err = m.Start(ctx)
	}()
	r.stop = sync.OnceFunc(func() {
		cancel()
		<-r.ended
		if r.err != nil && !r.seen.dead() {
			w.Errorf("the operator ended: %v", r.err)
		}
	})
	w.Cleanup(r.stop)
	w.replica = r
	return r
}

func noKafka(context.Context, lag.Kafka, []string) (map[string]int64, error) {
	return nil, errors.New("there is no Kafka")
}

// requests counts what goes to the API server, watches and the lease apart, and can cut all of it off.
type requests struct {
	mu    sync.Mutex
	all   []string
	lease int           // requests about it
	lives int           // writes that are left; 0: no end
	cut   chan struct{} // closed: nothing comes through any more
}

type transport func(*http.Request) (*http.Response, error)

func (f transport) RoundTrip(r *http.Request) (*http.Response, error) { return f(r) }

var errCut = errors.New("the test has cut this operator off")

func (q *requests) pass(next http.RoundTripper, r *http.Request) (*http.Response, error) {
	if q.dead() {
		return nil, errCut
	}
	last := q.note(r)
	answer, err := next.RoundTrip(r)
	if last {
		q.kill()
	}
	if q.dead() { // what it wrote is written; the answer is lost
		if err == nil {
			_ = answer.Body.Close()
		}
		return nil, errCut
	}
	return answer, err
}

// note counts a request and tells whether it is the last one.
func (q *requests) note(r *http.Request) bool {
	q.mu.Lock()
	defer q.mu.Unlock()
	if strings.Contains(r.URL.Path, "/leases") {
		q.lease++
		return false
	}
	if r.URL.Query().Get("watch") == "true" {
		return false
	}
	q.all = append(q.all, r.Method+" "+r.URL.Path)
	if r.Method == http.MethodGet || q.lives == 0 {
		return false
	}
	q.lives--
	return q.lives == 0
}

func (q *requests) leases() int {
	q.mu.Lock()
	defer q.mu.Unlock()
	return q.lease
}

// kill cuts the operator off, as the loss of its node does: it cannot even say goodbye.
func (q *requests) kill() {
	q.mu.Lock()
	defer q.mu.Unlock()
	if !q.dead() {
		close(q.cut)
	}
}

func (q *requests) dead() bool {
	select {
	case <-q.cut:
		return true
	default:
		return false
	}
}

// since gives what was asked after the first n.
func (q *requests) since(n int) []string {
	q.mu.Lock()
	defer q.mu.Unlock()
	return slices.Clone(q.all[n:])
}

func (q *requests) count() int { return len(q.since(0)) }
