package server_test

import (
	"testing"

	"github.com/google/go-cmp/cmp"

	"github.com/rentora/rentora/api/v1alpha1"
	"github.com/rentora/rentora/controllers/component"
	"github.com/rentora/rentora/controllers/server"
)

// ways gives the ports of the edges that lead anywhere, the namespaces that are open as a whole, and how many of the
// platform's own parts are reached.
func ways(t *testing.T, in component.Input) (ports []int32, namespaces []string, parts int) {
	t.Helper()
	c, err := server.Config(in)
	if err != nil {
		t.Fatal(err)
	}
	for _, e := range server.Egress(in, c) {
		switch {
		case len(e.Peers) == 0:
			ports = append(ports, e.Ports...)
		case e.Peers[0].PodSelector != nil:
			parts++
		default:
			for _, peer := range e.Peers {
				namespaces = append(namespaces, peer.NamespaceSelector.MatchLabels["kubernetes.io/metadata.name"])
			}
		}
	}
	return ports, namespaces, parts
}

func TestNobodyReachesMoreThanTheConfigurationNames(t *testing.T) {
	t.Parallel()
	for name, c := range map[string]struct {
		platform   string
		change     func(*v1alpha1.RentoraPlatform)
		ports      []int32
		namespaces []string
		parts      int
	}{
		"managed":         {"standard", nil, []int32{587}, nil, 5},
		"external":        {"external", nil, []int32{443, 587, 5432, 6380, 6432, 8108, 9093}, nil, 0},
		"mail of our own": {"standard", func(p *v1alpha1.RentoraPlatform) { p.Spec.Mail.Host = "mail" }, nil, []string{"rentals"}, 5},
		"mail next door":  {"standard", func(p *v1alpha1.RentoraPlatform) { p.Spec.Mail.Host = "smtp.post.svc.cluster.local" }, nil, []string{"post"}, 5},
		"mail by address": {"standard", func(p *v1alpha1.RentoraPlatform) { p.Spec.Mail.Host, p.Spec.Mail.Port = "192.0.2.7", 25 }, []int32{25}, nil, 5},
		"a trace collector": {"standard", func(p *v1alpha1.RentoraPlatform) {
			p.Spec.Tracing = &v1alpha1.Tracing{OTLPEndpoint: "http://otel.traces.svc:4318"}
		}, []int32{587}, []string{"traces"}, 5},
		"errors to Sentry by a proxy": {"standard", func(p *v1alpha1.RentoraPlatform) {
			p.Spec.API.Env = []v1alpha1.EnvVar{{Name: "RENTORA_ERRORS_SENTRY_DSN", Value: "https://k@sentry.example.test/1"}, {Name: "HTTPS_PROXY", Value: "http://proxy.example.test:3128"}, {Name: "NO_PROXY", Value: "x:1"}}
		}, []int32{443, 587, 3128}, nil, 5},
	} {
		in := inputs()[c.platform]
		if c.change != nil {
			c.change(in.Platform)
		}
		ports, namespaces, parts := ways(t, in)
		if diff := cmp.Diff(c.ports, ports); diff != "" {
			t.Errorf("%s: ports %s", name, diff)
		}
		if diff := cmp.Diff(c.namespaces, namespaces); diff != "" || parts != c.parts {
			t.Errorf("%s: %d parts, namespaces %s", name, parts, diff)
		}
	}
}

func TestVisitorsComeThroughTheIngressController(t *testing.T) {
	t.Parallel()
	in := inputs()["standard"]
	if peers := server.Visitors(in); peers != nil {
		t.Errorf("nobody said where the controller runs: %v", peers)
	}
	in.Platform.Spec.Ingress = &v1alpha1.Ingress{Namespace: "ingress-nginx"}
	want := component.Namespace("ingress-nginx")
	if diff := cmp.Diff(want, server.Visitors(in)); diff != "" {
		t.Error(diff)
	}
}
