// Package server is the bridge between a platform and the server's configuration: what API, workers and migrations are told,
// and whom they may reach. It is also the component that runs the API.
package server

import (
	"cmp"
	"fmt"
	"net"
	"net/url"
	"strconv"
	"strings"
	"time"

	"github.com/rentora/rentora/api/v1alpha1"
	"github.com/rentora/rentora/controllers/component"
	"github.com/rentora/rentora/server/config"
)

const (
	database = "rentora" // of the managed Postgres
	owner    = "rentora_owner"
	user     = "rentora_app" // made by migrate

	// drain is how long an API that must go still takes requests: so long it may take until nobody is sent to it any more.
	drain = 8 * time.Second
	// shutdown is how long requests and events that were begun may take to end.
	shutdown = 20 * time.Second
	// Grace is after how many seconds a pod of the server is killed.
	Grace = 40
)

// proxies are the addresses that ingress controllers have: private ones. What reaches the API at all, its network policy says.
var proxies = []string{"10.0.0.0/8", "172.16.0.0/12", "192.168.0.0/16", "100.64.0.0/10", "fc00::/7"}

// Config is what every program of the server is told, as the server itself understands it. Names and forms of the variables
// follow from it, so that a field that the server renames is a mistake that the compiler finds.
func Config(in component.Input) (*config.Config, error) {
	if lacking := lacking(in); lacking != "" {
		return nil, fmt.Errorf("the Secret %s", lacking)
	}
	p, spec := in.Platform, &in.Platform.Spec
	c := config.Defaults()
	c.Environment, c.LogFormat, c.Release = "production", "json", in.Settings.Version
	c.PublicURL = PublicURL(p)
	c.HTTP.Addr, c.HTTP.OpsAddr, c.Worker.Addr = port(component.PortAPI), port(component.PortOps), port(component.PortOps)
	c.HTTP.DrainTime, c.HTTP.ShutdownTimeout, c.HTTP.TrustedProxies = drain, shutdown, proxies
	postgres(in, &c.Postgres)
	c.Redis = config.Redis{URL: redisURL(in), Prefix: p.Namespace + ":" + p.Name + ":"}
	typesense(in, &c.Typesense)
	objects(in, &c.S3)
	kafka(in, &c.Kafka)
	c.Mail = config.Mail{Addr: net.JoinHostPort(spec.Mail.Host, strconv.Itoa(int(cmp.Or(spec.Mail.Port, 587)))), TLS: cmp.Or(spec.Mail.TLS, "required"), From: spec.Mail.From,
		Username: in.Secrets.Value(component.MailAuth, "username"), Password: in.Secrets.Value(component.MailAuth, "password")}
	c.Identity.SigningKeys = strings.Split(in.Secrets.Value(component.Keys, "signing-keys"), ",")
	c.Identity.SecretKey = in.Secrets.Value(component.Keys, "secret-key")
	if t := spec.Tracing; t != nil {
		c.Trace.OTLPEndpoint = t.OTLPEndpoint
		if t.SamplePercent != nil {
			c.Trace.SampleRatio = float64(*t.SamplePercent) / 100
		}
	}
	return c, nil
}

// Scheme by which people reach the platform.
func Scheme(p *v1alpha1.RentoraPlatform) string {
	if p.Spec.TLS != nil {
		return "https"
	}
	return "http"
}

// PublicURL is where people reach the platform.
func PublicURL(p *v1alpha1.RentoraPlatform) string { return Scheme(p) + "://" + p.Spec.Domain }

// APIURL is where pods of the cluster reach the API.
func APIURL(p *v1alpha1.RentoraPlatform) string {
	return "http://" + at(p, component.API, component.PortAPI)
}

// FilesOrigins are the addresses, each scheme://host[:port], from which browsers load photographs and to which they upload.
func FilesOrigins(p *v1alpha1.RentoraPlatform) (origins []string) {
	endpoint, public := endpoints(p)
	for _, address := range []string{cmp.Or(public, endpoint), p.Spec.CDNBaseURL} {
		if u, err := url.Parse(address); err == nil && u.Host != "" {
			origins = append(origins, u.Scheme+"://"+u.Host)
		}
	}
	return origins
}

// FilesHost is where browsers reach the managed object store.
func FilesHost(p *v1alpha1.RentoraPlatform) string {
	return cmp.Or(p.Spec.ObjectStorage.PublicHost, "files."+p.Spec.Domain)
}

// BucketPrefix starts the names of the platform's buckets.
func BucketPrefix(p *v1alpha1.RentoraPlatform) string {
	return cmp.Or(p.Spec.ObjectStorage.BucketPrefix, p.Name+"-")
}

// TopicPrefix starts the names of the platform's topics and consumer groups: an external Kafka may serve several platforms.
func TopicPrefix(p *v1alpha1.RentoraPlatform) string { return p.Namespace + "." + p.Name + "." }

