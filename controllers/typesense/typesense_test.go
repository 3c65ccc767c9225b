package typesense

import (
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"
	appsv1 "k8s.io/api/apps/v1"
	corev1 "k8s.io/api/core/v1"

	"github.com/rentora/rentora/api/v1alpha1"
	"github.com/rentora/rentora/controllers/component"
	"github.com/rentora/rentora/controllers/golden"
)

func TestGolden(t *testing.T) {
	t.Parallel()
	golden.Check(t, New())
}

// TestKeyStaysInside wants the key in no argument.
func TestKeyStaysInside(t *testing.T) {
	t.Parallel()
	in := golden.Input(golden.Platform(v1alpha1.Dev))
	if text := string(golden.Render(t, New(), in)); strings.Contains(text, in.Secrets.Value(component.TypesenseAuth, "api-key")) {
		t.Errorf("the key stands in\n%s", text)
	}
}

func TestReady(t *testing.T) {
	t.Parallel()
	inputs := golden.Inputs()
	rebuilding := &corev1.Pod{Status: corev1.PodStatus{Phase: corev1.PodRunning}}
	rebuilding.Name = "stay-typesense-0"
	for name, c := range map[string]struct {
		in   component.Input
		o    component.Observed
		want component.Readiness
	}{
		"external": {inputs["external"], component.Observed{}, component.Elsewhere("Somebody else runs Typesense, at https://search.example.test:8108.")},
		"runs": {inputs["ha"], component.Observed{StatefulSets: map[string]*appsv1.StatefulSet{"stay-typesense": {Status: appsv1.StatefulSetStatus{ReadyReplicas: 1, UpdatedReplicas: 1}}}},
			component.Good("typesense runs (1 of 1).")},
		"rebuilds": {inputs["dev"], component.Observed{StatefulSets: map[string]*appsv1.StatefulSet{"stay-typesense": {}}, Pods: map[string][]*corev1.Pod{"typesense": {rebuilding}}},
			component.Underway(v1alpha1.ReasonNotReady, "typesense: stay-typesense-0 runs but says that it is not ready yet.")},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			if diff := cmp.Diff(c.want, New().Ready(c.in, c.o)); diff != "" {
				t.Errorf("(-want +got)\n%s", diff)
			}
		})
	}
}
