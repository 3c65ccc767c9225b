package egress

import (
	"context"
	"errors"
	"fmt"
	"net"
	"net/http"
	"net/http/httptest"
	"net/netip"
	"strings"
	"sync/atomic"
	"testing"
	"time"

	"github.com/rentora/rentora/server/errs"
)

const outside = "93.184.215.14" // stands for any public address

// internet is a resolver and the way to a test server, which stands where outside is.
type internet struct {
	names   map[string][]string // the answers to a name's questions, in turn; the last one stays
	asked   atomic.Int32
	dialled []string
	server  *httptest.Server
}

func (n *internet) LookupNetIP(_ context.Context, _, host string) ([]netip.Addr, error) {
	answers, ok := n.names[host]
	if !ok {
		return nil, &net.DNSError{Err: "no such host", Name: host, IsNotFound: true}
	}
	turn := min(int(n.asked.Add(1)), len(answers)) - 1
	var list []netip.Addr
	for a := range strings.SplitSeq(answers[turn], " ") {
		list = append(list, netip.MustParseAddr(a))
	}
	return list, nil
}

func (n *internet) dial(ctx context.Context, _, address string) (net.Conn, error) {
	n.dialled = append(n.dialled, address)
	if address != outside+":80" {
		return nil, fmt.Errorf("connection refused: %s", address)
	}
	return new(net.Dialer).DialContext(ctx, "tcp", n.server.Listener.Addr().String())
}

func browse(t *testing.T, l Limits, names map[string][]string, handle http.HandlerFunc) (*Client, *internet) {
	t.Helper()
	n := &internet{names: names, server: httptest.NewServer(handle)}
	t.Cleanup(n.server.Close)
	return build(l, n, n.dial), n
}

func TestGetReadsWhatIsPublic(t *testing.T) {
	t.Parallel()
	c, n := browse(t, Limits{}, map[string][]string{"a.example": {"::ffff:" + outside}}, func(w http.ResponseWriter, r *http.Request) {
		if r.Header.Get("Accept-Encoding") != "" || r.Host != "a.example" {
			t.Errorf("asked %s with %v", r.Host, r.Header)
		}
		w.Header().Set("Content-Type", "text/calendar")
		_, _ = w.Write([]byte("hello"))
	})
	got, err := c.Get(t.Context(), "http://a.example/feed")
	if err != nil || got.Status != 200 || string(got.Body) != "hello" || got.ContentType != "text/calendar" || got.From.Path != "/feed" {
		t.Errorf("%+v, %v", got, err)
	}
	if len(n.dialled) != 1 {
		t.Errorf("dialled %q", n.dialled)
	}
}

func TestNamesThatLeadInsideAreNotDialled(t *testing.T) {
	t.Parallel()
	for name, answer := range map[string]string{
		"loopback": "127.0.0.1", "private": "10.1.2.3", "metadata": "169.254.169.254", "unique local": "fd00:ec2::254",
		"one of two": outside + " 127.0.0.1", "mapped": "::ffff:192.168.0.1", "translated": "64:ff9b::a00:1",
	} {
		c, n := browse(t, Limits{}, map[string][]string{"inside.example": {answer}}, nil)
		if _, err := c.Get(t.Context(), "http://inside.example/"); !errs.Is(err, errs.Invalid) {
			t.Errorf("%s: %v", name, err)
		}
		if len(n.dialled) != 0 {
			t.Errorf("%s: dialled %q", name, n.dialled)
		}
	}
}

// TestRebinding lets a name be public when it is judged and inner ever after.
func TestRebinding(t *testing.T) {
	t.Parallel()
	c, n := browse(t, Limits{}, map[string][]string{"turns.example": {outside, "127.0.0.1"}}, func(w http.ResponseWriter, _ *http.Request) {
		_, _ = w.Write([]byte("outside"))
	})
	got, err := c.Get(t.Context(), "http://turns.example/")
	if err != nil || string(got.Body) != "outside" || n.asked.Load() != 1 || len(n.dialled) != 1 || n.dialled[0] != outside+":80" {
		t.Errorf("%+v, %v; asked %d times, dialled %q", got, err, n.asked.Load(), n.dialled)
	}
	if _, err := c.Get(t.Context(), "http://turns.example/"); !errs.Is(err, errs.Invalid) || len(n.dialled) != 1 {
		t.Errorf("the second time: %v, dialled %q", err, n.dialled)
	}
}

