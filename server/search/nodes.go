package search

import (
	"bytes"
	"context"
	"io"
	"net/http"
	"net/url"
	"sync/atomic"
)

// nodes sends a request to one node of the search server, and to the next when that one is away or failing. Everything
// that is sent may be sent twice: searches change nothing, and writes name their documents.
type nodes struct {
	client *http.Client
	urls   []*url.URL
	key    string
	good   atomic.Uint32 // the node that answered last
}

// Do sends a request that was written for the first node.
func (n *nodes) Do(r *http.Request) (*http.Response, error) {
	body, err := replayable(r)
	if err != nil {
		return nil, err
	}
	begin := int(n.good.Load())
	for i := 0; ; i++ {
		at := (begin + i) % len(n.urls)
		answer, err := n.client.Do(n.aimed(r, at, body))
		last := i == len(n.urls)-1 || r.Context().Err() != nil
		switch {
		case err != nil && last:
			return nil, err
		case err != nil:
			continue
		case answer.StatusCode < 500 || last:
			n.good.Store(uint32(at))
			return answer, nil
		}
		_, _ = io.Copy(io.Discard, io.LimitReader(answer.Body, 64<<10)) // so that the connection can be used again
		_ = answer.Body.Close()
	}
}

func (n *nodes) aimed(r *http.Request, at int, body []byte) *http.Request {
	aimed := r.Clone(r.Context())
	aimed.Header.Set("X-TYPESENSE-API-KEY", n.key)
	aimed.URL.Scheme, aimed.URL.Host, aimed.Host = n.urls[at].Scheme, n.urls[at].Host, n.urls[at].Host
	if r.Body != nil {
		aimed.Body = io.NopCloser(bytes.NewReader(body))
	}
	return aimed
}

func replayable(r *http.Request) ([]byte, error) {
	if r.Body == nil {
		return nil, nil
	}
	defer r.Body.Close()
	return io.ReadAll(r.Body)
}

// send asks the path of whichever node answers.
func (n *nodes) send(ctx context.Context, method, path string, body io.Reader) (*http.Response, error) {
	r, err := http.NewRequestWithContext(ctx, method, n.urls[0].String()+path, body)
	if err != nil {
		return nil, err
	}
	if body != nil {
		r.Header.Set("Content-Type", "application/json")
	}
	return n.Do(r)
}
