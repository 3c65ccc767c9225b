package server

import (
	autoscalingv2 "k8s.io/api/autoscaling/v2"
	corev1 "k8s.io/api/core/v1"
	metav1 "k8s.io/apimachinery/pkg/apis/meta/v1"
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
	objects := []client.Object{
		component.Stateless(in, pod, in.Settings.API),
		component.Service(in, component.API, component.API, false, component.ServicePort{Name: portHTTP, Port: component.PortAPI}),
		component.Budget(in, component.API, component.API),
		component.Policy(in, component.API, component.API, ingress, Egress(in, c)),
	}
	if in.Settings.API.Replicas == nil {
		objects = append(objects, autoscaler(in))
	}
	return objects, nil
}

// autoscaler follows the use of processor and memory. It goes up at once and down slowly: a wave of visitors comes back.
func autoscaler(in component.Input) *autoscalingv2.HorizontalPodAutoscaler {
	w := in.Settings.API
	h := &autoscalingv2.HorizontalPodAutoscaler{
		TypeMeta:   metav1.TypeMeta{APIVersion: "autoscaling/v2", Kind: "HorizontalPodAutoscaler"},
		ObjectMeta: component.Meta(in.Platform, component.API, component.API),
		Spec: autoscalingv2.HorizontalPodAutoscalerSpec{
			ScaleTargetRef: autoscalingv2.CrossVersionObjectReference{APIVersion: "apps/v1", Kind: "Deployment", Name: component.Child(in.Platform, component.API)},
			MinReplicas:    &w.Min, MaxReplicas: w.Max,
		},
	}
	for _, m := range []struct {
		resource corev1.ResourceName
		percent  *int32
	}{{corev1.ResourceCPU, w.CPU}, {corev1.ResourceMemory, w.Memory}} {
		if m.percent != nil {
			h.Spec.Metrics = append(h.Spec.Metrics, autoscalingv2.MetricSpec{Type: autoscalingv2.ResourceMetricSourceType, Resource: &autoscalingv2.ResourceMetricSource{
				Name: m.resource, Target: autoscalingv2.MetricTarget{Type: autoscalingv2.UtilizationMetricType, AverageUtilization: m.percent}}})
		}
	}
	return h
}
