package trace

import (
	"net/http"
	"strconv"
)

// Transport surrounds the requests of an HTTP client to a server of ours with spans named after the server. Addresses
// stay out: they hold keys, names and queries. It is safe for concurrent use when next is.
func Transport(server string, next http.RoundTripper) http.RoundTripper {
	return transport{server: server, next: next}
}

type transport struct {
	server string
	next   http.RoundTripper
}

// RoundTrip implements http.RoundTripper; the span ends with the head of the answer.
func (t transport) RoundTrip(r *http.Request) (*http.Response, error) {
	ctx, span := Start(r.Context(), Client, t.server+" "+r.Method, Text("peer.service", t.server), Text("http.request.method", r.Method))
	if !span.Recorded() {
		return t.next.RoundTrip(r)
	}
	answer, err := t.next.RoundTrip(r.WithContext(ctx))
	switch {
	case err != nil:
		span.Fail("unreachable")
	case answer.StatusCode >= http.StatusBadRequest:
		span.Fail(strconv.Itoa(answer.StatusCode))
	}
	span.End(nil)
	return answer, err
}

// CloseIdleConnections lets http.Client close those of the transport below.
func (t transport) CloseIdleConnections() {
	if closer, ok := t.next.(interface{ CloseIdleConnections() }); ok {
		closer.CloseIdleConnections()
	}
}
