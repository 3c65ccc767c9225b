// Package typesense runs the search server. What it holds can be made anew from Postgres.
package typesense

import (
	"strconv"

	corev1 "k8s.io/api/core/v1"
	"sigs.k8s.io/controller-runtime/pkg/client"

	"github.com/rentora/rentora/api/v1alpha1"
	"github.com/rentora/rentora/controllers/component"
	"github.com/rentora/rentora/controllers/measure"
)

// user needs no name in the image.
const user = 1000

type server struct{}

// New gives the component.
func New() component.Component { return server{} }

func (server) Name() string { return component.Typesense }

func (server) After() []string { return []string{component.Access} }

func (server) Desired(in component.Input) ([]client.Object, error) {
	if elsewhere(in) {
		return nil, nil
	}
	return []client.Object{
		component.Service(in, component.Typesense, component.Typesense, true, component.ServicePort{Name: "http", Port: component.PortTypesense}),
		component.Stateful(in, pod(in), in.Settings.Typesense, 1),
		component.Budget(in, component.Typesense, component.Typesense),
		component.Guard(in, component.Typesense, component.PortTypesense, []int32{component.PortMeasure}),
	}, nil
}

func (server) Next(in component.Input, o component.Observed) []component.Action {
	if elsewhere(in) {
		return nil
	}
	return component.Grow(in, o, component.Typesense, in.Settings.Typesense)
}

func (server) Ready(in component.Input, o component.Observed) component.Readiness {
	if elsewhere(in) {
		return component.Elsewhere("Somebody else runs Typesense, at " + in.Platform.Spec.Typesense.URL + ".")
	}
	return component.JudgeData(in, o, component.Typesense)
}

func elsewhere(in component.Input) bool { return in.Platform.Spec.Typesense.Mode == v1alpha1.External }

func pod(in component.Input) component.PodOptions {
	return component.PodOptions{
		Component: component.Typesense, Part: component.Typesense, User: user, Grace: 60,
		Annotations: map[string]string{component.AnnotationSecrets: in.Secrets.Hash(component.TypesenseAuth)},
		Containers:  []corev1.Container{typesense(in), sidecar(in)},
		Volumes:     []corev1.Volume{component.EmptyDir("tmp", "64Mi")},
	}
}

func typesense(in component.Input) corev1.Container {
	return corev1.Container{
		Name: "typesense", Image: in.Settings.Images.Typesense,
		Command: []string{"/opt/typesense-server"},
		Args: []string{
			"--data-dir=/data/index", "--api-address=0.0.0.0", "--api-port=" + strconv.Itoa(component.PortTypesense),
			// A single node speaks to itself: the pod's own address changes, and the log remembers who belongs to the cluster.
			"--peering-address=127.0.0.1", "--peering-port=8107",
			// Every start rebuilds the index from the last snapshot and the log behind it.
			"--snapshot-interval-seconds=60",
			// A full disk breaks the log; searches go on without writes.
			"--disk-used-max-percentage=95",
			"--enable-cors=false",
		},
		Env:       []corev1.EnvVar{key(in)},
		Ports:     []corev1.ContainerPort{{Name: "http", ContainerPort: component.PortTypesense, Protocol: corev1.ProtocolTCP}},
		Resources: in.Settings.Typesense.Resources,
		VolumeMounts: []corev1.VolumeMount{
			// The server wants the folder to be there, and the image may have no shell: the kubelet makes it.
			{Name: component.DataVolume, MountPath: "/data/index", SubPath: "index"},
			{Name: "tmp", MountPath: "/tmp"},
		},
		// The port is open while the index is rebuilt, and health says 503 until the snapshot is in. The last minute's writes
		// behind it follow within moments, and until then they are as late as any event is.
		StartupProbe:   component.TCP(component.PortTypesense, 2, 300),
		LivenessProbe:  component.TCP(component.PortTypesense, 10, 6),
		ReadinessProbe: component.HTTP("/health", component.PortTypesense, 5, 3),
	}
}

func sidecar(in component.Input) corev1.Container {
	c := measure.Sidecar(in)
	c.Args = append(c.Args, "--typesense=http://127.0.0.1:"+strconv.Itoa(component.PortTypesense))
	c.Env = append(c.Env, key(in))
	return c
}

func key(in component.Input) corev1.EnvVar {
	return corev1.EnvVar{Name: "TYPESENSE_API_KEY", ValueFrom: &corev1.EnvVarSource{SecretKeyRef: &corev1.SecretKeySelector{
		LocalObjectReference: corev1.LocalObjectReference{Name: in.Secrets.Name(in.Platform, component.TypesenseAuth)}, Key: "api-key",
	}}}
}
