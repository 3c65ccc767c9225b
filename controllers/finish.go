package controllers

import (
	"context"
	"fmt"
	"slices"
	"strings"

	corev1 "k8s.io/api/core/v1"
	"sigs.k8s.io/controller-runtime/pkg/client"
	"sigs.k8s.io/controller-runtime/pkg/controller/controllerutil"

	"github.com/rentora/rentora/api/v1alpha1"
	"github.com/rentora/rentora/controllers/component"
)

// finish looks after the data of a platform that is being deleted, and then lets it go: what it owns goes with it, volumes and
// credentials only when the policy says so.
func (r *Reconciler) finish(ctx context.Context, live, p *v1alpha1.RentoraPlatform) error {
	if !controllerutil.ContainsFinalizer(p, finalizer) {
		return nil
	}
	if err := r.writeStatus(ctx, live, r.deletingStatus(p)); err != nil {
		return err
	}
	reason, said, err := r.part(ctx, p)
	if err != nil {
		return err
	}
	base := p.DeepCopy()
	controllerutil.RemoveFinalizer(p, finalizer)
	err = r.client.Patch(ctx, p, client.MergeFrom(base), client.FieldOwner(component.FieldOwner))
	if client.IgnoreNotFound(err) != nil {
		return fmt.Errorf("let the platform go: %w", err)
	}
	if err == nil { // else the cache was behind, and it has been told
		r.events.Eventf(p, nil, corev1.EventTypeNormal, reason, "Delete", "%s", said)
	}
	forgetMetrics(p.Namespace, p.Name)
	r.brought.forget(client.ObjectKeyFromObject(p))
	return nil
}

// part keeps or deletes the data, as the policy says, and gives the event that tells of it.
func (r *Reconciler) part(ctx context.Context, p *v1alpha1.RentoraPlatform) (reason, said string, err error) {
	volumes, credentials, err := r.data(ctx, p)
	if err != nil {
		return "", "", err
	}
	if p.Spec.DeletionPolicy != v1alpha1.Delete {
		return "DataRetained", fmt.Sprintf("Kept the volumes %s and the Secrets %s: a platform of the same name takes them up again. To remove them: kubectl delete pvc,secret -n %s -l %s=%s",
			names(volumes), names(credentials), p.Namespace, component.LabelPlatform, p.Name), nil
	}
	for _, o := range slices.Concat(volumes, credentials) {
		if o.GetDeletionTimestamp() != nil {
			continue // a volume stays until its pod is gone
		}
		if err := r.client.Delete(ctx, o); client.IgnoreNotFound(err) != nil {
			return "", "", fmt.Errorf("delete %s: %w", o.GetName(), err)
		}
		writes.WithLabelValues("Data", "delete").Inc()
	}
	return "DataDeleted", fmt.Sprintf("Deleted %d volumes and %d Secrets.", len(volumes), len(credentials)), nil
}

// data gives the platform's volumes and the credentials that open them.
func (r *Reconciler) data(ctx context.Context, p *v1alpha1.RentoraPlatform) (volumes, credentials []client.Object, err error) {
	var claims corev1.PersistentVolumeClaimList
	if err := r.list(ctx, p, &claims); err != nil {
		return nil, nil, err
	}
	for i := range claims.Items {
		volumes = append(volumes, &claims.Items[i])
	}
	var secrets corev1.SecretList
	if err := r.list(ctx, p, &secrets); err != nil {
		return nil, nil, err
	}
	for i := range secrets.Items {
		if len(secrets.Items[i].OwnerReferences) == 0 {
			credentials = append(credentials, &secrets.Items[i])
		}
	}
	return volumes, credentials, nil
}

func names(objects []client.Object) string {
	if len(objects) == 0 {
		return "(none)"
	}
	list := make([]string, len(objects))
	for i, o := range objects {
		list[i] = o.GetName()
	}
	return strings.Join(list, ", ")
}
