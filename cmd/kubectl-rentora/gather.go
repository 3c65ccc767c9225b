package main

import (
	"cmp"
	"context"
	"slices"

	appsv1 "k8s.io/api/apps/v1"
	batchv1 "k8s.io/api/batch/v1"
	corev1 "k8s.io/api/core/v1"
	apierrors "k8s.io/apimachinery/pkg/api/errors"
	"sigs.k8s.io/controller-runtime/pkg/client"

	"github.com/rentora/rentora/api/v1alpha1"
	"github.com/rentora/rentora/controllers/component"
)

// view is a platform and what runs of it.
type view struct {
	platform  *v1alpha1.RentoraPlatform
	workloads map[string][]workload // by component, in the order of their names
	unseen    []string              // what the user may not list
}

// workload is a Deployment, StatefulSet or Job.
type workload struct {
	kind, name, part string
	ready, desired   int32
	troubles         []component.Readiness // of its pods
}

// gather reads the platform's workloads and pods. What the user may not list is noted and left out.
func gather(ctx context.Context, c client.Client, p *v1alpha1.RentoraPlatform) (*view, error) {
	var (
		deployments appsv1.DeploymentList
		sets        appsv1.StatefulSetList
		jobs        batchv1.JobList
		pods        corev1.PodList
	)
	v := &view{platform: p, workloads: map[string][]workload{}}
	for _, kind := range []struct {
		name string
		list client.ObjectList
	}{{"deployments", &deployments}, {"statefulsets", &sets}, {"jobs", &jobs}, {"pods", &pods}} {
		err := c.List(ctx, kind.list, client.InNamespace(p.Namespace), client.MatchingLabels{component.LabelPlatform: p.Name})
		if apierrors.IsForbidden(err) {
			v.unseen = append(v.unseen, kind.name)
		} else if err != nil {
			return nil, err
		}
	}
	for _, d := range deployments.Items {
		v.add(&d, "deployment", d.Status.ReadyReplicas, d.Spec.Replicas, pods.Items)
	}
	for _, s := range sets.Items {
		v.add(&s, "statefulset", s.Status.ReadyReplicas, s.Spec.Replicas, pods.Items)
	}
	for _, j := range jobs.Items {
		v.addJob(&j, pods.Items)
	}
	for name := range v.workloads {
		slices.SortFunc(v.workloads[name], func(a, b workload) int { return cmp.Compare(a.name, b.name) })
	}
	return v, nil
}

func (v *view) add(o client.Object, kind string, ready int32, desired *int32, pods []corev1.Pod) {
	w := workload{kind: kind, name: o.GetName(), part: o.GetLabels()[component.LabelName], ready: ready, desired: 1}
	if desired != nil {
		w.desired = *desired
	}
	w.troubles = troubles(w.part, pods)
	of := o.GetLabels()[component.LabelComponent]
	v.workloads[of] = append(v.workloads[of], w)
}

// addJob takes in a Job. The pods of one that is complete are history, whatever became of them.
func (v *view) addJob(j *batchv1.Job, pods []corev1.Pod) {
	complete, _, _ := component.JobFinished(j)
	if complete {
		pods = nil
	}
	v.add(j, "job", j.Status.Succeeded, j.Spec.Completions, pods)
}

// troubles are the verdicts on the pods of a part that are not ready.
func troubles(part string, pods []corev1.Pod) (all []component.Readiness) {
	for i := range pods {
		if pods[i].Labels[component.LabelName] != part || pods[i].Status.Phase == corev1.PodSucceeded {
			continue
		}
		if verdict := component.JudgePod(&pods[i]); !verdict.Ready() {
			all = append(all, verdict)
		}
	}
	return all
}