// Brokers of the platform's Kafka, as host:port.
func Brokers(p *v1alpha1.RentoraPlatform) []string {
	if p.Spec.Kafka.Mode == v1alpha1.External {
		return p.Spec.Kafka.Brokers
	}
	return []string{at(p, component.Kafka, component.PortKafka)}
}

func port(n int) string { return ":" + strconv.Itoa(n) }

func at(p *v1alpha1.RentoraPlatform, part string, n int) string {
	return net.JoinHostPort(component.Host(p, part), strconv.Itoa(n))
}

// postgres gives the programs the user that may read and write alone. Where a pooler stands between, locks need an address
// without it: with that user, too.
func postgres(in component.Input, c *config.Postgres) {
	if in.Platform.Spec.Postgres.Mode != v1alpha1.External {
		c.URL = databaseURL(in, user, "app-password")
		return
	}
	c.URL = in.Secrets.Value(component.PostgresAuth, "url")
	if direct := in.Secrets.Value(component.PostgresAuth, "direct-url"); direct != "" {
		if c.DirectURL = asUser(direct, c.URL); c.DirectURL == c.URL {
			c.DirectURL = ""
		}
	}
}

// OwnerURL leads migrations to the database as the owner of its tables.
func OwnerURL(in component.Input) string {
	if in.Platform.Spec.Postgres.Mode != v1alpha1.External {
		return databaseURL(in, owner, "owner-password")
	}
	return cmp.Or(in.Secrets.Value(component.PostgresAuth, "direct-url"), in.Secrets.Value(component.PostgresAuth, "url"))
}

func databaseURL(in component.Input, name, key string) string {
	u := url.URL{Scheme: "postgres", User: url.UserPassword(name, in.Secrets.Value(component.PostgresAuth, key)),
		Host: at(in.Platform, component.Postgres, component.PortPostgres), Path: "/" + database, RawQuery: "sslmode=disable"}
	return u.String()
}

// asUser is the address of one URL with the user of the other. One that cannot be read stays as it is: the server says so.
func asUser(address, login string) string {
	a, err := url.Parse(address)
	l, bad := url.Parse(login)
	if err != nil || bad != nil {
		return address
	}
	a.User = l.User
	return a.String()
}

func redisURL(in component.Input) string {
	if in.Platform.Spec.Redis.Mode == v1alpha1.External {
		return in.Secrets.Value(component.RedisAuth, "url")
	}
	u := url.URL{Scheme: "redis", User: url.UserPassword("", in.Secrets.Value(component.RedisAuth, "password")),
		Host: at(in.Platform, component.Redis, component.PortRedis), Path: "/0"}
	return u.String()
}

func typesense(in component.Input, c *config.Typesense) {
	p := in.Platform
	c.URL = "http://" + at(p, component.Typesense, component.PortTypesense)
	if p.Spec.Typesense.Mode == v1alpha1.External {
		c.URL = p.Spec.Typesense.URL
	}
	c.APIKey = in.Secrets.Value(component.TypesenseAuth, "api-key")
	c.Collection = p.Namespace + "-" + p.Name + "-listings"
}

func objects(in component.Input, c *config.S3) {
	p, spec := in.Platform, in.Platform.Spec.ObjectStorage
	c.Endpoint, c.PublicEndpoint = endpoints(p)
	c.AccessKey, c.SecretKey = in.Secrets.Value(component.ObjectsAuth, "access-key"), in.Secrets.Value(component.ObjectsAuth, "secret-key")
	c.Region, c.BucketPrefix, c.CDNBaseURL = cmp.Or(spec.Region, c.Region), BucketPrefix(p), p.Spec.CDNBaseURL
}

// endpoints of the object store: the programs' own, and the one that browsers are sent to; "" is the same.
func endpoints(p *v1alpha1.RentoraPlatform) (endpoint, public string) {
	spec := p.Spec.ObjectStorage
	if spec.Mode != v1alpha1.External {
		return "http://" + at(p, component.Objects, component.PortObjects), Scheme(p) + "://" + FilesHost(p)
	}
	if scheme, _, ok := strings.Cut(spec.Endpoint, "://"); ok && spec.PublicHost != "" {
		public = scheme + "://" + spec.PublicHost
	}
	return spec.Endpoint, public
}

func kafka(in component.Input, c *config.Kafka) {
	p, spec := in.Platform, in.Platform.Spec.Kafka
	c.Brokers, c.TopicPrefix, c.Partitions = Brokers(p), TopicPrefix(p), int(cmp.Or(spec.Partitions, 6))
	if spec.Mode != v1alpha1.External {
		return
	}
	c.Replication, c.TLS = -1, spec.TLS // how many brokers keep a message, they know
	c.Username, c.Password = in.Secrets.Value(component.KafkaAuth, "username"), in.Secrets.Value(component.KafkaAuth, "password")
}
