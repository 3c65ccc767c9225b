package controllers_test

import (
	"testing"

	"github.com/google/go-cmp/cmp"
	appsv1 "k8s.io/api/apps/v1"

	"github.com/rentora/rentora/api/v1alpha1"
)

// TestSmallerProfile goes from a profile to a smaller one: volumes stay as large as they are, and the status says so.
func TestSmallerProfile(t *testing.T) {
	t.Parallel()
	w := newWorld(t)
	p := w.platform("stay")
	p.Spec.Profile = v1alpha1.Standard
	w.create(p)
	w.ready("stay")
	w.settle("stay")
	large := w.sizes()
	w.change(p, func() { p.Spec.Profile = v1alpha1.Dev })
	w.ready("stay")
	w.settle("stay")
	if diff := cmp.Diff(large, w.sizes()); diff != "" {
		t.Errorf("the volumes are others than before (-before +after):\n%s", diff)
	}
	got := w.read("stay").Status.Effective
	if got.Profile != v1alpha1.Dev {
		t.Errorf("the profile in force is %s", got.Profile)
	}
	want := map[string]string{"postgres": "20Gi", "redis": "5Gi", "typesense": "10Gi", "objects": "50Gi", "kafka": "10Gi", "prometheus": "10Gi"}
	if diff := cmp.Diff(want, got.Storage); diff != "" {
		t.Errorf("the status tells of other volumes than there are (-want +got):\n%s", diff)
	}
}

// sizes gives, by StatefulSet, which one it is and what volumes it makes.
func (w *world) sizes() map[string]string {
	w.Helper()
	all := map[string]string{}
	for _, part := range []string{"postgres", "redis", "typesense", "objects", "kafka", "prometheus"} {
		s := &appsv1.StatefulSet{}
		if !w.exists(s, "stay-"+part) {
			w.Fatalf("there is no StatefulSet of %s", part)
		}
		all[part] = string(s.UID) + " " + s.Spec.VolumeClaimTemplates[0].Spec.Resources.Requests.Storage().String()
	}
	return all
}
