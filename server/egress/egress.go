// Package egress fetches what an address given by a user names, without letting that address reach into our own network.
package egress

import (
	"context"
	"errors"
	"fmt"
	"io"
	"net"
	"net/http"
	"net/netip"
	"net/url"
	"time"

	"github.com/rentora/rentora/server/errs"
)

// Limits bound one fetch. A zero field means the default that stands behind it.
type Limits struct {
	Bytes     int64         // of the body: 1 MiB
	Time      time.Duration // for everything, redirects and body included: 10 s
	Redirects int           // that are followed: 3; a negative number follows none
}

// Resolver finds the addresses of a name; *net.Resolver is one.
type Resolver interface {
	LookupNetIP(ctx context.Context, network, host string) ([]netip.Addr, error)
}

// Client fetches from public addresses alone. It sends no cookie and no credential, heeds no proxy of the environment and
// keeps no connection open. It is safe for concurrent use.
type Client struct {
	http     http.Client
	bytes    int64
	resolver Resolver
	dial     func(ctx context.Context, network, address string) (net.Conn, error)
}

// New gives a client that looks names up with the system's resolver.
func New(l Limits) *Client {
	d := &net.Dialer{Timeout: 5 * time.Second}
	return build(l, net.DefaultResolver, d.DialContext)
}

func build(l Limits, r Resolver, dial func(context.Context, string, string) (net.Conn, error)) *Client {
	if l.Bytes <= 0 {
		l.Bytes = 1 << 20
	}
	if l.Time <= 0 {
		l.Time = 10 * time.Second
	}
	if l.Redirects == 0 {
		l.Redirects = 3
	}
	c := &Client{bytes: l.Bytes, resolver: r, dial: dial}
	c.http = http.Client{
		Timeout:       l.Time,
		CheckRedirect: func(req *http.Request, via []*http.Request) error { return follow(req, via, l.Redirects) },
		Transport: &http.Transport{
			DialContext: c.connect, // and no Proxy: one would look the name up itself, past the guard
			// What is packed could be without end when it is unpacked, and a kept connection was judged long ago.
			DisableCompression: true, DisableKeepAlives: true,
			TLSHandshakeTimeout: 5 * time.Second, ResponseHeaderTimeout: l.Time, MaxResponseHeaderBytes: 64 << 10,
		},
	}
	return c
}

// Answer is what came back, read to its end.
type Answer struct {
	Status      int
	ContentType string // as the other side says, which is no proof
	Body        []byte
	From        *url.URL // of the last redirect
}

// Get fetches an address. One that is not allowed is an Invalid error, as is one that a redirect leads to; a body above
// the limit is TooLarge; a server that does not answer is Unavailable. No error tells what an address inside answered:
// none is ever asked.
func (c *Client) Get(ctx context.Context, address string) (*Answer, error) {
	u, err := Parse(address)
	if err != nil {
		return nil, err
	}
	req, err := http.NewRequestWithContext(ctx, http.MethodGet, u.String(), nil)
	if err != nil {
		return nil, refused("it cannot be read").Because(err)
	}
	req.Header.Set("User-Agent", "rentora")
	answer, err := c.http.Do(req)
	if err != nil {
		return nil, translated(err)
	}
	defer answer.Body.Close()
	body, err := io.ReadAll(io.LimitReader(answer.Body, c.bytes+1))
	if err != nil {
		return nil, translated(err)
	}
	if int64(len(body)) > c.bytes {
		return nil, errs.Ef(errs.TooLarge, "What the address names is larger than %d bytes.", c.bytes)
	}
	return &Answer{Status: answer.StatusCode, ContentType: answer.Header.Get("Content-Type"), Body: body, From: answer.Request.URL}, nil
}

// connect looks a name up once, refuses it when any of its addresses is not public, and dials the very addresses that it
// has judged: a name that answers differently the next time is not asked a next time.
func (c *Client) connect(ctx context.Context, network, address string) (net.Conn, error) {
	host, port, err := net.SplitHostPort(address)
	if err != nil {
		return nil, fmt.Errorf("egress: %w", err)
	}
	if port != "80" && port != "443" {
		return nil, refused("its port is not 80 or 443")
	}
	found, err := c.lookUp(ctx, host)
	if err != nil {
		return nil, err
	}
	var failures error
	for _, a := range found[:min(len(found), 4)] {
		conn, err := c.dial(ctx, network, net.JoinHostPort(a.String(), port))
		if err == nil {
			return conn, nil
		}
		failures = errors.Join(failures, err)
	}
	return nil, failures
}

func (c *Client) lookUp(ctx context.Context, host string) ([]netip.Addr, error) {
	if literal, err := netip.ParseAddr(host); err == nil {
		if !public(literal) {
			return nil, refused("it does not lead to a public place")
		}
		return []netip.Addr{literal}, nil
	}
	found, err := c.resolver.LookupNetIP(ctx, "ip", host)
	if err != nil {
		return nil, fmt.Errorf("egress: %w", err)
	}
	if len(found) == 0 {
		return nil, fmt.Errorf("egress: %s has no address", host)
	}
	for i := range found {
		found[i] = found[i].Unmap() // some resolvers give IPv4 so
		if !public(found[i]) {
			return nil, refused("it does not lead to a public place")
		}
	}
	return found, nil
}

// follow judges a redirect as it would a first address. Not telling where one comes from keeps a secret of the first
// address from the second server.
func follow(req *http.Request, via []*http.Request, most int) error {
	if len(via) > most {
		return refused("it leads on and on")
	}
	if _, err := Parse(req.URL.String()); err != nil {
		return err
	}
	if via[len(via)-1].URL.Scheme == "https" && req.URL.Scheme != "https" {
		return refused("it leads from https to http")
	}
	req.Header.Del("Referer")
	return nil
}

func translated(err error) error {
	var known *errs.Error
	if errors.As(err, &known) {
		return known
	}
	return errs.E(errs.Unavailable, "What the address names did not answer.").Because(err)
}
