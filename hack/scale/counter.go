package main

import (
	"context"
	"fmt"
	"net"
	"net/http"
	"net/http/httputil"
	"net/url"
	"strings"
	"sync"
	"time"

	"k8s.io/client-go/rest"
)

// counter stands between the operator and the API server, and counts what the operator asks, by verb and path. Three things that go
// on by themselves are left out: watches, the lease that it holds, and the list of the cluster's APIs, which it takes once a minute.
type counter struct {
	address string
	server  *http.Server
	mu      sync.Mutex
	asked   map[string]int
}

// count begins to stand there.
func count(ctx context.Context, config *rest.Config) (*counter, error) {
	target, err := url.Parse(config.Host)
	if err != nil {
		return nil, err
	}
	transport, err := rest.TransportFor(config)
	if err != nil {
		return nil, err
	}
	listener, err := (&net.ListenConfig{}).Listen(ctx, "tcp", "127.0.0.1:0")
	if err != nil {
		return nil, err
	}
	c := &counter{address: listener.Addr().String(), asked: map[string]int{}}
	proxy := &httputil.ReverseProxy{Transport: transport, FlushInterval: -1, Rewrite: func(r *httputil.ProxyRequest) { r.SetURL(target) }}
	c.server = &http.Server{ReadHeaderTimeout: time.Minute, Handler: http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		c.note(r)
		proxy.ServeHTTP(w, r)
	})}
	go func() { _ = c.server.Serve(listener) }()
	return c, nil
}

func (c *counter) note(r *http.Request) {
	path := r.URL.Path
	if r.URL.Query().Has("watch") || strings.Contains(path, "/leases") || path == "/api" || path == "/apis" {
		return
	}
	c.mu.Lock()
	defer c.mu.Unlock()
	c.asked[r.Method+" "+path]++
}

// since gives the number of requests since it was called last, and says which they were.
func (c *counter) since() (n int, which []string) {
	c.mu.Lock()
	defer c.mu.Unlock()
	for what, times := range c.asked {
		n += times
		which = append(which, fmt.Sprintf("%d × %s", times, what))
	}
	clear(c.asked)
	return n, which
}

// kubeconfig leads the operator here. It needs no password: the counter has the one of the API server.
func (c *counter) kubeconfig() []byte {
	return fmt.Appendf(nil, `{"apiVersion": "v1", "kind": "Config", "current-context": "counted",
  "clusters": [{"name": "counted", "cluster": {"server": "http://%s"}}], "contexts": [{"name": "counted", "context": {"cluster": "counted"}}]}
`, c.address)
}
