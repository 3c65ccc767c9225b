package controllers

import (
	"context"

	apimeta "k8s.io/apimachinery/pkg/api/meta"
	metav1 "k8s.io/apimachinery/pkg/apis/meta/v1"
	"k8s.io/apimachinery/pkg/runtime"
	"k8s.io/apimachinery/pkg/runtime/schema"
	"sigs.k8s.io/controller-runtime/pkg/client"
	"sigs.k8s.io/controller-runtime/pkg/client/apiutil"

	"github.com/rentora/rentora/api/v1alpha1"
)

// identity tells objects of a platform's namespace apart.
type identity struct {
	kind schema.GroupKind
	name string
}

// prune deletes what the platform owns and no component desires any more. Volumes and credentials have no owner, so that they
// are never among it.
func (r *Reconciler) prune(ctx context.Context, s *pass) error {
	p, desired := s.platform, s.desired
	for _, list := range made(s.input.Facts) {
		if err := r.list(ctx, p, list); err != nil {
			return err
		}
		items, err := apimeta.ExtractList(list)
		if err != nil {
			return err
		}
		for _, item := range items {
			if err := r.pruneOne(ctx, p, desired, item); err != nil {
				return err
			}
		}
	}
	return nil
}

func (r *Reconciler) pruneOne(ctx context.Context, p *v1alpha1.RentoraPlatform, desired map[identity]bool, item runtime.Object) error {
	o, ok := item.(client.Object)
	if !ok || !metav1.IsControlledBy(o, p) || o.GetDeletionTimestamp() != nil {
		return nil
	}
	kind, err := apiutil.GVKForObject(o, r.scheme)
	if err != nil || desired[identity{kind.GroupKind(), o.GetName()}] {
		return err
	}
	uid, version := o.GetUID(), o.GetResourceVersion()
	err = r.client.Delete(ctx, o, client.PropagationPolicy(metav1.DeletePropagationBackground), client.Preconditions{UID: &uid, ResourceVersion: &version})
	if client.IgnoreNotFound(err) != nil {
		return err
	}
	writes.WithLabelValues(kind.Kind, "delete").Inc()
	return nil
}
