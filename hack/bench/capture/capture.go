// Package capture stands between two servers and remembers what the one asks the other.
package capture

import (
	"bytes"
	"io"
	"net/http"
	"net/http/httptest"
	"net/http/httputil"
	"net/url"
	"sync"
)

// Proxy passes everything on to a server. Its methods may be called concurrently.
type Proxy struct {
	URL    string
	server *httptest.Server

	mu   sync.Mutex
	seen []Asked
}

// Asked is one request that has a body.
type Asked struct {
	Path string // with its query
	Body []byte
}

// New starts a proxy on the loopback interface. Close it.
func New(target string) (*Proxy, error) {
	to, err := url.Parse(target)
	if err != nil {
		return nil, err
	}
	p := &Proxy{}
	onward := &httputil.ReverseProxy{Rewrite: func(r *httputil.ProxyRequest) { r.SetURL(to) }}
	p.server = httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		body, err := io.ReadAll(r.Body)
		if err != nil {
			http.Error(w, err.Error(), http.StatusBadRequest)
			return
		}
		if len(body) > 0 {
			p.remember(Asked{Path: r.URL.RequestURI(), Body: body})
		}
		r.Body = io.NopCloser(bytes.NewReader(body))
		onward.ServeHTTP(w, r)
	}))
	p.URL = p.server.URL
	return p, nil
}

func (p *Proxy) remember(a Asked) {
	p.mu.Lock()
	defer p.mu.Unlock()
	p.seen = append(p.seen, a)
}

// Take gives what was asked since the last call.
func (p *Proxy) Take() []Asked {
	p.mu.Lock()
	defer p.mu.Unlock()
	taken := p.seen
	p.seen = nil
	return taken
}

// Close ends it.
func (p *Proxy) Close() { p.server.Close() }
