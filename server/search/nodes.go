package search

import (
	"bytes"
	"context"
	"errors"
	"io"
	"net/http"
	"net/url"
	"sync/atomic"
	"time"
)

// nodes sends a request to one node of the search server, and to the next when that one is away, failing or silent.
// Everything that is sent may be sent twice: searches change nothing, and writes name their documents. It is safe for
// concurrent use.
type nodes struct {
	client *http.Client
	urls   []*url.URL
	key    string
	good   atomic.Uint32 // the node that answered last
}

// errSilent is why a node is left before the request's own time is over: the others need some of it.
var errSilent = errors.New("search: the node did not answer in its share of the time")

// Do sends a request that was written for the first node.
func (n *nodes) Do(r *http.Request) (*http.Response, error) {
	body, err := replayable(r)
	if err != nil {
		return nil, err
	}
	begin := int(n.good.Load())
	for i := 0; ; i++ {
		at, left := (begin+i)%len(n.urls), len(n.urls)-i
		answer, err := n.try(r, at, left, body)
		if err == nil && answer.StatusCode < 500 {
			n.good.Store(uint32(at))
			return answer, nil
		}
		if left == 1 || r.Context().Err() != nil {
			if err != nil {
				n.good.Store(uint32((at + 1) % len(n.urls))) // the next request begins elsewhere: this node may only be silent
			}
			return answer, err
		}
		if err == nil {
			_, _ = io.Copy(io.Discard, io.LimitReader(answer.Body, 64<<10)) // so that the connection can be used again
			_ = answer.Body.Close()
		}
	}
}

// try asks one node, and waits for the head of its answer at most its share of the request's time.
func (n *nodes) try(r *http.Request, at, left int, body []byte) (*http.Response, error) {
	ctx, cancel := context.WithCancelCause(r.Context())
	if until, limited := ctx.Deadline(); limited && left > 1 {
		timer := time.AfterFunc(time.Until(until)/time.Duration(left), func() { cancel(errSilent) }) //nolint:forbidigo // a deadline is of the real clock
		defer timer.Stop()
	}
	answer, err := n.client.Do(n.aimed(ctx, r, at, body))
	if err != nil {
		cancel(err)
		return nil, err
	}
	answer.Body = &closing{ReadCloser: answer.Body, end: cancel}
	return answer, nil
}

// closing ends the context of a request with its answer.
type closing struct {
	io.ReadCloser
	end context.CancelCauseFunc
}

func (c *closing) Close() error {
	err := c.ReadCloser.Close()
	c.end(nil)
	return err
}

func (n *nodes) aimed(ctx context.Context, r *http.Request, at int, body []byte) *http.Request {
	aimed := r.Clone(ctx)
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
