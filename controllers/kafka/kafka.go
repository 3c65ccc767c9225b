// Package kafka runs the broker that carries the events: a single node, which is its own controller.
package kafka

import (
	"strings"

	corev1 "k8s.io/api/core/v1"
	"k8s.io/apimachinery/pkg/api/resource"
	"sigs.k8s.io/controller-runtime/pkg/client"

	"github.com/rentora/rentora/api/v1alpha1"
	"github.com/rentora/rentora/controllers/component"
	"github.com/rentora/rentora/controllers/measure"
)

// user needs no name in the image.
const user = 1000

const config, secret = "/etc/rentora", "/etc/rentora-secrets"

type broker struct{}

// New gives the component.
func New() component.Component { return broker{} }

func (broker) Name() string { return component.Kafka }

func (broker) After() []string { return []string{component.Access} }

func (broker) Desired(in component.Input) ([]client.Object, error) {
	if elsewhere(in) {
		return nil, nil
	}
	operator := component.Edge{Peers: component.Operator(in), Ports: []int32{component.PortKafka}}
	return []client.Object{
		component.Service(in, component.Kafka, component.Kafka, true, component.ServicePort{Name: "kafka", Port: component.PortKafka}),
		component.ConfigMap(in, component.Kafka, component.Kafka, files(in)),
		component.Stateful(in, pod(in), in.Settings.Kafka, 1),
		component.Budget(in, component.Kafka, component.Kafka),
		component.Guard(in, component.Kafka, component.PortKafka, []int32{component.PortMeasure}, operator),
	}, nil
}

func (broker) Next(in component.Input, o component.Observed) []component.Action {
	if elsewhere(in) {
		return nil
	}
	return component.Grow(in, o, component.Kafka, in.Settings.Kafka)
}

func (broker) Ready(in component.Input, o component.Observed) component.Readiness {
	if elsewhere(in) {
		return component.Elsewhere("Somebody else runs Kafka, at " + strings.Join(in.Platform.Spec.Kafka.Brokers, ", ") + ".")
	}
	return component.JudgeData(in, o, component.Kafka)
}

func elsewhere(in component.Input) bool { return in.Platform.Spec.Kafka.Mode == v1alpha1.External }

// pod reads the cluster's id at its first start alone, so that a Secret made anew does not roll it.
func pod(in component.Input) component.PodOptions {
	return component.PodOptions{
		Component: component.Kafka, Part: component.Kafka, User: user, Grace: 60,
		Annotations: map[string]string{component.AnnotationConfig: component.HashFiles(files(in))},
		Init:        []corev1.Container{prepare(in)},
		Containers:  []corev1.Container{kafka(in), measure.Sidecar(in)},
		Volumes: []corev1.Volume{
			component.FromConfig("config", component.Child(in.Platform, component.Kafka)),
			component.FromSecret("secrets", in.Secrets.Name(in.Platform, component.KafkaAuth)),
			component.EmptyDir("tmp", "256Mi"),
		},
	}
}

func prepare(in component.Input) corev1.Container {
	return corev1.Container{
		Name: "prepare", Image: in.Settings.Images.Kafka,
		Command: []string{"/bin/sh", config + "/prepare.sh"},
		Env:     []corev1.EnvVar{{Name: "LOG", Value: "/data/kraft"}, {Name: "SECRET", Value: secret}},
		VolumeMounts: []corev1.VolumeMount{
			{Name: component.DataVolume, MountPath: "/data"}, {Name: "config", MountPath: config, ReadOnly: true}, {Name: "secrets", MountPath: secret, ReadOnly: true},
		},
		Resources: corev1.ResourceRequirements{
			Requests: corev1.ResourceList{corev1.ResourceCPU: resource.MustParse("5m"), corev1.ResourceMemory: resource.MustParse("16Mi")},
			Limits:   corev1.ResourceList{corev1.ResourceMemory: resource.MustParse("64Mi")},
		},
	}
}

func kafka(in component.Input) corev1.Container {
	return corev1.Container{
		Name: "kafka", Image: in.Settings.Images.Kafka,
		Command: []string{"/bin/sh", config + "/start.sh"},
		Env: []corev1.EnvVar{
			{Name: "JAVA", Value: "/opt/java/openjdk/bin/java"}, {Name: "JARS", Value: "/opt/kafka/libs"}, {Name: "CONFIG", Value: config},
			{Name: "JVM", Value: jvm(heap(in)) + " -Xshare:auto -XX:SharedArchiveFile=/opt/kafka/kafka.jsa"},
		},
		Ports:     []corev1.ContainerPort{{Name: "kafka", ContainerPort: component.PortKafka, Protocol: corev1.ProtocolTCP}},
		Resources: in.Settings.Kafka.Resources,
		VolumeMounts: []corev1.VolumeMount{
			{Name: component.DataVolume, MountPath: "/data"}, {Name: "config", MountPath: config, ReadOnly: true},
			// Libraries for compression are unpacked there.
			{Name: "tmp", MountPath: "/tmp"},
		},
		// The port opens when the log is read, which takes long after a crash.
		StartupProbe:   component.TCP(component.PortKafka, 2, 450),
		LivenessProbe:  component.TCP(component.PortKafka, 10, 6),
		ReadinessProbe: component.TCP(component.PortKafka, 5, 3),
	}
}
