package controllers_test

import (
	"fmt"
	"strings"
	"testing"

	networkingv1 "k8s.io/api/networking/v1"
	metav1 "k8s.io/apimachinery/pkg/apis/meta/v1"
	"k8s.io/apimachinery/pkg/apis/meta/v1/unstructured"
	"k8s.io/apimachinery/pkg/runtime/schema"

	"github.com/rentora/rentora/api/v1alpha1"
	"github.com/rentora/rentora/controllers/component"
)

var routes = schema.GroupVersionKind{Group: "gateway.networking.k8s.io", Version: "v1", Kind: "HTTPRoute"}

func routeOf(name, namespace string) *unstructured.Unstructured {
	u := &unstructured.Unstructured{}
	u.SetGroupVersionKind(routes)
	u.SetName(name)
	u.SetNamespace(namespace)
	return u
}

// TestRoutes publishes a platform by a Gateway: before the cluster knows HTTPRoutes, from then on, when somebody takes one away or
// changes it, and when the platform goes back to an Ingress. Routes of others are not held in memory.
func TestRoutes(t *testing.T) {
	t.Parallel()
	w := newWorld(t)
	theirs := routeOf("theirs", w.namespace)
	theirs.Object["spec"] = map[string]any{"hostnames": []any{"theirs.example.test"}}
	w.create(theirs)
	p := w.platform("stay")
	p.Spec.Gateway = &v1alpha1.Gateway{Name: "public", Namespace: "gateways", SectionName: "https"}
	w.create(p)
	w.until("the platform says what is missing", func() (bool, string) {
		w.nodes("stay")
		text := conditions(w.read("stay"))
		return strings.Contains(text, "PublishReady=False CRDMissing"), text
	})
	w.cluster.Store(&component.Facts{GatewayAPI: true})
	w.changed <- struct{}{}
	w.ready("stay")
	w.settle("stay")
	w.routesStay()

	held := &unstructured.UnstructuredList{}
	held.SetGroupVersionKind(routes.GroupVersion().WithKind("HTTPRouteList"))
	if err := w.cache.List(t.Context(), held); err != nil {
		t.Fatal(err)
	}
	if len(held.Items) != 2 {
		t.Errorf("the operator holds %d routes in memory, not its 2", len(held.Items))
	}
	w.change(p, func() { p.Spec.Gateway = nil })
	w.until("the routes have become an Ingress", func() (bool, string) {
		files, site := w.exists(routeOf("", ""), "stay-publish-files"), w.exists(routeOf("", ""), "stay-publish")
		return !files && !site && w.exists(&networkingv1.Ingress{}, "stay-publish"), fmt.Sprint(files, site)
	})
	if !w.exists(theirs, "theirs") {
		t.Error("the route of somebody else went, too")
	}
	w.ready("stay")
	w.settle("stay")
}

// routesStay takes a route away and changes it; nothing else happens that could wake the operator.
func (w *world) routesStay() {
	w.Helper()
	r := routeOf("stay-publish-files", w.namespace)
	w.exists(r, r.GetName())
	was := r.GetUID()
	if err := w.Delete(w.Context(), r); err != nil {
		w.Fatal(err)
	}
	w.until("the route is there again", func() (bool, string) { return w.exists(r, r.GetName()) && r.GetUID() != was, "" })

	w.change(r, func() {
		r.SetLabels(map[string]string{component.LabelManagedBy: component.ManagedBy, component.LabelPlatform: "stay", "example.test/theirs": "stays"})
		r.Object["spec"] = map[string]any{"hostnames": []any{"other.example.test"}}
	})
	w.until("the route is ours again", func() (bool, string) {
		w.exists(r, r.GetName())
		hosts, _, _ := unstructured.NestedStringSlice(r.Object, "spec", "hostnames")
		rules, _, _ := unstructured.NestedSlice(r.Object, "spec", "rules")
		return strings.Join(hosts, " ") == "files.rentora.example.test" && len(rules) == 1 && r.GetLabels()[component.LabelName] != "", fmt.Sprint(hosts, rules)
	})
	if r.GetLabels()["example.test/theirs"] != "stays" || !metav1.IsControlledBy(r, w.read("stay")) {
		w.Errorf("the labels are %v, the owners %v", r.GetLabels(), r.GetOwnerReferences())
	}
	w.settle("stay")
	before := w.seen.count()
	w.nudge("stay", 10)
	if asked := w.seen.since(before); len(asked) > 0 {
		w.Errorf("10 passes over a platform with routes asked the API server:\n%s", strings.Join(asked, "\n"))
	}
}