func TestRedirectsAreJudged(t *testing.T) {
	t.Parallel()
	names := map[string][]string{"a.example": {outside}, "inside.example": {"10.0.0.1"}}
	for to, kind := range map[string]errs.Kind{
		"http://inside.example/": errs.Invalid, "http://127.0.0.1/": errs.Invalid, "http://[::1]/": errs.Invalid,
		"http://a.example:6379/": errs.Invalid, "ftp://a.example/": errs.Invalid, "http://u:p@a.example/": errs.Invalid,
		"/again": errs.Invalid, "http://gone.example/": errs.Unavailable,
	} {
		var requests atomic.Int32
		c, _ := browse(t, Limits{}, names, func(w http.ResponseWriter, r *http.Request) {
			requests.Add(1)
			http.Redirect(w, r, to, http.StatusFound)
		})
		if _, err := c.Get(t.Context(), "http://a.example/"); !errs.Is(err, kind) {
			t.Errorf("a redirect to %s: %v", to, err)
		}
		if n := requests.Load(); n > 4 {
			t.Errorf("a redirect to %s: %d requests", to, n)
		}
	}
	c, _ := browse(t, Limits{}, names, func(w http.ResponseWriter, r *http.Request) {
		if r.URL.Path == "/" {
			http.Redirect(w, r, "/there?x=1", http.StatusFound)
		}
		if r.Referer() != "" {
			t.Errorf("told where it came from: %s", r.Referer())
		}
	})
	if got, err := c.Get(t.Context(), "http://a.example/?token=secret"); err != nil || got.From.Path != "/there" {
		t.Errorf("a redirect within: %+v, %v", got, err)
	}
}

func TestBounds(t *testing.T) {
	t.Parallel()
	names := map[string][]string{"a.example": {outside}}
	c, _ := browse(t, Limits{Bytes: 10}, names, func(w http.ResponseWriter, r *http.Request) {
		_, _ = w.Write([]byte(strings.Repeat("x", len(r.URL.Path))))
	})
	if got, err := c.Get(t.Context(), "http://a.example/123456789"); err != nil || len(got.Body) != 10 {
		t.Errorf("ten bytes: %+v, %v", got, err)
	}
	if _, err := c.Get(t.Context(), "http://a.example/1234567890"); !errs.Is(err, errs.TooLarge) {
		t.Errorf("eleven bytes: %v", err)
	}
	for name, first := range map[string]string{"a server that says nothing": "", "a body that does not end": "begun"} {
		c, _ := browse(t, Limits{Time: 100 * time.Millisecond}, names, func(w http.ResponseWriter, r *http.Request) {
			if first != "" {
				_, _ = w.Write([]byte(first))
				w.(http.Flusher).Flush()
			}
			<-r.Context().Done()
		})
		if _, err := c.Get(t.Context(), "http://a.example/"); !errs.Is(err, errs.Unavailable) {
			t.Errorf("%s: %v", name, err)
		}
	}
}

// TestNoProxy points the environment's proxy at a server that must not be asked.
func TestNoProxy(t *testing.T) {
	proxy := httptest.NewServer(http.HandlerFunc(func(http.ResponseWriter, *http.Request) { t.Error("the proxy was asked") }))
	t.Cleanup(proxy.Close)
	for _, name := range []string{"HTTP_PROXY", "http_proxy", "ALL_PROXY"} {
		t.Setenv(name, proxy.URL)
	}
	c, _ := browse(t, Limits{}, map[string][]string{"a.example": {outside}}, func(http.ResponseWriter, *http.Request) {})
	if _, err := c.Get(t.Context(), "http://a.example/"); err != nil {
		t.Error(err)
	}
}

// TestNewDialsNoLoopback asks a real server of this machine through the client as programs get it.
func TestNewDialsNoLoopback(t *testing.T) {
	t.Parallel()
	server := httptest.NewServer(http.HandlerFunc(func(http.ResponseWriter, *http.Request) { t.Error("the server was asked") }))
	t.Cleanup(server.Close)
	for _, address := range []string{server.URL, "http://localhost/"} {
		var e *errs.Error
		if _, err := New(Limits{}).Get(t.Context(), address); !errors.As(err, &e) || e.Code != "url_not_allowed" {
			t.Errorf("%s: %v", address, err)
		}
	}
}
