// Package publish lets visitors in: by an Ingress, or by routes of the Gateway API.
package publish

import (
	"fmt"
	"maps"

	networkingv1 "k8s.io/api/networking/v1"
	metav1 "k8s.io/apimachinery/pkg/apis/meta/v1"
	"sigs.k8s.io/controller-runtime/pkg/client"

	"github.com/rentora/rentora/api/v1alpha1"
	"github.com/rentora/rentora/controllers/component"
	"github.com/rentora/rentora/controllers/server"
)

type publish struct{}

// New gives the component.
func New() component.Component { return publish{} }

func (publish) Name() string    { return component.Publish }
func (publish) After() []string { return []string{component.API} }

func (publish) Next(component.Input, component.Observed) []component.Action { return nil }

func (publish) Desired(in component.Input) (objects []client.Object, err error) {
	if in.Platform.Spec.Gateway == nil {
		return []client.Object{ingress(in)}, nil
	}
	if !in.Facts.GatewayAPI {
		return nil, nil
	}
	for _, s := range sites(in) {
		objects = append(objects, route(in, s))
	}
	return objects, nil
}

// Ready does not wait for what the controller says of the Ingress or the route: not every one says anything.
func (publish) Ready(in component.Input, o component.Observed) component.Readiness {
	p := in.Platform
	where := server.Scheme(p) + "://" + p.Spec.Domain
	if p.Spec.Gateway != nil {
		if !in.Facts.GatewayAPI {
			return component.Failed(v1alpha1.ReasonCRDMissing, "spec.gateway asks for HTTPRoutes, which this cluster does not know: install the Gateway API, or take spec.ingress.")
		}
		return component.Good("HTTPRoutes at the Gateway %s lead to %s.", p.Spec.Gateway.Name, where)
	}
	if p.Spec.TLS != nil && p.Spec.TLS.IssuerRef != nil && !in.Facts.CertManager {
		return component.Failed(v1alpha1.ReasonCRDMissing, "spec.tls.issuerRef asks for a certificate by cert-manager, which this cluster does not have: install it, or take spec.tls.secretName.")
	}
	if o.Ingresses[component.Child(p, component.Publish)] == nil {
		return component.Underway(v1alpha1.ReasonProgressing, "The Ingress is about to be created.")
	}
	return component.Good("The Ingress leads to %s.", where)
}

// site is a host name and what is open of it.
type site struct {
	name, host string
	ways       []way
}

// way leads some paths of a site, each with all below it, to a part of the platform.
type way struct {
	part  string
	port  int32
	paths []string
}

// sites: web and API, and the object store where it is ours. It cannot live under a path: signatures name the host. Of the store
// its two buckets are open and nothing else: what it says of itself is for us. Web and API share their host, so that a browser
// sends the API the cookies that belong to the web.
func sites(in component.Input) []site {
	p := in.Platform
	ways := []way{{component.API, component.PortAPI, []string{"/"}}}
	if webServes(in) {
		ways = []way{{component.API, component.PortAPI, []string{"/api", "/.well-known/jwks.json", "/livez", "/readyz"}}, {component.Web, component.PortWeb, []string{"/"}}}
	}
	all := []site{{component.Publish, p.Spec.Domain, ways}}
	if p.Spec.ObjectStorage.Mode != v1alpha1.External {
		all = append(all, site{component.Publish + "-files", server.FilesHost(p), []way{{component.Objects, component.PortObjects,
			[]string{"/" + server.BucketPrefix(p) + "originals", "/" + server.BucketPrefix(p) + "photos"}}}})
	}
	return all
}

// webServes tells whether there is a site to lead to. Until it was ready once, the API alone answers, as before: a platform that gets its
// first site must not lose its address to one that does not come up.
func webServes(in component.Input) bool {
	return in.Platform.Spec.Web.On() && (in.Platform.Status.Version.WebImage != "" || in.Verdicts[component.Web].State == component.IsReady)
}

// largestUpload is what the ingress controller must let through to the object store: more than the server signs for. The one
// whose annotation this is would refuse anything above a megabyte.
const (
	uploadAnnotation = "nginx.ingress.kubernetes.io/proxy-body-size"
	largestUpload    = "32m"
)

// headersAnnotation gives the same controller room for a page's headers, which name the hash of each of its scripts: it refuses what is
// larger than its usual 4 KiB.
const (
	headersAnnotation = "nginx.ingress.kubernetes.io/proxy-buffer-size"
	largestHeaders    = "16k"
)

func ingress(in component.Input) *networkingv1.Ingress {
	p := in.Platform
	i := &networkingv1.Ingress{
		TypeMeta:   metav1.TypeMeta{APIVersion: "networking.k8s.io/v1", Kind: "Ingress"},
		ObjectMeta: component.Meta(p, component.Publish, component.Publish),
	}
	i.Annotations = map[string]string{uploadAnnotation: largestUpload, headersAnnotation: largestHeaders}
	if spec := p.Spec.Ingress; spec != nil {
		maps.Copy(i.Annotations, spec.Annotations)
		if spec.ClassName != "" {
			i.Spec.IngressClassName = &spec.ClassName
		}
	}
	var hosts []string
	for _, s := range sites(in) {
		hosts = append(hosts, s.host)
		i.Spec.Rules = append(i.Spec.Rules, rule(in, s))
	}
	secure(p, i, hosts)
	return i
}

func rule(in component.Input, s site) networkingv1.IngressRule {
	prefix := networkingv1.PathTypePrefix
	http := &networkingv1.HTTPIngressRuleValue{}
	for _, w := range s.ways {
		backend := networkingv1.IngressBackend{Service: &networkingv1.IngressServiceBackend{
			Name: component.Child(in.Platform, w.part), Port: networkingv1.ServiceBackendPort{Number: w.port}}}
		for _, path := range w.paths {
			http.Paths = append(http.Paths, networkingv1.HTTPIngressPath{Path: path, PathType: &prefix, Backend: backend})
		}
	}
	return networkingv1.IngressRule{Host: s.host, IngressRuleValue: networkingv1.IngressRuleValue{HTTP: http}}
}

// secure names the certificate: the user's, or one that cert-manager makes because of the annotation.
func secure(p *v1alpha1.RentoraPlatform, i *networkingv1.Ingress, hosts []string) {
	t := p.Spec.TLS
	if t == nil {
		return
	}
	name := t.SecretName
	if ref := t.IssuerRef; ref != nil {
		name = CertificateName(p)
		key := "cert-manager.io/cluster-issuer"
		if ref.Kind == "Issuer" {
			key = "cert-manager.io/issuer"
		}
		i.Annotations[key] = ref.Name
	}
	i.Spec.TLS = []networkingv1.IngressTLS{{Hosts: hosts, SecretName: name}}
}

// CertificateName is the Secret of the platform's certificate when cert-manager makes it.
func CertificateName(p *v1alpha1.RentoraPlatform) string { return fmt.Sprintf("%s-tls", p.Name) }
