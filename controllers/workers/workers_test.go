package workers_test

import (
	"strings"
	"testing"

	appsv1 "k8s.io/api/apps/v1"
	"sigs.k8s.io/controller-runtime/pkg/client"

	"github.com/rentora/rentora/api/v1alpha1"
	"github.com/rentora/rentora/controllers/component"
	"github.com/rentora/rentora/controllers/golden"
	"github.com/rentora/rentora/controllers/workers"
)

// both shows jobs and workers in one file.
type both struct{ component.Component }

func (both) Desired(in component.Input) ([]client.Object, error) {
	jobs, err := workers.NewJobs().Desired(in)
	if err != nil {
		return nil, err
	}
	groups, err := workers.New().Desired(in)
	return append(jobs, groups...), err
}

func TestManifests(t *testing.T) {
	t.Parallel()
	golden.Check(t, both{workers.New()})
}

func TestAutoscaledGroupsSayNothingOfReplicas(t *testing.T) {
	t.Parallel()
	p := golden.Platform(v1alpha1.Standard)
	fixed := int32(0)
	p.Spec.Workers.Groups = []v1alpha1.Worker{{Name: "media", Replicas: &fixed}}
	objects, err := both{workers.New()}.Desired(golden.Input(p))
	if err != nil {
		t.Fatal(err)
	}
	var seen int
	for _, o := range objects {
		d, ok := o.(*appsv1.Deployment)
		if !ok {
			continue
		}
		seen++
		switch part := d.Labels[component.LabelName]; part {
		case "worker-media":
			if d.Spec.Replicas == nil || *d.Spec.Replicas != 0 {
				t.Errorf("%s: %v replicas, want 0", part, d.Spec.Replicas)
			}
		case component.Jobs:
			if d.Spec.Replicas == nil || *d.Spec.Replicas != 2 {
				t.Errorf("%s: %v replicas, want 2", part, d.Spec.Replicas)
			}
		default:
			if d.Spec.Replicas != nil {
				t.Errorf("%s: %d replicas, want none said", part, *d.Spec.Replicas)
			}
		}
	}
	if seen != 6 {
		t.Errorf("%d Deployments", seen)
	}
}

func deployment(in component.Input, part string, replicas, available int32) *appsv1.Deployment {
	d := &appsv1.Deployment{Spec: appsv1.DeploymentSpec{Replicas: &replicas},
		Status: appsv1.DeploymentStatus{Replicas: replicas, UpdatedReplicas: replicas, ReadyReplicas: available, AvailableReplicas: available}}
	d.Name = component.Child(in.Platform, part)
	return d
}

func TestTheWorstGroupDecides(t *testing.T) {
	t.Parallel()
	in := golden.Input(golden.Platform(v1alpha1.Standard))
	o := component.Observed{Deployments: map[string]*appsv1.Deployment{}}
	for _, group := range v1alpha1.WorkerGroups {
		d := deployment(in, workers.Part(group), 2, 2)
		o.Deployments[d.Name] = d
	}
	if r := workers.New().Ready(in, o); !r.Ready() || !strings.Contains(r.Message, "5 groups") {
		t.Errorf("all run: %+v", r)
	}
	search := deployment(in, "worker-search", 2, 1)
	o.Deployments[search.Name] = search
	if r := workers.New().Ready(in, o); r.Ready() || !strings.Contains(r.Message, "worker-search") {
		t.Errorf("one does not: %+v", r)
	}
	if r := workers.NewJobs().Ready(in, o); r.Ready() {
		t.Errorf("jobs are not there: %+v", r)
	}
	jobs := deployment(in, component.Jobs, 2, 2)
	o.Deployments[jobs.Name] = jobs
	if r := workers.NewJobs().Ready(in, o); !r.Ready() {
		t.Errorf("jobs run: %+v", r)
	}
}
