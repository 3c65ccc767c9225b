package egress

import (
	"errors"
	"net/netip"
	"strings"
	"testing"

	"github.com/rentora/rentora/server/errs"
)

func TestOnlyPublicAddresses(t *testing.T) {
	t.Parallel()
	for name, addresses := range map[string][]string{
		"this network": {"0.0.0.0", "0.1.2.3", "::"},
		"loopback":     {"127.0.0.1", "127.255.255.254", "::1"},
		"private":      {"10.0.0.1", "10.255.255.255", "172.16.0.1", "172.31.255.255", "192.168.1.1", "fc00::1", "fd12:3456::1"},
		"link-local":   {"169.254.0.1", "fe80::1", "fe80::1%eth0", "febf::1", "fec0::1"},
		"shared":       {"100.64.0.1", "100.127.255.255"},
		"metadata":     {"169.254.169.254", "100.100.100.200", "192.0.0.192", "168.63.129.16", "fd00:ec2::254", "fd20:ce::254"},
		"multicast":    {"224.0.0.1", "239.255.255.250", "ff02::1"},
		"reserved":     {"240.0.0.1", "255.255.255.255", "192.0.2.1", "198.18.0.1", "198.51.100.7", "203.0.113.9", "2001:db8::1", "3fff::1"},
		"mapped":       {"::ffff:127.0.0.1", "::ffff:10.0.0.1", "::ffff:93.184.215.14", "::127.0.0.1"},
		"translated":   {"64:ff9b::7f00:1", "64:ff9b::a9fe:a9fe", "64:ff9b:1::a00:1", "2002:7f00:1::", "2001:0:7f00:1::1"},
	} {
		for _, a := range addresses {
			if public(netip.MustParseAddr(a)) {
				t.Errorf("%s: %s counts as public", name, a)
			}
		}
	}
	for _, a := range []string{"93.184.215.14", "1.1.1.1", "9.255.255.255", "11.0.0.0", "100.63.255.255", "100.128.0.0", "172.15.255.255",
		"172.32.0.0", "192.167.255.255", "223.255.255.255", "2606:2800:21f:cb07:6820:80da:af6b:8b2c", "2a00:1450:4001::1"} {
		if !public(netip.MustParseAddr(a)) {
			t.Errorf("%s does not count as public", a)
		}
	}
}

func TestParseRefuses(t *testing.T) {
	t.Parallel()
	for name, addresses := range map[string][]string{
		"another scheme": {"ftp://example.com/", "file:///etc/passwd", "gopher://example.com:80/", "javascript:alert(1)", "//example.com/", "example.com", ""},
		"a user":         {"http://someone@example.com/", "http://example.com:80@127.0.0.1/", "https://a:b@example.com/", "http://@example.com/"},
		"another port":   {"http://example.com:22/", "http://example.com:6379/", "https://example.com:8443/", "http://example.com:080/"},
		"no host":        {"http://", "http:///path", "http://:80/", "http://./"},
		"an inner host":  {"http://127.0.0.1/", "http://[::1]/", "http://[::ffff:10.0.0.1]/", "http://[fe80::1%25eth0]/", "http://169.254.169.254/latest/"},
		"a decimal host": {"http://2130706433/", "http://0/", "http://127.1/", "http://10.1/"},
		"an octal host":  {"http://017700000001/", "http://0177.0.0.1/", "http://0177.0.0.01/"},
		"a hex host":     {"http://0x7f000001/", "http://0x7f.0.0.1/", "http://0X7F.1./", "http://127.0.0.0x1/"},
		"a strange host": {"http://１２７.0.0.1/", "http://127。0。0。1/", "http://exa mple.com/", "http://example.com\\@127.0.0.1/", "http://a\tb.com/", "http://%31%32%37.0.0.1/"},
		"too long":       {"http://example.com/" + strings.Repeat("a", 2048)},
	} {
		for _, a := range addresses {
			_, err := Parse(a)
			var e *errs.Error
			if !errors.As(err, &e) || e.Kind != errs.Invalid || e.Code != "url_not_allowed" {
				t.Errorf("%s: %q is answered with %v", name, a, err)
			}
		}
	}
	for _, a := range []string{"http://example.com", "https://example.com:443/a?b=c#d", "http://xn--bcher-kva.example/", "https://93.184.215.14/",
		"http://[2606:2800:21f:cb07:6820:80da:af6b:8b2c]:80/", "http://example.com./", "https://1password.com/"} {
		if _, err := Parse(a); err != nil {
			t.Errorf("%q is refused: %v", a, err)
		}
	}
}
