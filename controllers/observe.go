package controllers

import (
	"context"
	"slices"
	"strings"

	appsv1 "k8s.io/api/apps/v1"
	batchv1 "k8s.io/api/batch/v1"
	corev1 "k8s.io/api/core/v1"
	networkingv1 "k8s.io/api/networking/v1"
	"k8s.io/apimachinery/pkg/fields"
	"sigs.k8s.io/controller-runtime/pkg/client"

	"github.com/rentora/rentora/api/v1alpha1"
	"github.com/rentora/rentora/controllers/component"
)

// observe reads the platform's live objects from the caches, by component.
func (r *Reconciler) observe(ctx context.Context, p *v1alpha1.RentoraPlatform) (map[string]component.Observed, error) {
	all := map[string]component.Observed{}
	of := func(o client.Object) component.Observed {
		name := o.GetLabels()[component.LabelComponent]
		if _, known := all[name]; !known {
			all[name] = component.Observed{
				Deployments: map[string]*appsv1.Deployment{}, StatefulSets: map[string]*appsv1.StatefulSet{}, Jobs: map[string]*batchv1.Job{},
				Ingresses: map[string]*networkingv1.Ingress{}, Claims: map[string]*corev1.PersistentVolumeClaim{},
				Pods: map[string][]*corev1.Pod{}, Refused: map[string]string{},
			}
		}
		return all[name]
	}
	var (
		deployments appsv1.DeploymentList
		sets        appsv1.StatefulSetList
		jobs        batchv1.JobList
		ingresses   networkingv1.IngressList
		claims      corev1.PersistentVolumeClaimList
		pods        corev1.PodList
	)
	for _, list := range []client.ObjectList{&deployments, &sets, &jobs, &ingresses, &claims, &pods} {
		if err := r.list(ctx, p, list); err != nil {
			return nil, err
		}
	}
	for i := range deployments.Items {
		of(&deployments.Items[i]).Deployments[deployments.Items[i].Name] = &deployments.Items[i]
	}
	for i := range sets.Items {
		of(&sets.Items[i]).StatefulSets[sets.Items[i].Name] = &sets.Items[i]
	}
	for i := range jobs.Items {
		of(&jobs.Items[i]).Jobs[jobs.Items[i].Name] = &jobs.Items[i]
	}
	for i := range ingresses.Items {
		of(&ingresses.Items[i]).Ingresses[ingresses.Items[i].Name] = &ingresses.Items[i]
	}
	for i := range claims.Items {
		of(&claims.Items[i]).Claims[claims.Items[i].Name] = &claims.Items[i]
	}
	slices.SortFunc(pods.Items, func(a, b corev1.Pod) int { return strings.Compare(a.Name, b.Name) })
	for i := range pods.Items {
		part := pods.Items[i].Labels[component.LabelName]
		of(&pods.Items[i]).Pods[part] = append(of(&pods.Items[i]).Pods[part], &pods.Items[i])
	}
	return all, r.refusals(ctx, all)
}

func (r *Reconciler) list(ctx context.Context, p *v1alpha1.RentoraPlatform, into client.ObjectList) error {
	return r.client.List(ctx, into, client.InNamespace(p.Namespace), client.MatchingLabels{component.LabelPlatform: p.Name})
}

// refusals asks why a StatefulSet or Job has fewer pods than it should: a quota or a policy stands in no status of theirs, only
// in events. Nothing is asked when nothing is missing.
func (r *Reconciler) refusals(ctx context.Context, all map[string]component.Observed) error {
	for _, o := range all {
		for name, set := range o.StatefulSets {
			if set.Spec.Replicas != nil && set.Status.ObservedGeneration == set.Generation && set.Status.Replicas < *set.Spec.Replicas {
				if err := r.refused(ctx, set, o.Refused, name); err != nil {
					return err
				}
			}
		}
		for name, job := range o.Jobs {
			complete, failed, _ := component.JobFinished(job)
			if !complete && !failed && job.Status.StartTime != nil && job.Status.Active == 0 && len(o.Pods[job.Labels[component.LabelName]]) == 0 {
				if err := r.refused(ctx, job, o.Refused, name); err != nil {
					return err
				}
			}
		}
	}
	return nil
}

func (r *Reconciler) refused(ctx context.Context, o client.Object, into map[string]string, name string) error {
	var events corev1.EventList
	err := r.direct.List(ctx, &events, client.InNamespace(o.GetNamespace()), client.Limit(50), client.MatchingFieldsSelector{
		Selector: fields.SelectorFromSet(fields.Set{"involvedObject.uid": string(o.GetUID()), "reason": "FailedCreate"})})
	if err != nil {
		return err
	}
	var newest *corev1.Event
	for i := range events.Items {
		if newest == nil || newest.LastTimestamp.Before(&events.Items[i].LastTimestamp) {
			newest = &events.Items[i]
		}
	}
	if newest != nil {
		into[name] = newest.Message
	}
	return nil
}
