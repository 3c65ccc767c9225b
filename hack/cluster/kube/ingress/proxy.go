package ingress

import (
	"bytes"
	"context"
	"errors"
	"io"
	"net"
	"net/http"
	"net/http/httputil"
	"strings"
	"time"

	"k8s.io/klog/v2"
)

// Bodies up to so many bytes are kept, so that a request can be sent again when the pod closed the connection before it
// read anything.
const keptBody = 64 << 10

type target struct {
	backend backend
	scheme  string // by which the visitor came
}

type targetKey struct{}

func withTarget(ctx context.Context, t target) context.Context {
	return context.WithValue(ctx, targetKey{}, t)
}

// newProxy passes requests on to the endpoints of their target, with host and path as they came.
func newProxy(endpoints func(backend) ([]string, error)) http.Handler {
	return &httputil.ReverseProxy{
		Rewrite: func(r *httputil.ProxyRequest) {
			t, _ := r.In.Context().Value(targetKey{}).(target)
			r.SetXForwarded()
			r.Out.Header.Set("X-Forwarded-Proto", t.scheme)
			r.Out.Host = r.In.Host
			r.Out.URL.Scheme, r.Out.URL.Host = "http", "endpoint"
		},
		Transport: &balancer{endpoints: endpoints, transport: &http.Transport{
			DialContext:         (&net.Dialer{Timeout: 2 * time.Second}).DialContext,
			MaxIdleConnsPerHost: 128, IdleConnTimeout: 30 * time.Second, DisableCompression: true,
		}},
		ErrorHandler: func(w http.ResponseWriter, r *http.Request, err error) {
			if errors.Is(err, context.Canceled) {
				return // the visitor left
			}
			klog.InfoS("Cannot pass a request on", "host", r.Host, "path", r.URL.Path, "error", err)
			http.Error(w, "no pod answers", http.StatusBadGateway)
		},
	}
}

// balancer tries the endpoints in turn as long as none took the connection.
type balancer struct {
	endpoints func(backend) ([]string, error)
	transport http.RoundTripper
}

// RoundTrip implements http.RoundTripper.
func (b *balancer) RoundTrip(r *http.Request) (*http.Response, error) {
	t, _ := r.Context().Value(targetKey{}).(target)
	addresses, err := b.endpoints(t.backend)
	if err != nil {
		return nil, err
	}
	if err := keep(r); err != nil {
		return nil, err
	}
	for _, address := range addresses {
		r.URL.Host = address
		var answer *http.Response
		if answer, err = b.transport.RoundTrip(r); !refused(err) || !rewind(r) {
			return answer, err
		}
	}
	return nil, err
}

// refused says that nothing of the request can have arrived.
func refused(err error) bool {
	var network *net.OpError
	return errors.As(err, &network) && network.Op == "dial"
}

// rewind makes the request ready to be sent again, if that is possible: the transport has closed its body.
func rewind(r *http.Request) bool {
	if r.Body == nil || r.Body == http.NoBody {
		return true
	}
	if r.GetBody == nil {
		return false
	}
	body, err := r.GetBody()
	r.Body = body
	return err == nil
}

// keep reads a small body whole.
func keep(r *http.Request) error {
	if r.Body == nil || r.ContentLength <= 0 || r.ContentLength > keptBody {
		return nil
	}
	body, err := io.ReadAll(r.Body)
	if err != nil {
		return err
	}
	r.GetBody = func() (io.ReadCloser, error) { return io.NopCloser(bytes.NewReader(body)), nil }
	r.Body, err = r.GetBody()
	return err
}

// bare takes the port off a host.
func bare(host string) string {
	if name, _, err := net.SplitHostPort(host); err == nil {
		return name
	}
	return strings.TrimSuffix(host, ".")
}
