package measure

import (
	"strconv"

	corev1 "k8s.io/api/core/v1"
	"k8s.io/apimachinery/pkg/api/resource"

	"github.com/rentora/rentora/controllers/component"
)

// Sidecar gives the container that runs Run beside a data service, whose volume it sees at /data and cannot change.
func Sidecar(in component.Input) corev1.Container {
	return corev1.Container{
		Name: "measure", Image: in.Settings.Images.Operator,
		Command: []string{"/operator", "measure"},
		Args:    []string{"--listen=:" + strconv.Itoa(component.PortMeasure), "--volume=" + component.DataVolume + "=/data"},
		// The operator's program has more memory to give back than it uses here.
		Env:          []corev1.EnvVar{{Name: "GOMEMLIMIT", Value: "32MiB"}, {Name: "GOMAXPROCS", Value: "1"}},
		Ports:        []corev1.ContainerPort{{Name: "metrics", ContainerPort: component.PortMeasure, Protocol: corev1.ProtocolTCP}},
		VolumeMounts: []corev1.VolumeMount{{Name: component.DataVolume, MountPath: "/data", ReadOnly: true}},
		Resources: corev1.ResourceRequirements{
			Requests: corev1.ResourceList{corev1.ResourceCPU: resource.MustParse("5m"), corev1.ResourceMemory: resource.MustParse("16Mi")},
			Limits:   corev1.ResourceList{corev1.ResourceMemory: resource.MustParse("48Mi")},
		},
	}
}
