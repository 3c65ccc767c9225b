package config

import (
	"net"
	"net/mail"
	"net/netip"
	"net/url"
	"slices"
	"strings"
)

// form is what the text of a setting must look like; its sentence never quotes the value, which may be a secret.
type form struct {
	name, value string
	ok          func(string) bool
	wants       string
}

// forms of all settings that have one. Empty values are judged elsewhere, empty entries of a list here.
func (c *Config) forms() []form {
	const web, database = "is not an http(s) URL", "is not a URL of the form postgres://user:password@host:port/database"
	list := []form{
		{"PUBLIC_URL", c.PublicURL, isOrigin, "is not an http(s) URL without a path"},
		{"DATABASE_URL", c.Postgres.URL, isURL("postgres", "postgresql"), database},
		{"DATABASE_DIRECT_URL", c.Postgres.DirectURL, isURL("postgres", "postgresql"), database},
		{"DATABASE_REPLICA_URL", c.Postgres.ReplicaURL, isURL("postgres", "postgresql"), database},
		{"REDIS_URL", c.Redis.URL, isURL("redis", "rediss"), "is not a URL of the form redis://user:password@host:port/db"},
		{"TYPESENSE_URL", c.Typesense.URL, each(isURL("http", "https")), "is not a list of http(s) URLs"},
		{"S3_ENDPOINT", c.S3.Endpoint, isOrigin, "is not one http(s) URL without a path"},
		{"S3_PUBLIC_ENDPOINT", c.S3.PublicEndpoint, isOrigin, "is not one http(s) URL without a path"},
		{"S3_CDN_BASE_URL", c.S3.CDNBaseURL, isURL("http", "https"), web},
		{"SMTP_ADDR", c.Mail.Addr, isHostPort, "is not host:port"},
		{"TRACE_OTLP_ENDPOINT", c.Trace.OTLPEndpoint, isURL("http", "https"), web},
		{"ERRORS_SENTRY_DSN", c.Errors.SentryDSN, isURL("http", "https"), "is not a URL of the form https://key@host/project"},
		{"SMTP_FROM", c.Mail.From, isMailbox, "is not an address such as Rentora <hello@rentora.example>"},
	}
	list = slices.DeleteFunc(list, func(f form) bool { return f.value == "" })
	for _, origin := range c.HTTP.AllowedOrigins {
		list = append(list, form{"HTTP_ALLOWED_ORIGINS", origin, isOrigin, "has an entry that is not an origin such as https://rentora.example"})
	}
	for _, proxy := range c.HTTP.TrustedProxies {
		list = append(list, form{"HTTP_TRUSTED_PROXIES", proxy, isNetwork, "has an entry that is neither an address nor a CIDR"})
	}
	for _, broker := range c.Kafka.Brokers {
		list = append(list, form{"KAFKA_BROKERS", broker, isHostPort, "has an entry that is not host:port"})
	}
	return list
}

func isURL(schemes ...string) func(string) bool {
	return func(s string) bool {
		u, err := url.Parse(s)
		return err == nil && slices.Contains(schemes, u.Scheme) && u.Hostname() != ""
	}
}

// isOrigin wants what a browser calls an origin; a slash at the end is forgiven.
func isOrigin(s string) bool {
	u, err := url.Parse(s)
	return err == nil && (u.Scheme == "http" || u.Scheme == "https") && u.Hostname() != "" && !strings.Contains(u.Host, "*") &&
		(u.Path == "" || u.Path == "/") && u.RawQuery == "" && u.Fragment == "" && u.User == nil
}

func isHostPort(s string) bool {
	host, port, err := net.SplitHostPort(s)
	return err == nil && host != "" && port != "" && !strings.ContainsAny(s, " \t")
}

func isMailbox(s string) bool {
	_, err := mail.ParseAddress(s)
	return err == nil
}

func isNetwork(s string) bool {
	_, cidr := netip.ParsePrefix(s)
	_, address := netip.ParseAddr(s)
	return cidr == nil || address == nil
}

// each judges the entries of a comma separated list.
func each(ok func(string) bool) func(string) bool {
	return func(s string) bool {
		return !slices.ContainsFunc(strings.Split(s, ","), func(one string) bool { return !ok(one) })
	}
}
