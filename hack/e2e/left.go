package main

import (
	"context"
	"fmt"
	"maps"
	"slices"
	"strings"

	batchv1 "k8s.io/api/batch/v1"
	corev1 "k8s.io/api/core/v1"
	apierrors "k8s.io/apimachinery/pkg/api/errors"
	apimeta "k8s.io/apimachinery/pkg/api/meta"
	metav1 "k8s.io/apimachinery/pkg/apis/meta/v1"
	"k8s.io/apimachinery/pkg/runtime/schema"
	"sigs.k8s.io/controller-runtime/pkg/client"

	"github.com/rentora/rentora/api/v1alpha1"
	"github.com/rentora/rentora/controllers/component"
)

// takeDown deletes a platform and waits until nothing is left but objects of the kinds named.
func (e *env) takeDown(ctx context.Context, platform string, before map[string]string, stay ...string) error {
	// The run's own Job has the labels of a migration, and no owner.
	job := &batchv1.Job{ObjectMeta: metav1.ObjectMeta{Name: platform + "-seed", Namespace: space}}
	if err := e.Delete(ctx, job, client.PropagationPolicy(metav1.DeletePropagationBackground)); client.IgnoreNotFound(err) != nil {
		return err
	}
	p := &v1alpha1.RentoraPlatform{ObjectMeta: metav1.ObjectMeta{Name: platform, Namespace: space}}
	if err := e.Delete(ctx, p); client.IgnoreNotFound(err) != nil {
		return err
	}
	return e.gone(ctx, platform, before, stay...)
}

// gone waits until the platform has ended and the namespace holds what it held before, of other platforms whatever there is, and
// of this one the kinds that stay. Without a before, only what says that it belongs to the platform is looked for.
func (e *env) gone(ctx context.Context, platform string, before map[string]string, stay ...string) error {
	return until(ctx, "nothing is left of "+platform+fmt.Sprintf(" but %q", stay), func() (bool, string) {
		key := client.ObjectKey{Namespace: space, Name: platform}
		if err := e.Get(ctx, key, &v1alpha1.RentoraPlatform{}); !apierrors.IsNotFound(err) {
			return false, fmt.Sprint("the resource is still there: ", err)
		}
		after, err := e.everything(ctx)
		if err != nil {
			return false, err.Error()
		}
		wrong := differences(before, after, platform, stay)
		return len(wrong) == 0, strings.Join(wrong, ", ")
	})
}

// differences says what should not be there, and what should be and is not.
func differences(before, after map[string]string, platform string, stay []string) (wrong []string) {
	for _, object := range slices.Sorted(maps.Keys(after)) {
		kind, _, _ := strings.Cut(object, " ")
		_, was := before[object]
		switch owner := after[object]; {
		case owner == platform && !slices.Contains(stay, kind):
			wrong = append(wrong, object)
		case owner == "" && before != nil && !was:
			wrong = append(wrong, object+" (which says of no platform that it belongs there)")
		}
	}
	for _, object := range slices.Sorted(maps.Keys(before)) {
		if _, is := after[object]; !is && before[object] == "" {
			wrong = append(wrong, object+" (which was there before, and is gone)")
		}
	}
	return wrong
}

// volumes gives the claims of the platform, by name, with what tells them from others of the same name.
func (e *env) volumes(ctx context.Context) (map[string]string, error) {
	var claims corev1.PersistentVolumeClaimList
	if err := e.List(ctx, &claims, client.InNamespace(space), client.MatchingLabels{component.LabelPlatform: name}); err != nil {
		return nil, err
	}
	found := map[string]string{}
	for _, c := range claims.Items {
		found[c.Name] = string(c.UID) + " " + c.Spec.VolumeName
	}
	return found, nil
}

// endingClaims tells whether a claim of the second platform is being deleted, or is gone.
func (e *env) endingClaims(ctx context.Context) (bool, error) {
	var claims corev1.PersistentVolumeClaimList
	if err := e.List(ctx, &claims, client.InNamespace(space), client.MatchingLabels{component.LabelPlatform: secondName}); err != nil {
		return false, err
	}
	ending := func(c corev1.PersistentVolumeClaim) bool { return c.DeletionTimestamp != nil }
	return len(claims.Items) < len(component.DataServices) || slices.ContainsFunc(claims.Items, ending), nil
}

// credentials gives the Secrets of a platform that have no owner, by name, with what is in them.
func (e *env) credentials(ctx context.Context, platform string) (map[string]string, error) {
	var secrets corev1.SecretList
	if err := e.List(ctx, &secrets, client.InNamespace(space), client.MatchingLabels{component.LabelPlatform: platform}); err != nil {
		return nil, err
	}
	found := map[string]string{}
	for _, s := range secrets.Items {
		if len(s.OwnerReferences) == 0 {
			found[s.Name] = fmt.Sprint(s.UID, s.Data)
		}
	}
	return found, nil
}

// everything names what is in the platforms' namespace, of every kind that the cluster can list, each with the platform that it
// says to belong to. What comes and goes by itself is left out: Events, measurements, and the pods of the run's mail server.
func (e *env) everything(ctx context.Context) (map[string]string, error) {
	found := map[string]string{}
	err := e.eachKind(ctx, func(kind schema.GroupVersionKind, objects []metav1.PartialObjectMetadata) {
		for _, o := range objects {
			if !strings.HasPrefix(o.Name, "mailcatcher") {
				found[kind.Kind+" "+o.Name] = o.Labels[component.LabelPlatform]
			}
		}
	})
	return found, err
}

// eachKind lists the namespace, kind by kind.
func (e *env) eachKind(ctx context.Context, do func(schema.GroupVersionKind, []metav1.PartialObjectMetadata)) error {
	lists, err := e.clients.Discovery().ServerPreferredNamespacedResources()
	if err != nil {
		return err
	}
	for _, group := range lists {
		version, err := schema.ParseGroupVersion(group.GroupVersion)
		if err != nil {
			return err
		}
		for _, r := range group.APIResources {
			if !slices.Contains(r.Verbs, "list") || version.Group == "metrics.k8s.io" || r.Kind == "Event" {
				continue
			}
			list := &metav1.PartialObjectMetadataList{}
			list.SetGroupVersionKind(version.WithKind(r.Kind + "List"))
			err := e.List(ctx, list, client.InNamespace(space))
			if apimeta.IsNoMatchError(err) {
				continue
			}
			if err != nil {
				return fmt.Errorf("list %s: %w", r.Kind, err)
			}
			do(version.WithKind(r.Kind), list.Items)
		}
	}
	return nil
}
