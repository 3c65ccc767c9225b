package main

import (
	"context"
	"crypto/tls"
	"crypto/x509"
	"errors"
	"fmt"
	"io"
	"net"
	"net/http"
	"strings"
	"sync"
	"sync/atomic"
	"time"

	corev1 "k8s.io/api/core/v1"
	"sigs.k8s.io/controller-runtime/pkg/client"
)

// visitor speaks to the platform as a browser would: to its public address, which leads to the cluster's ingress.
func (e *env) visitor(ctx context.Context) (*http.Client, error) {
	if e.ca == nil { // made by an earlier run
		var s corev1.Secret
		if err := e.Get(ctx, client.ObjectKey{Namespace: space, Name: tlsSecret}, &s); err != nil {
			return nil, err
		}
		e.ca = s.Data[corev1.TLSCertKey]
	}
	pool := x509.NewCertPool()
	pool.AppendCertsFromPEM(e.ca)
	dial := &net.Dialer{Timeout: 5 * time.Second}
	return &http.Client{Timeout: 15 * time.Second, Transport: &http.Transport{
		TLSClientConfig: &tls.Config{RootCAs: pool, MinVersion: tls.VersionTLS12}, MaxIdleConnsPerHost: 64,
		DialContext: func(ctx context.Context, network, address string) (net.Conn, error) {
			_, port, err := net.SplitHostPort(address)
			if err != nil {
				return nil, err
			}
			return dial.DialContext(ctx, network, net.JoinHostPort(nodeOne, port))
		},
	}}, nil
}

// load asks the public address again and again until it is stopped.
type load struct {
	asked, failed atomic.Int64
	mu            sync.Mutex
	first         string // what the first failure was
	trips         []trip
	taken         int // dates that somebody else had
	stop          context.CancelFunc
	done          sync.WaitGroup
}

// begin puts the platform under a load of clients side by side, each pausing for a while between two requests, of guests who
// book, and of two people who look at pages of the site, for five minutes at most.
func (e *env) begin(ctx context.Context, clients int, pause time.Duration, guests ...guest) (*load, error) {
	l := &load{}
	c, err := e.visitor(ctx)
	if err != nil {
		return nil, err
	}
	ctx, l.stop = context.WithTimeout(ctx, 5*time.Minute)
	for i := range clients {
		path := []string{"/api/v1/search/listings?limit=5", "/api/v1/search/places?q=por"}[i%2]
		l.done.Go(func() { l.run(ctx, c, "https://"+domain+path, pause) })
	}
	for _, path := range []string{"/", "/stays?q=Porto"} {
		l.done.Go(func() { l.run(ctx, c, "https://"+domain+path, max(pause, 200*time.Millisecond)) })
	}
	for _, g := range guests {
		l.done.Go(func() { l.travel(ctx, g) })
	}
	return l, nil
}

func (l *load) run(ctx context.Context, c *http.Client, url string, pause time.Duration) {
	for ctx.Err() == nil {
		err := ask(ctx, c, url)
		if ctx.Err() != nil {
			return
		}
		l.count(err)
		select {
		case <-ctx.Done():
		case <-time.After(pause):
		}
	}
}

// count counts one request, and whether it failed.
func (l *load) count(err error) {
	l.asked.Add(1)
	if err == nil {
		return
	}
	l.failed.Add(1)
	l.mu.Lock()
	defer l.mu.Unlock()
	if l.first == "" {
		l.first = err.Error()
	}
}

func ask(ctx context.Context, c *http.Client, url string) error {
	req, err := http.NewRequestWithContext(ctx, http.MethodGet, url, nil)
	if err != nil {
		return err
	}
	if req.URL.Path != "/api" && !strings.HasPrefix(req.URL.Path, "/api/") {
		req.Header.Set("Accept", "text/html")
	}
	resp, err := c.Do(req)
	if err != nil {
		return err
	}
	defer func() { _ = resp.Body.Close() }()
	body, err := io.ReadAll(resp.Body)
	if err != nil {
		return err
	}
	// A refusal for too many requests is an answer; everything else that is no success is a failure.
	if resp.StatusCode >= 400 && resp.StatusCode != http.StatusTooManyRequests {
		return fmt.Errorf("%d: %s", resp.StatusCode, body)
	}
	return nil
}

// end stops the load and wants no failed request.
func (l *load) end(e *env) error {
	l.stop()
	l.done.Wait()
	e.note("%d requests, %d failed", l.asked.Load(), l.failed.Load())
	if l.asked.Load() == 0 {
		return errors.New("the load asked nothing")
	}
	if l.failed.Load() > 0 {
		return fmt.Errorf("%d of %d requests failed; the first: %s", l.failed.Load(), l.asked.Load(), l.first)
	}
	return nil
}
