package component

import (
	autoscalingv2 "k8s.io/api/autoscaling/v2"
	corev1 "k8s.io/api/core/v1"
	metav1 "k8s.io/apimachinery/pkg/apis/meta/v1"
)

// Autoscaler lets a Deployment, which is named as its component, follow the use of processor and memory. It goes up at once and
// down slowly, as Kubernetes does by itself: a wave of visitors comes back.
func Autoscaler(in Input, component string, w Workload) *autoscalingv2.HorizontalPodAutoscaler {
	h := &autoscalingv2.HorizontalPodAutoscaler{
		TypeMeta:   metav1.TypeMeta{APIVersion: "autoscaling/v2", Kind: "HorizontalPodAutoscaler"},
		ObjectMeta: Meta(in.Platform, component, component),
		Spec: autoscalingv2.HorizontalPodAutoscalerSpec{
			ScaleTargetRef: autoscalingv2.CrossVersionObjectReference{APIVersion: "apps/v1", Kind: "Deployment", Name: Child(in.Platform, component)},
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
