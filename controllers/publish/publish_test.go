package publish_test

import (
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"
	networkingv1 "k8s.io/api/networking/v1"
	"k8s.io/apimachinery/pkg/apis/meta/v1/unstructured"

	"github.com/rentora/rentora/api/v1alpha1"
	"github.com/rentora/rentora/controllers/component"
	"github.com/rentora/rentora/controllers/golden"
	"github.com/rentora/rentora/controllers/publish"
)

func input(change func(*v1alpha1.RentoraPlatform)) component.Input {
	p := golden.Platform(v1alpha1.Standard)
	if change != nil {
		change(p)
	}
	return golden.Input(p)
}

func gateway(p *v1alpha1.RentoraPlatform) {
	p.Spec.Gateway = &v1alpha1.Gateway{Name: "public", Namespace: "gateways", SectionName: "https"}
}

func TestAnIngressIsAsThePlatformSays(t *testing.T) {
	t.Parallel()
	in := input(func(p *v1alpha1.RentoraPlatform) {
		p.Spec.Ingress = &v1alpha1.Ingress{ClassName: "nginx", Annotations: map[string]string{"nginx.ingress.kubernetes.io/proxy-body-size": "1g", "a": "b"}}
		p.Spec.TLS = &v1alpha1.TLS{IssuerRef: &v1alpha1.IssuerRef{Kind: "ClusterIssuer", Name: "letsencrypt"}}
		p.Spec.ObjectStorage.PublicHost = "photos.example.test"
	})
	objects, err := publish.New().Desired(in)
	if err != nil {
		t.Fatal(err)
	}
	i := objects[0].(*networkingv1.Ingress)
	want := map[string]string{"nginx.ingress.kubernetes.io/proxy-body-size": "1g", "nginx.ingress.kubernetes.io/proxy-buffer-size": "16k", "a": "b", "cert-manager.io/cluster-issuer": "letsencrypt"}
	if diff := cmp.Diff(want, i.Annotations); diff != "" {
		t.Error(diff)
	}
	tls := []networkingv1.IngressTLS{{Hosts: []string{"rentora.example.test", "photos.example.test"}, SecretName: "stay-tls"}}
	if diff := cmp.Diff(tls, i.Spec.TLS); diff != "" || *i.Spec.IngressClassName != "nginx" {
		t.Error(diff)
	}
	if in.Platform.Spec.Ingress.Annotations["cert-manager.io/cluster-issuer"] != "" {
		t.Error("the platform itself was changed")
	}
}

// TestRoutesOfTheGateway wants what the manifest of the golden platform "gateway" does not say.
func TestRoutesOfTheGateway(t *testing.T) {
	t.Parallel()
	in := input(gateway)
	if objects, err := publish.New().Desired(in); err != nil || len(objects) != 0 {
		t.Errorf("a cluster without the Gateway API: %v %v", objects, err)
	}
	in.Facts.GatewayAPI = true
	in.Platform.Spec.Gateway = &v1alpha1.Gateway{Name: "public"}
	objects, err := publish.New().Desired(in)
	if err != nil {
		t.Fatal(err)
	}
	want := []any{map[string]any{"group": "gateway.networking.k8s.io", "kind": "Gateway", "name": "public", "namespace": "rentals"}}
	got, _, _ := unstructured.NestedSlice(objects[0].(*unstructured.Unstructured).Object, "spec", "parentRefs")
	if diff := cmp.Diff(want, got); diff != "" {
		t.Errorf("a Gateway beside the platform (-want +got):\n%s", diff)
	}
}

// TestTheAddressLeadsToTheSiteOnceThereIsOne follows a platform that gets its first site.
func TestTheAddressLeadsToTheSiteOnceThereIsOne(t *testing.T) {
	t.Parallel()
	off := false
	for what, c := range map[string]struct {
		change func(in *component.Input)
		want   string
	}{
		"it waits":    {func(in *component.Input) { in.Verdicts[component.Web] = component.Waiting("Waits.") }, "stay-api"},
		"it comes up": {func(in *component.Input) { in.Verdicts[component.Web] = component.Underway("Progressing", "Soon.") }, "stay-api"},
		"it is there": {func(*component.Input) {}, "stay-web"},
		"it was there before": {func(in *component.Input) {
			in.Verdicts[component.Web], in.Platform.Status.Version.WebImage = component.Failed("CrashLooping", "It ends."), "web:1"
		}, "stay-web"},
		"it is not wanted": {func(in *component.Input) { in.Platform.Spec.Web.Enabled = &off }, "stay-api"},
	} {
		in := input(nil)
		c.change(&in)
		objects, err := publish.New().Desired(in)
		if err != nil {
			t.Fatal(err)
		}
		for _, path := range objects[0].(*networkingv1.Ingress).Spec.Rules[0].HTTP.Paths {
			if got := path.Backend.Service.Name; path.Path == "/" && got != c.want {
				t.Errorf("%s: / leads to %s, not %s", what, got, c.want)
			}
		}
	}
}

func TestVerdicts(t *testing.T) {
	t.Parallel()
	issuer := func(p *v1alpha1.RentoraPlatform) {
		p.Spec.TLS = &v1alpha1.TLS{IssuerRef: &v1alpha1.IssuerRef{Name: "letsencrypt"}}
	}
	made := component.Observed{Ingresses: map[string]*networkingv1.Ingress{"stay-publish": {}}}
	for what, c := range map[string]struct {
		change   func(*v1alpha1.RentoraPlatform)
		facts    component.Facts
		observed component.Observed
		state    component.State
		reason   string
	}{
		"not there yet":       {nil, component.Facts{}, component.Observed{}, component.IsProgressing, v1alpha1.ReasonProgressing},
		"there":               {nil, component.Facts{}, made, component.IsReady, v1alpha1.ReasonReady},
		"no cert-manager":     {issuer, component.Facts{}, made, component.IsFailed, v1alpha1.ReasonCRDMissing},
		"cert-manager":        {issuer, component.Facts{CertManager: true}, made, component.IsReady, v1alpha1.ReasonReady},
		"no Gateway API":      {gateway, component.Facts{}, component.Observed{}, component.IsFailed, v1alpha1.ReasonCRDMissing},
		"routes at a Gateway": {gateway, component.Facts{GatewayAPI: true}, component.Observed{}, component.IsReady, v1alpha1.ReasonReady},
	} {
		in := input(c.change)
		in.Facts = c.facts
		if got := publish.New().Ready(in, c.observed); got.State != c.state || got.Reason != c.reason || !strings.HasSuffix(got.Message, ".") {
			t.Errorf("%s: %+v", what, got)
		}
	}
}
