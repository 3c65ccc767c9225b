// Package workers runs what happens behind the requests: relay and scheduler, and the groups that listen to events.
package workers

import (
	"strings"

	"sigs.k8s.io/controller-runtime/pkg/client"

	"github.com/rentora/rentora/api/v1alpha1"
	"github.com/rentora/rentora/controllers/component"
	"github.com/rentora/rentora/controllers/server"
)

// Part gives the name of a group's workload.
func Part(group v1alpha1.WorkerGroup) string { return "worker-" + string(group) }

// workload is one Deployment of workers.
type workload struct {
	part        string
	groups      []string
	settings    component.Workload
	connections int
}

// objects of a workload: nobody comes in but Prometheus.
func (w workload) objects(in component.Input, name string) ([]client.Object, error) {
	pod, c, err := server.Pod(in, server.Program{
		Component: name, Part: w.part, Args: []string{"worker", "--groups", strings.Join(w.groups, ",")},
		Resources: w.settings.Resources, Placement: in.Platform.Spec.Workers.Pod, Connections: w.connections,
	})
	if err != nil {
		return nil, err
	}
	ingress := []component.Edge{{Peers: component.Parts(in.Platform, "prometheus"), Ports: []int32{component.PortOps}}}
	return []client.Object{
		component.Stateless(in, pod, w.settings),
		component.Budget(in, name, w.part),
		component.Policy(in, name, w.part, ingress, server.Egress(in, c)),
	}, nil
}

type workers struct{}

// New gives the groups that listen to events, each with a Deployment of its own. How many pods of an autoscaled one there are
// is nobody's business here.
func New() component.Component { return workers{} }

func (workers) Name() string    { return component.Workers }
func (workers) After() []string { return []string{component.Migrate} }

func (workers) Next(component.Input, component.Observed) []component.Action { return nil }

func (workers) Desired(in component.Input) (all []client.Object, err error) {
	connections := server.PoolsOf(in).Worker
	for _, group := range v1alpha1.WorkerGroups {
		w := workload{part: Part(group), groups: []string{string(group)}, settings: in.Settings.Workers[group], connections: connections}
		objects, err := w.objects(in, component.Workers)
		if err != nil {
			return nil, err
		}
		all = append(all, objects...)
	}
	return all, nil
}

func (workers) Ready(in component.Input, o component.Observed) component.Readiness {
	var verdicts []component.Readiness
	for _, group := range v1alpha1.WorkerGroups {
		verdicts = append(verdicts, component.JudgeDeployment(in, o, Part(group)))
	}
	if worst := component.Worst(verdicts...); !worst.Ready() {
		return worst
	}
	return component.Good("All %d groups of workers run.", len(verdicts))
}

type jobs struct{}

// NewJobs gives relay and scheduler. Each works in one pod at a time, under a lock; the other pod waits to take over.
func NewJobs() component.Component { return jobs{} }

func (jobs) Name() string    { return component.Jobs }
func (jobs) After() []string { return []string{component.Migrate} }

func (jobs) Next(component.Input, component.Observed) []component.Action { return nil }

func (jobs) Desired(in component.Input) ([]client.Object, error) {
	w := workload{part: component.Jobs, groups: []string{"relay", "scheduler"}, settings: in.Settings.Jobs, connections: server.PoolsOf(in).Jobs}
	return w.objects(in, component.Jobs)
}

func (jobs) Ready(in component.Input, o component.Observed) component.Readiness {
	return component.JudgeDeployment(in, o, component.Jobs)
}
