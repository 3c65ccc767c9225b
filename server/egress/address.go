package egress

import (
	"net/netip"
	"net/url"
	"strings"

	"github.com/rentora/rentora/server/errs"
)

// Parse reads an address that a user gave and tells whether it may be fetched as far as its text can tell: http or https,
// the ports 80 and 443, no user or password, a host in ASCII that is a name or a public address in its usual form. Where
// a name leads is judged when it is dialled. Its errors are Invalid with the code url_not_allowed.
func Parse(address string) (*url.URL, error) {
	u, err := url.Parse(address)
	switch {
	case err != nil || len(address) > 2048:
		return nil, refused("it cannot be read") // without the cause, which repeats the address
	case u.Scheme != "http" && u.Scheme != "https":
		return nil, refused("it does not begin with https:// or http://")
	case u.User != nil:
		return nil, refused("it names a user")
	case u.Port() != "" && u.Port() != "80" && u.Port() != "443":
		return nil, refused("its port is not 80 or 443")
	}
	return u, judgeHost(u.Hostname())
}

func judgeHost(host string) error {
	if host == "" {
		return refused("it names no host")
	}
	if literal, err := netip.ParseAddr(host); err == nil {
		if !public(literal) {
			return refused("it does not lead to a public place")
		}
		return nil
	}
	if strings.ContainsFunc(host, func(r rune) bool { return r <= ' ' || r > '~' || strings.ContainsRune(`%:\`, r) }) {
		return refused("its host has characters that a name has not")
	}
	// Some resolvers read 2130706433, 0x7f.1 and 017700000001 as 127.0.0.1. No name ends in a number.
	labels := strings.Split(strings.TrimSuffix(host, "."), ".")
	if last := strings.ToLower(labels[len(labels)-1]); last == "" || last[0] >= '0' && last[0] <= '9' {
		return refused("its host is a number in an unusual form")
	}
	return nil
}

// refused says why an address may not be fetched.
func refused(why string) *errs.Error {
	return errs.Ef(errs.Invalid, "This address cannot be fetched: %s.", why).Coded("url_not_allowed")
}

// global is the only part of IPv6 that is routed to the public. That leaves out loopback, unique local and link-local
// addresses, multicast, IPv4 in its mapped and translated forms (::ffff:0:0/96, 64:ff9b::/96, 64:ff9b:1::/48).
var global = netip.MustParsePrefix("2000::/3")

// inside are the special blocks of the IANA registries within 0.0.0.0/0 and 2000::/3, and a public address that clouds
// answer their own machines at.
var inside = prefixes(
	"0.0.0.0/8", "10.0.0.0/8", "100.64.0.0/10", "127.0.0.0/8", "169.254.0.0/16", "172.16.0.0/12", "192.168.0.0/16", // this network, private, shared, link-local
	"192.0.0.0/24", "192.0.2.0/24", "198.51.100.0/24", "203.0.113.0/24", "198.18.0.0/15", // protocols, documentation, benchmarks
	"192.31.196.0/24", "192.52.193.0/24", "192.88.99.0/24", "192.175.48.0/24", // anycast of infrastructure
	"224.0.0.0/4", "240.0.0.0/4", // multicast, reserved, broadcast
	"168.63.129.16/32",                                                          // metadata
	"2001::/23", "2001:db8::/32", "2002::/16", "2620:4f:8000::/48", "3fff::/20", // Teredo and protocols, documentation, 6to4
)

func prefixes(texts ...string) []netip.Prefix {
	list := make([]netip.Prefix, len(texts))
	for i, t := range texts {
		list[i] = netip.MustParsePrefix(t)
	}
	return list
}

func public(a netip.Addr) bool {
	if a.Zone() != "" || a.Is6() && !global.Contains(a) {
		return false
	}
	for _, p := range inside {
		if p.Contains(a) {
			return false
		}
	}
	return true
}
