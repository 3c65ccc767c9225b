package main

import (
	"context"
	"fmt"
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
func (e *env) takeDown(ctx context.Context, platform string, stay ...string) error {
	// The run's own Job has the labels of a migration, and no owner.
	job := &batchv1.Job{ObjectMeta: metav1.ObjectMeta{Name: platform + "-seed", Namespace: space}}
	if err := e.Delete(ctx, job, client.PropagationPolicy(metav1.DeletePropagationBackground)); client.IgnoreNotFound(err) != nil {
		return err
	}
	p := &v1alpha1.RentoraPlatform{ObjectMeta: metav1.ObjectMeta{Name: platform, Namespace: space}}
	if err := e.Delete(ctx, p); client.IgnoreNotFound(err) != nil {
		return err
	}
	return until(ctx, "nothing is left of "+platform+fmt.Sprintf(" but %q", stay), func() (bool, string) {
		if err := e.Get(ctx, client.ObjectKeyFromObject(p), p); !apierrors.IsNotFound(err) {
			return false, fmt.Sprint("the resource is still there: ", err)
		}
		names, err := e.left(ctx, platform)
		if err != nil {
			return false, err.Error()
		}
		names = slices.DeleteFunc(names, func(n string) bool {
			kind, _, _ := strings.Cut(n, " ")
			return slices.Contains(stay, kind)
		})
		return len(names) == 0, strings.Join(names, ", ")
	})
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

// left names what is there of a platform, of every kind that the cluster can list.
func (e *env) left(ctx context.Context, platform string) ([]string, error) {
	lists, err := e.clients.Discovery().ServerPreferredNamespacedResources()
	if err != nil {
		return nil, err
	}
	var names []string
	for _, group := range lists {
		version, err := schema.ParseGroupVersion(group.GroupVersion)
		if err != nil {
			return nil, err
		}
		for _, r := range group.APIResources {
			if !slices.Contains(r.Verbs, "list") || version.Group == "metrics.k8s.io" { // what was measured of pods stays a while
				continue
			}
			list := &metav1.PartialObjectMetadataList{}
			list.SetGroupVersionKind(version.WithKind(r.Kind + "List"))
			err := e.List(ctx, list, client.InNamespace(space), client.MatchingLabels{component.LabelPlatform: platform})
			if apimeta.IsNoMatchError(err) {
				continue
			}
			if err != nil {
				return nil, fmt.Errorf("list %s: %w", r.Kind, err)
			}
			for _, o := range list.Items {
				names = append(names, r.Kind+" "+o.Name)
			}
		}
	}
	return names, nil
}
