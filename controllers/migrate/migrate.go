// Package migrate brings schema, topics, buckets and search collection up to the wanted version, once for each, before API and
// workers of that version run.
package migrate

import (
	"encoding/json"
	"fmt"

	batchv1 "k8s.io/api/batch/v1"
	corev1 "k8s.io/api/core/v1"
	"k8s.io/apimachinery/pkg/api/resource"
	metav1 "k8s.io/apimachinery/pkg/apis/meta/v1"
	"sigs.k8s.io/controller-runtime/pkg/client"

	"github.com/rentora/rentora/api/v1alpha1"
	"github.com/rentora/rentora/controllers/component"
	"github.com/rentora/rentora/controllers/server"
)

const (
	retries   = 2
	patience  = 900 // seconds, for all tries together
	openConns = 6
)

type migrate struct{}

// New gives the component.
func New() component.Component { return migrate{} }

func (migrate) Name() string    { return component.Migrate }
func (migrate) After() []string { return append([]string{component.Access}, component.DataServices...) }

func (migrate) Next(component.Input, component.Observed) []component.Action { return nil }

func (migrate) Desired(in component.Input) ([]client.Object, error) {
	j, egress, err := job(in)
	if err != nil {
		return nil, err
	}
	return []client.Object{j, component.Policy(in, component.Migrate, component.Migrate, nil, egress)}, nil
}

// resources: a migration fills the search index, a thousand listings at a time.
var resources = corev1.ResourceRequirements{
	Requests: corev1.ResourceList{corev1.ResourceCPU: resource.MustParse("50m"), corev1.ResourceMemory: resource.MustParse("64Mi")},
	Limits:   corev1.ResourceList{corev1.ResourceMemory: resource.MustParse("512Mi")},
}

// job gives the Job and whom it may reach. It has a name of all that it is made of. A Job cannot be changed: whatever changes the server, where its data is, how it
// logs in, or where its pod may run, makes another one, which does again only what is not done yet.
func job(in component.Input) (*batchv1.Job, []component.Edge, error) {
	pod, c, err := server.Pod(in, server.Program{
		Component: component.Migrate, Part: component.Migrate, Args: []string{"migrate"}, Resources: resources,
		Placement: in.Platform.Spec.API.Pod, Connections: openConns, Owner: true, Once: true,
	})
	if err != nil {
		return nil, nil, err
	}
	template := component.PodTemplate(in, pod)
	template.Spec.RestartPolicy = corev1.RestartPolicyNever
	text, err := json.Marshal(template)
	if err != nil {
		return nil, nil, fmt.Errorf("migrate: %w", err)
	}
	j := &batchv1.Job{
		TypeMeta:   metav1.TypeMeta{APIVersion: "batch/v1", Kind: "Job"},
		ObjectMeta: component.Meta(in.Platform, component.Migrate, component.Migrate),
		Spec:       batchv1.JobSpec{BackoffLimit: new(int32(retries)), ActiveDeadlineSeconds: new(int64(patience)), Template: template},
	}
	j.Name += "-" + component.Hash(string(in.Platform.UID), in.Settings.Version, string(text))
	return j, server.Egress(in, c), nil
}

// Ready reads the Job's conditions: its completion time is set on success alone.
func (migrate) Ready(in component.Input, o component.Observed) component.Readiness {
	wanted, _, err := job(in)
	if err != nil {
		return component.Failed(v1alpha1.ReasonSecretMissing, "The migration cannot be set up: %s", err)
	}
	live := o.Jobs[wanted.Name]
	if live == nil {
		return component.Underway(v1alpha1.ReasonMigrationRunning, "The migration to %s is about to begin.", in.Settings.Version)
	}
	complete, failed, why := component.JobFinished(live)
	switch {
	case complete:
		return component.Good("The schema, topics, buckets and search collection are those of %s.", in.Settings.Version)
	case failed:
		return component.Failed(v1alpha1.ReasonMigrationFailed, "The migration to %s failed, and what was migrated before goes on; to try again, delete the Job %s. It ended%s",
			in.Settings.Version, live.Name, cause(pods(o, live), why))
	}
	return underway(in, o, live)
}

// underway says what keeps the migration from beginning, or how the tries before this one ended.
func underway(in component.Input, o component.Observed, live *batchv1.Job) component.Readiness {
	if why := o.Refused[live.Name]; why != "" {
		return component.Failed(v1alpha1.ReasonQuotaExceeded, "The cluster refuses the pod of the migration: %s", why)
	}
	mine := pods(o, live)
	for _, pod := range mine {
		if v := component.JudgePod(pod); v.State == component.IsFailed && pod.Status.Phase == corev1.PodPending {
			v.Message = "migrate: " + v.Message
			return v
		}
	}
	if live.Status.Failed > 0 {
		return component.Underway(v1alpha1.ReasonMigrationRunning, "The migration to %s is tried again; %d of %d tries ended%s",
			in.Settings.Version, live.Status.Failed, retries+1, cause(mine, ""))
	}
	return component.Underway(v1alpha1.ReasonMigrationRunning, "The migration to %s runs.", in.Settings.Version)
}

// pods of the Job, not of another one before it.
func pods(o component.Observed, live *batchv1.Job) (mine []*corev1.Pod) {
	for _, pod := range o.Pods[component.Migrate] {
		if pod.Labels[batchv1.JobNameLabel] == live.Name {
			mine = append(mine, pod)
		}
	}
	return mine
}

// cause gives the last words of the pod that ended last, else what the Job says.
func cause(pods []*corev1.Pod, why string) string {
	var last *corev1.ContainerStateTerminated
	for _, pod := range pods {
		for _, s := range pod.Status.ContainerStatuses {
			if t := s.State.Terminated; t != nil && t.ExitCode != 0 && (last == nil || last.FinishedAt.Before(&t.FinishedAt)) {
				last = t
			}
		}
	}
	switch {
	case last != nil:
		return component.LastWords(last)
	case why != "":
		return ": " + why + "."
	}
	return "."
}
