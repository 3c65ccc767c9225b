package component

import (
	"fmt"

	"k8s.io/apimachinery/pkg/apis/meta/v1/unstructured"
	"k8s.io/apimachinery/pkg/runtime"
	"sigs.k8s.io/controller-runtime/pkg/client"
)

// Render gives an object as it is sent to the API server: what a component says and nothing else. Status and nulls go, empty
// maps stay: "emptyDir: {}" means something.
func Render(o client.Object) (*unstructured.Unstructured, error) {
	if o.GetObjectKind().GroupVersionKind().Kind == "" {
		return nil, fmt.Errorf("%T %s has no kind", o, o.GetName())
	}
	content, err := runtime.DefaultUnstructuredConverter.ToUnstructured(o)
	if err != nil {
		return nil, fmt.Errorf("render %s: %w", o.GetName(), err)
	}
	delete(content, "status")
	u := &unstructured.Unstructured{Object: strip(content).(map[string]any)}
	return u, nil
}

// strip takes out what typed objects carry without meaning it, at every depth: null values, and the status and creation time
// of embedded objects.
func strip(value any) any {
	switch v := value.(type) {
	case map[string]any:
		for key, inner := range v {
			if inner == nil {
				delete(v, key)
				continue
			}
			v[key] = strip(inner)
		}
		if meta, ok := v["metadata"].(map[string]any); ok {
			delete(meta, "creationTimestamp")
			if len(meta) == 0 {
				delete(v, "metadata")
			}
			if status, ok := v["status"].(map[string]any); ok && len(status) == 0 {
				delete(v, "status")
			}
		}
		return v
	case []any:
		for i := range v {
			v[i] = strip(v[i])
		}
		return v
	}
	return value
}
