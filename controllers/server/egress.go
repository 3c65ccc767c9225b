package server

import (
	"net"
	"net/url"
	"slices"
	"strconv"
	"strings"

	networkingv1 "k8s.io/api/networking/v1"

	"github.com/rentora/rentora/api/v1alpha1"
	"github.com/rentora/rentora/controllers/component"
	"github.com/rentora/rentora/server/config"
)

// ports of addresses that name none.
var ports = map[string]string{"http": "80", "https": "443", "postgres": "5432", "postgresql": "5432", "redis": "6379", "rediss": "6379"}

// Egress is whom the server's programs may reach: the managed services of the platform, and what the configuration names
// outside of it.
func Egress(in component.Input, c *config.Config) (edges []component.Edge) {
	spec := &in.Platform.Spec
	outside := outside{namespace: in.Platform.Namespace}
	for _, service := range []struct {
		part      string
		port      int32
		external  bool
		addresses []string
	}{
		{component.Postgres, component.PortPostgres, spec.Postgres.Mode == v1alpha1.External, []string{c.Postgres.URL, OwnerURL(in)}},
		{component.Redis, component.PortRedis, spec.Redis.Mode == v1alpha1.External, []string{c.Redis.URL}},
		{component.Typesense, component.PortTypesense, spec.Typesense.Mode == v1alpha1.External, strings.Split(c.Typesense.URL, ",")},
		{component.Objects, component.PortObjects, spec.ObjectStorage.Mode == v1alpha1.External, []string{c.S3.Endpoint}},
		{component.Kafka, component.PortKafka, spec.Kafka.Mode == v1alpha1.External, c.Kafka.Brokers},
	} {
		if service.external {
			outside.add(service.addresses...)
			continue
		}
		edges = append(edges, component.Edge{Peers: component.Parts(in.Platform, service.part), Ports: []int32{service.port}})
	}
	outside.add(c.Mail.Addr)
	if c.Trace.OTLPEndpoint != "" {
		outside.add(c.Trace.OTLPEndpoint)
	}
	for _, e := range spec.API.Env {
		if e.Value != "" && (strings.HasSuffix(e.Name, "_PROXY") && e.Name != "NO_PROXY" || e.Name == sentryDSN || e.Name == replicaURL) {
			outside.add(e.Value)
		}
	}
	return append(edges, outside.edges()...)
}

// Visitors are the peers through which visitors come: the ingress controller's pods, or anybody where the platform does not say
// in which namespace those are. Some controllers run on their node's own network, of which no policy can say "its pods".
func Visitors(in component.Input) []networkingv1.NetworkPolicyPeer {
	if i := in.Platform.Spec.Ingress; i != nil && i.Namespace != "" {
		return component.Namespace(i.Namespace)
	}
	return nil
}

var (
	sentryDSN  = nameOf(func(c *config.Config) { c.Errors.SentryDSN = "x" })
	replicaURL = nameOf(func(c *config.Config) { c.Postgres.ReplicaURL = "x" })
)

// outside collects addresses beyond the platform. A policy cannot name hosts, so that it allows their ports anywhere. Of a
// Service of the cluster it allows all of its namespace: policies see the pods behind it, whose ports may be other ones.
type outside struct {
	namespace  string // the platform's: a name without dots is of there
	ports      []int32
	namespaces []string
}

func (o *outside) add(addresses ...string) {
	for _, address := range addresses {
		host, port := split(address)
		if namespace, inside := namespaceOf(host, o.namespace); inside {
			o.namespaces = append(o.namespaces, namespace)
			continue
		}
		if n, err := strconv.ParseInt(port, 10, 32); err == nil {
			o.ports = append(o.ports, int32(n))
		}
	}
}

func (o *outside) edges() (edges []component.Edge) {
	slices.Sort(o.ports)
	slices.Sort(o.namespaces)
	if open := slices.Compact(o.ports); len(open) > 0 {
		edges = append(edges, component.Edge{Ports: open})
	}
	var peers []networkingv1.NetworkPolicyPeer
	for _, namespace := range slices.Compact(o.namespaces) {
		peers = append(peers, component.Namespace(namespace)...)
	}
	if len(peers) > 0 {
		edges = append(edges, component.Edge{Peers: peers})
	}
	return edges
}

// split takes host:port and URLs.
func split(address string) (host, port string) {
	if u, err := url.Parse(address); err == nil && u.Host != "" {
		if port = u.Port(); port == "" {
			port = ports[u.Scheme]
		}
		return u.Hostname(), port
	}
	host, port, _ = net.SplitHostPort(address)
	return host, port
}

// namespaceOf tells the namespace of a Service's name: service, or service.namespace.svc and what may follow.
func namespaceOf(host, own string) (string, bool) {
	if net.ParseIP(host) != nil {
		return "", false
	}
	labels := strings.Split(strings.TrimSuffix(host, "."), ".")
	switch {
	case len(labels) == 1 && host != "":
		return own, true
	case len(labels) >= 3 && labels[2] == "svc":
		return labels[1], true
	}
	return "", false
}
