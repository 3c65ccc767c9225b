// Package ingress is a small ingress controller: a reverse proxy on a node's address that follows the cluster's Ingresses,
// their Services' endpoints and their TLS secrets.
package ingress

import (
	"cmp"
	"slices"
	"strings"

	networkingv1 "k8s.io/api/networking/v1"
)

// Class is the IngressClass that this controller serves.
const Class = "rentora"

// route is one path of one host, and where it leads.
type route struct {
	host    string // "*.example.org" for all names below; "" for every host
	path    string
	exact   bool
	backend backend
}

type backend struct {
	namespace, service string
	port               networkingv1.ServiceBackendPort
}

// table is what all Ingresses together say. It is never changed once made.
type table struct {
	routes  []route
	secrets map[string]secretKey // by host
}

type secretKey struct{ namespace, name string }

// newTable reads the Ingresses of our class. Of two that claim the same path the older one wins.
func newTable(ingresses []*networkingv1.Ingress) table {
	ingresses = slices.Clone(ingresses)
	slices.SortFunc(ingresses, func(a, b *networkingv1.Ingress) int {
		return cmp.Or(a.CreationTimestamp.Compare(b.CreationTimestamp.Time), cmp.Compare(a.Namespace+"/"+a.Name, b.Namespace+"/"+b.Name))
	})
	t := table{secrets: map[string]secretKey{}}
	for _, ingress := range ingresses {
		if ours(ingress) {
			t.add(ingress)
		}
	}
	slices.SortStableFunc(t.routes, closest)
	return t
}

// ours takes an Ingress without a class, too: the class is the cluster's default.
func ours(ingress *networkingv1.Ingress) bool {
	return ingress.Spec.IngressClassName == nil || *ingress.Spec.IngressClassName == Class
}

func (t *table) add(ingress *networkingv1.Ingress) {
	for _, tls := range ingress.Spec.TLS {
		for _, host := range tls.Hosts {
			if _, taken := t.secrets[host]; !taken {
				t.secrets[host] = secretKey{ingress.Namespace, tls.SecretName}
			}
		}
	}
	if b := ingress.Spec.DefaultBackend; b != nil && b.Service != nil {
		t.routes = append(t.routes, route{path: "/", backend: backend{ingress.Namespace, b.Service.Name, b.Service.Port}})
	}
	for _, rule := range ingress.Spec.Rules {
		if rule.HTTP == nil {
			continue
		}
		for _, path := range rule.HTTP.Paths {
			if path.Backend.Service == nil {
				continue
			}
			t.routes = append(t.routes, route{
				host: strings.ToLower(rule.Host), path: cmp.Or(path.Path, "/"),
				exact:   path.PathType != nil && *path.PathType == networkingv1.PathTypeExact,
				backend: backend{ingress.Namespace, path.Backend.Service.Name, path.Backend.Service.Port},
			})
		}
	}
}

// closest puts a host before a wildcard before none, an exact path before a prefix, and a longer prefix before a shorter.
func closest(a, b route) int {
	return cmp.Or(cmp.Compare(vague(a.host), vague(b.host)), cmp.Compare(len(b.host), len(a.host)),
		cmp.Compare(inexact(a), inexact(b)), cmp.Compare(len(b.path), len(a.path)))
}

func vague(host string) int {
	switch {
	case host == "":
		return 2
	case strings.HasPrefix(host, "*."):
		return 1
	}
	return 0
}

func inexact(r route) int {
	if r.exact {
		return 0
	}
	return 1
}

// find gives the closest route.
func (t table) find(host, path string) (route, bool) {
	host = strings.ToLower(host)
	i := slices.IndexFunc(t.routes, func(r route) bool { return covers(r.host, host) && r.matches(path) })
	if i < 0 {
		return route{}, false
	}
	return t.routes[i], true
}

// covers lets a wildcard stand for exactly one label.
func covers(pattern, host string) bool {
	if pattern == "" || pattern == host {
		return true
	}
	suffix, wild := strings.CutPrefix(pattern, "*")
	label, _, _ := strings.Cut(host, ".")
	return wild && label != "" && host == label+suffix
}

// matches compares a prefix element by element: /foo is not a prefix of /foobar.
func (r route) matches(path string) bool {
	if r.exact {
		return path == r.path
	}
	prefix := strings.TrimSuffix(r.path, "/")
	rest, ok := strings.CutPrefix(path, prefix)
	return ok && (rest == "" || rest[0] == '/')
}

// secret gives the certificate that is meant for the host.
func (t table) secret(host string) (secretKey, bool) {
	host = strings.ToLower(host)
	if key, ok := t.secrets[host]; ok {
		return key, true
	}
	for pattern, key := range t.secrets {
		if pattern != "" && covers(pattern, host) {
			return key, true
		}
	}
	return secretKey{}, false
}
