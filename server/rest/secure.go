package rest

import (
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
	c.Set("X-Content-Type-Options", "nosniff")
	c.Set("Referrer-Policy", "no-referrer")
	c.Set("Content-Security-Policy", "default-src 'none'; frame-ancestors 'none'")
	c.Set("Cross-Origin-Resource-Policy", "same-site")
	c.Set("X-Frame-Options", "DENY")
	if d.Config.Environment == "production" {
		c.Set("Strict-Transport-Security", "max-age=31536000; includeSubDomains")
	}
}

func (d *door) cors() fiber.Handler {
	return cors.New(cors.Config{
		AllowOrigins:     strings.Join(append([]string{strings.TrimSuffix(d.Config.PublicURL, "/")}, d.Config.HTTP.AllowedOrigins...), ","),
		AllowMethods:     "GET,HEAD,POST,PUT,PATCH,DELETE",
		AllowHeaders:     "Authorization,Content-Type,Idempotency-Key,If-Match,If-None-Match,X-Request-Id",
		ExposeHeaders:    "ETag,X-Request-Id,Retry-After,RateLimit,RateLimit-Policy",
		AllowCredentials: true,
		MaxAge:           600,
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
// one of them: what stands further left was written by the client and proves nothing.
func (d *door) clientAddress(c *fiber.Ctx) netip.Addr {
	peer := peerOf(c)
	if !d.trusted(peer) {
		return peer
	}
	hops := strings.Split(c.Get(fiber.HeaderXForwardedFor), ",")
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
