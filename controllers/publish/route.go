package publish

import (
	"k8s.io/apimachinery/pkg/apis/meta/v1/unstructured"

	"github.com/rentora/rentora/controllers/component"
)

// route says what the API server would fill in, too, so that nothing seems to have drifted. TLS is the Gateway's own affair.
func route(in component.Input, s site) *unstructured.Unstructured {
	p, gateway := in.Platform, in.Platform.Spec.Gateway
	namespace := gateway.Namespace
	if namespace == "" {
		namespace = p.Namespace
	}
	parent := map[string]any{"group": "gateway.networking.k8s.io", "kind": "Gateway", "name": gateway.Name, "namespace": namespace}
	if gateway.SectionName != "" {
		parent["sectionName"] = gateway.SectionName
	}
	var rules []any
	for _, w := range s.ways {
		var matches []any
		for _, path := range w.paths {
			matches = append(matches, map[string]any{"path": map[string]any{"type": "PathPrefix", "value": path}})
		}
		rules = append(rules, map[string]any{
			"matches":     matches,
			"backendRefs": []any{map[string]any{"group": "", "kind": "Service", "name": component.Child(p, w.part), "port": int64(w.port), "weight": int64(1)}},
		})
	}
	u := &unstructured.Unstructured{Object: map[string]any{
		"apiVersion": "gateway.networking.k8s.io/v1", "kind": "HTTPRoute",
		"spec": map[string]any{
			"parentRefs": []any{parent},
			"hostnames":  []any{s.host},
			"rules":      rules,
		},
	}}
	meta := component.Meta(p, component.Publish, s.name)
	u.SetName(meta.Name)
	u.SetNamespace(meta.Namespace)
	u.SetLabels(meta.Labels)
	return u
}
