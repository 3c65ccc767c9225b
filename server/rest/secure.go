package rest

import (
	"bytes"
	"fmt"
	"net/netip"
	"strings"

	"github.com/gofiber/fiber/v2"
	"github.com/gofiber/fiber/v2/middleware/cors"

	"github.com/rentora/rentora/server/contract"
)

// secure sets the headers of the OWASP secure-headers list that fit an API which never answers HTML.
func (d *door) secure(c *fiber.Ctx) error {
	d.setSecureHeaders(c)
	return c.Next()
}

func (d *door) setSecureHeaders(c *fiber.Ctx) {
	h := &c.Response().Header
	for _, one := range secureHeaders {
		h.SetCanonical(one.name, one.value)
	}
	if d.Config.Environment == "production" {
		h.SetCanonical(transportSecurity.name, transportSecurity.value)
	}
}

// header is written as it is sent, with each response.
type header struct{ name, value []byte }

// secureHeaders of every answer. Whether an answer differs by origin is said here, because the CORS middleware, which says
// it too, does not see requests that come from no page.
var secureHeaders = []header{
	{[]byte("X-Content-Type-Options"), []byte("nosniff")},
	{[]byte("Referrer-Policy"), []byte("no-referrer")},
	{[]byte("Content-Security-Policy"), []byte("default-src 'none'; frame-ancestors 'none'")},
	{[]byte("Cross-Origin-Resource-Policy"), []byte("same-site")},
	{[]byte("X-Frame-Options"), []byte("DENY")},
	{[]byte("Vary"), []byte("Origin")},
	{[]byte("Cache-Control"), []byte("private, no-store")}, // what may be kept says so itself
}

var transportSecurity = header{[]byte("Strict-Transport-Security"), []byte("max-age=31536000; includeSubDomains")}

func (d *door) cors() fiber.Handler {
	return cors.New(cors.Config{
		AllowOrigins:     strings.Join(append([]string{strings.TrimSuffix(d.Config.PublicURL, "/")}, d.Config.HTTP.AllowedOrigins...), ","),
		AllowMethods:     "GET,HEAD,POST,PUT,PATCH,DELETE",
		AllowHeaders:     "Authorization,Content-Type,Idempotency-Key,If-Match,If-None-Match,X-Request-Id",
		ExposeHeaders:    "ETag,X-Request-Id,Retry-After,RateLimit,RateLimit-Policy",
		AllowCredentials: true,
		MaxAge:           600,
		Next:             func(c *fiber.Ctx) bool { return len(c.Request().Header.Peek(fiber.HeaderOrigin)) == 0 },
	})
}

func serveSpec(c *fiber.Ctx) error {
	spec, err := contract.GetSpecJSON()
	if err != nil {
		return fmt.Errorf("rest: contract: %w", err)
	}
	c.Set(fiber.HeaderContentType, fiber.MIMEApplicationJSON)
	return c.Send(spec)
}

type prefix = netip.Prefix

// parseProxies reads addresses and CIDRs; config has checked nothing of them, so what does not parse is not trusted.
func parseProxies(list []string) (out []prefix) {
	for _, one := range list {
		if p, err := netip.ParsePrefix(one); err == nil {
			out = append(out, p)
		} else if a, err := netip.ParseAddr(one); err == nil {
			out = append(out, netip.PrefixFrom(a, a.BitLen()))
		}
	}
	return out
}

// clientAddress is the peer's address or, behind proxies that we trust, the nearest address in X-Forwarded-For that is not
// one of them: what stands further left was written by the client and proves nothing. Several lines of the header are one
// list (RFC 9110, 5.3); some proxies add a line of their own below the client's.
func (d *door) clientAddress(c *fiber.Ctx) netip.Addr {
	peer := peerOf(c)
	if !d.trusted(peer) {
		return peer
	}
	lines := c.Request().Header.PeekAll(fiber.HeaderXForwardedFor)
	hops := strings.Split(string(bytes.Join(lines, []byte(","))), ",")
	for i := len(hops) - 1; i >= 0; i-- {
		hop, err := netip.ParseAddr(strings.TrimSpace(hops[i]))
		if err != nil {
			return peer
		}
		if peer = hop.Unmap(); !d.trusted(peer) {
			return peer
		}
	}
	return peer
}

// peerOf is who opened the connection.
func peerOf(c *fiber.Ctx) netip.Addr {
	peer, _ := netip.AddrFromSlice(c.Context().RemoteIP())
	return peer.Unmap()
}

func (d *door) trusted(a netip.Addr) bool {
	for _, p := range d.proxies {
		if p.Contains(a) {
			return true
		}
	}
	return false
}
