package main

import (
	"context"
	"errors"
	"fmt"
	"slices"
	"strings"
	"time"

	appsv1 "k8s.io/api/apps/v1"
	corev1 "k8s.io/api/core/v1"
	networkingv1 "k8s.io/api/networking/v1"
	metav1 "k8s.io/apimachinery/pkg/apis/meta/v1"
	"k8s.io/apimachinery/pkg/apis/meta/v1/unstructured"
	"k8s.io/apimachinery/pkg/runtime/schema"
	"sigs.k8s.io/controller-runtime/pkg/client"

	"github.com/rentora/rentora/controllers/component"
)

// kinds that a platform is made of.
var kinds = []schema.GroupVersionKind{
	{Version: "v1", Kind: "ConfigMap"}, {Version: "v1", Kind: "Secret"}, {Version: "v1", Kind: "Service"}, {Version: "v1", Kind: "ServiceAccount"},
	{Group: "networking.k8s.io", Version: "v1", Kind: "NetworkPolicy"}, {Group: "networking.k8s.io", Version: "v1", Kind: "Ingress"},
	{Group: "policy", Version: "v1", Kind: "PodDisruptionBudget"}, {Group: "autoscaling", Version: "v2", Kind: "HorizontalPodAutoscaler"},
	{Group: "rbac.authorization.k8s.io", Version: "v1", Kind: "Role"}, {Group: "rbac.authorization.k8s.io", Version: "v1", Kind: "RoleBinding"},
	{Group: "batch", Version: "v1", Kind: "Job"}, {Group: "apps", Version: "v1", Kind: "Deployment"}, {Group: "apps", Version: "v1", Kind: "StatefulSet"},
}

// children deletes everything that the platform owns, kind by kind, and wants it back.
func children(ctx context.Context, e *env) error {
	total, began := 0, time.Now()
	for _, kind := range kinds {
		n, err := e.deleted(ctx, kind)
		if err != nil {
			return fmt.Errorf("%s: %w", kind.Kind, err)
		}
		total += n
	}
	e.note("%d objects of %d kinds deleted and made anew in %.0f s", total, len(kinds), time.Since(began).Seconds())
	if err := e.noOtherKinds(ctx); err != nil {
		return err
	}
	return e.settled(ctx)
}

// noOtherKinds wants that the platform owns nothing of a kind that was not tried.
func (e *env) noOtherKinds(ctx context.Context) error {
	var others []string
	err := e.eachKind(ctx, func(kind schema.GroupVersionKind, objects []metav1.PartialObjectMetadata) {
		for i := range objects {
			owner := metav1.GetControllerOf(&objects[i])
			if owner != nil && owner.Kind == "RentoraPlatform" && !slices.ContainsFunc(kinds, func(k schema.GroupVersionKind) bool { return k.GroupKind() == kind.GroupKind() }) {
				others = append(others, kind.Kind+" "+objects[i].Name)
			}
		}
	})
	if err == nil && len(others) > 0 {
		err = fmt.Errorf("the platform owns what was not tried: %s", strings.Join(others, ", "))
	}
	return err
}

// deleted takes the platform's objects of a kind away and waits for new ones of the same names.
func (e *env) deleted(ctx context.Context, kind schema.GroupVersionKind) (int, error) {
	list := &unstructured.UnstructuredList{}
	list.SetGroupVersionKind(kind)
	if err := e.List(ctx, list, client.InNamespace(space), client.MatchingLabels{component.LabelPlatform: name}); err != nil {
		return 0, err
	}
	var gone []*unstructured.Unstructured
	for i := range list.Items {
		if o := &list.Items[i]; metav1.GetControllerOf(o) != nil && metav1.GetControllerOf(o).Kind == "RentoraPlatform" {
			gone = append(gone, o)
		}
	}
	if len(gone) == 0 {
		return 0, errors.New("the platform has none of it")
	}
	for _, o := range gone {
		if err := e.Delete(ctx, o, client.PropagationPolicy(metav1.DeletePropagationBackground)); err != nil {
			return 0, err
		}
	}
	return len(gone), until(ctx, "all are there again", func() (bool, string) {
		for _, was := range gone {
			now := &unstructured.Unstructured{}
			now.SetGroupVersionKind(kind)
			if err := e.Get(ctx, client.ObjectKeyFromObject(was), now); err != nil {
				return false, err.Error()
			}
			if now.GetUID() == was.GetUID() {
				return false, was.GetName() + " is still the old one"
			}
		}
		return true, ""
	})
}

// settled waits until the platform is ready, its workloads say the same of themselves, and it is still ready then: just after a
// change the status is that of before.
func (e *env) settled(ctx context.Context) error {
	if _, err := e.ready(ctx, name); err != nil {
		return err
	}
	if err := until(ctx, "every workload has all of its pods", func() (bool, string) { return e.complete(ctx) }); err != nil {
		return err
	}
	_, err := e.ready(ctx, name)
	return err
}

