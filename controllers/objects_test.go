package controllers_test

import (
	"maps"
	"regexp"
	"slices"
	"strings"

	corev1 "k8s.io/api/core/v1"
	apimeta "k8s.io/apimachinery/pkg/api/meta"
	"k8s.io/apimachinery/pkg/api/resource"
	metav1 "k8s.io/apimachinery/pkg/apis/meta/v1"
	"k8s.io/apimachinery/pkg/apis/meta/v1/unstructured"
	"k8s.io/apimachinery/pkg/runtime/schema"
	"sigs.k8s.io/controller-runtime/pkg/client"
	"sigs.k8s.io/yaml"

	"github.com/rentora/rentora/controllers/component"
)

// kinds that the operator makes.
var kinds = []string{
	"apps/v1/Deployment", "apps/v1/StatefulSet", "batch/v1/Job", "/v1/Service", "/v1/ConfigMap", "/v1/Secret", "/v1/ServiceAccount",
	"networking.k8s.io/v1/Ingress", "networking.k8s.io/v1/NetworkPolicy", "policy/v1/PodDisruptionBudget", "autoscaling/v2/HorizontalPodAutoscaler",
	"rbac.authorization.k8s.io/v1/Role", "rbac.authorization.k8s.io/v1/RoleBinding", "gateway.networking.k8s.io/v1/HTTPRoute",
}

// objects gives all that the operator made of a platform, by kind and name; names of Jobs without the hash.
func (w *world) objects(platform string) map[string]*unstructured.Unstructured {
	w.Helper()
	all := map[string]*unstructured.Unstructured{}
	for _, kind := range kinds {
		words := strings.Split(kind, "/")
		list := &unstructured.UnstructuredList{}
		list.SetGroupVersionKind(schema.GroupVersionKind{Group: words[0], Version: words[1], Kind: words[2] + "List"})
		if err := w.List(w.Context(), list, client.InNamespace(w.namespace), client.MatchingLabels{component.LabelPlatform: platform}); err != nil && !apimeta.IsNoMatchError(err) {
			w.Fatal(err)
		}
		for i := range list.Items {
			all[words[2]+" "+unhashed(list.Items[i].GetName())] = &list.Items[i]
		}
	}
	return all
}

var (
	// jobs are named by what they are made of, and so by the platform's own Secrets
	hashed = regexp.MustCompile(`\b(stay-(?:migrate|objects-users))-[0-9a-f]+`)
	// what no two platforms share
	ownFields = [][]string{{"status"}, {"metadata", "uid"}, {"metadata", "resourceVersion"}, {"metadata", "creationTimestamp"}, {"metadata", "managedFields"},
		{"metadata", "ownerReferences"}, {"metadata", "generation"}, {"metadata", "annotations", component.AnnotationHash},
		{"spec", "clusterIP"}, {"spec", "clusterIPs"}, {"spec", "selector", "matchLabels", "batch.kubernetes.io/controller-uid"},
		{"spec", "template", "metadata", "labels", "batch.kubernetes.io/controller-uid"},
		{"spec", "template", "metadata", "labels", "controller-uid"},
		{"spec", "template", "metadata", "annotations", component.AnnotationSecrets}, {"spec", "template", "metadata", "annotations", component.AnnotationConfig}}
)

func unhashed(text string) string { return hashed.ReplaceAllString(text, "$1-x") }

// alike gives the objects as texts in which everything is alike that two platforms of the same spec may not differ in. Of
// Secrets the keys stand in it.
func (w *world) alike(objects map[string]*unstructured.Unstructured) map[string]string {
	w.Helper()
	texts := map[string]string{}
	for name, o := range objects {
		for _, path := range ownFields {
			unstructured.RemoveNestedField(o.Object, path...)
		}
		if o.GetKind() == "Secret" {
			data, _, _ := unstructured.NestedMap(o.Object, "data")
			o.Object["data"] = slices.Sorted(maps.Keys(data))
		}
		text, err := yaml.Marshal(o.Object)
		if err != nil {
			w.Fatal(err)
		}
		texts[name] = unhashed(strings.ReplaceAll(string(text), w.namespace, "here"))
	}
	return texts
}

// restored deletes everything that the operator made of a platform, and waits until it is there again.
func (w *world) restored(platform string) {
	w.Helper()
	before := w.objects(platform)
	for name, o := range before {
		if err := w.Delete(w.Context(), o, client.PropagationPolicy(metav1.DeletePropagationBackground)); err != nil {
			w.Fatalf("%s: %v", name, err)
		}
	}
	w.until("everything is there again", func() (bool, string) {
		w.nodes(platform)
		now := w.objects(platform)
		var missing []string
		for name, o := range before {
			if now[name] == nil || now[name].GetUID() == o.GetUID() {
				missing = append(missing, name)
			}
		}
		return len(missing) == 0, strings.Join(missing, "\n")
	})
	w.ready(platform)
	w.settle(platform)
	if lost, more := len(before), len(w.objects(platform)); lost != more {
		w.Errorf("%d objects were deleted, and %d are there now", lost, more)
	}
}

// claim makes the claim of a part, as the controller of StatefulSets would.
func (w *world) claim(platform, part string, size resource.Quantity) *corev1.PersistentVolumeClaim {
	w.Helper()
	c := &corev1.PersistentVolumeClaim{ObjectMeta: metav1.ObjectMeta{Name: "data-" + platform + "-" + part + "-0", Namespace: w.namespace,
		Labels: component.Labels(w.read(platform), part, part)}}
	c.Spec.AccessModes = []corev1.PersistentVolumeAccessMode{corev1.ReadWriteOnce}
	c.Spec.Resources.Requests = corev1.ResourceList{corev1.ResourceStorage: size}
	w.create(c)
	return c
}
