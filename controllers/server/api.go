package server

import (
	"sigs.k8s.io/controller-runtime/pkg/client"

	"github.com/rentora/rentora/controllers/component"
)

type api struct{}

// New gives the API.
func New() component.Component { return api{} }

func (api) Name() string    { return component.API }
func (api) After() []string { return []string{component.Migrate} }

func (api) Next(component.Input, component.Observed) []component.Action { return nil }

func (api) Ready(in component.Input, o component.Observed) component.Readiness {
	return component.JudgeDeployment(in, o, component.API)
}

func (api) Desired(in component.Input) ([]client.Object, error) {
	spec := in.Platform.Spec.API
	pod, c, err := Pod(in, Program{Component: component.API, Part: component.API, Args: []string{"api"}, Resources: in.Settings.API.Resources,
		Placement: spec.Pod, Connections: PoolsOf(in).API, Visitors: true})
	if err != nil {
		return nil, err
	}
	ingress := []component.Edge{
		{Peers: Visitors(in), Ports: []int32{component.PortAPI}},
		{Peers: component.Parts(in.Platform, "prometheus"), Ports: []int32{component.PortOps}},
	}
	if in.Platform.Spec.Web.On() {
		ingress = append(ingress, component.Edge{Peers: component.Parts(in.Platform, component.Web), Ports: []int32{component.PortAPI}})
	}
	objects := []client.Object{
		component.Stateless(in, pod, in.Settings.API),
		component.Service(in, component.API, component.API, false, component.ServicePort{Name: portHTTP, Port: component.PortAPI}),
		component.Budget(in, component.API, component.API),
		component.Policy(in, component.API, component.API, ingress, Egress(in, c)),
	}
	if in.Settings.API.Replicas == nil {
		objects = append(objects, component.Autoscaler(in, component.API, in.Settings.API))
	}
	return objects, nil
}