func (e *env) complete(ctx context.Context) (bool, string) {
	ours := []client.ListOption{client.InNamespace(space), client.MatchingLabels{component.LabelPlatform: name}}
	var deployments appsv1.DeploymentList
	var sets appsv1.StatefulSetList
	if err := errors.Join(e.List(ctx, &deployments, ours...), e.List(ctx, &sets, ours...)); err != nil {
		return false, err.Error()
	}
	for _, d := range deployments.Items {
		if d.Status.ObservedGeneration < d.Generation || d.Spec.Replicas == nil || d.Status.AvailableReplicas < *d.Spec.Replicas || d.Status.UpdatedReplicas < *d.Spec.Replicas {
			return false, fmt.Sprintf("%s: %d are available", d.Name, d.Status.AvailableReplicas)
		}
	}
	for _, s := range sets.Items {
		if s.Status.ObservedGeneration < s.Generation || s.Status.ReadyReplicas < 1 || s.Status.CurrentRevision != s.Status.UpdateRevision {
			return false, fmt.Sprintf("%s: %d are ready", s.Name, s.Status.ReadyReplicas)
		}
	}
	return len(deployments.Items) > 0, "there are no workloads"
}

// edit is a change by hand to one object: spoil makes it, mended tells whether it was undone.
type edit struct {
	what   string
	object client.Object
	name   string
	spoil  func(client.Object)
	mended func(client.Object) bool
}

// byHand are edits of what the operator decides. What somebody adds to an object stays: it is theirs.
func byHand() []edit {
	container := func(o client.Object) *corev1.Container {
		return &o.(*appsv1.Deployment).Spec.Template.Spec.Containers[0]
	}
	return []edit{
		{"an image", &appsv1.Deployment{}, "jobs", func(o client.Object) { container(o).Image = "localhost/rentora/other:1" },
			func(o client.Object) bool { return !strings.Contains(container(o).Image, "other") }},
		{"replicas", &appsv1.Deployment{}, "jobs", func(o client.Object) { o.(*appsv1.Deployment).Spec.Replicas = ptr[int32](0) },
			func(o client.Object) bool { return *o.(*appsv1.Deployment).Spec.Replicas > 0 }},
		{"an environment variable", &appsv1.Deployment{}, "worker-cache", func(o client.Object) { container(o).Env[0].Value = "edited" },
			func(o client.Object) bool { return container(o).Env[0].Value != "edited" }},
		{"the pods that a policy guards", &networkingv1.NetworkPolicy{}, "postgres",
			func(o client.Object) {
				o.(*networkingv1.NetworkPolicy).Spec.PodSelector.MatchLabels[component.LabelName] = "edited"
			},
			func(o client.Object) bool {
				return o.(*networkingv1.NetworkPolicy).Spec.PodSelector.MatchLabels[component.LabelName] == "postgres"
			}},
		{"the ways that a policy opens", &networkingv1.NetworkPolicy{}, "redis",
			func(o client.Object) {
				p := o.(*networkingv1.NetworkPolicy)
				p.Spec.Ingress = append(p.Spec.Ingress, networkingv1.NetworkPolicyIngressRule{})
			},
			func(o client.Object) bool {
				rules := o.(*networkingv1.NetworkPolicy).Spec.Ingress
				return len(rules[len(rules)-1].From) > 0
			}},
		{"the text of a ConfigMap", &corev1.ConfigMap{}, "postgres", func(o client.Object) { o.(*corev1.ConfigMap).Data["pg_hba.conf"] = "host all all all trust" },
			func(o client.Object) bool {
				return strings.Contains(o.(*corev1.ConfigMap).Data["pg_hba.conf"], "scram-sha-256")
			}},
		{"where a Service leads", &corev1.Service{}, "api", func(o client.Object) { o.(*corev1.Service).Spec.Selector[component.LabelName] = "edited" },
			func(o client.Object) bool { return o.(*corev1.Service).Spec.Selector[component.LabelName] == "api" }},
	}
}

// edits makes each change and wants it undone.
func edits(ctx context.Context, e *env) error {
	slowest := time.Duration(0)
	for _, edit := range byHand() {
		key := client.ObjectKey{Namespace: space, Name: name + "-" + edit.name}
		if err := e.Get(ctx, key, edit.object); err != nil {
			return err
		}
		base := edit.object.DeepCopyObject().(client.Object)
		edit.spoil(edit.object)
		began := time.Now()
		if err := e.Patch(ctx, edit.object, client.MergeFrom(base)); err != nil {
			return fmt.Errorf("edit %s: %w", edit.what, err)
		}
		if err := until(ctx, edit.what+" of "+key.Name+" is put back", func() (bool, string) {
			err := e.Get(ctx, key, edit.object)
			return err == nil && edit.mended(edit.object), fmt.Sprint("generation ", edit.object.GetGeneration(), ", ", err)
		}); err != nil {
			return err
		}
		slowest = max(slowest, time.Since(began))
	}
	e.note("%d edits put back, the slowest after %.1f s", len(byHand()), slowest.Seconds())
	return e.settled(ctx)
}
