// Package objects runs MinIO, which holds the photographs, and gives the application its user there.
package objects

import (
	"strconv"

	corev1 "k8s.io/api/core/v1"
	"sigs.k8s.io/controller-runtime/pkg/client"

	"github.com/rentora/rentora/api/v1alpha1"
	"github.com/rentora/rentora/controllers/component"
	"github.com/rentora/rentora/controllers/measure"
	"github.com/rentora/rentora/controllers/server"
)

// user needs no name in the image.
const user = 1000

type store struct{}

// New gives the component.
func New() component.Component { return store{} }

func (store) Name() string { return component.Objects }

func (store) After() []string { return []string{component.Access} }

func (store) Desired(in component.Input) ([]client.Object, error) {
	if elsewhere(in) {
		return nil, nil
	}
	files, err := usersFiles(in)
	if err != nil {
		return nil, err
	}
	users := component.Edge{Peers: component.Parts(in.Platform, usersPart), Ports: []int32{component.PortObjects}}
	visitors := component.Edge{Peers: server.Visitors(in), Ports: []int32{component.PortObjects}}
	return []client.Object{
		component.Service(in, component.Objects, component.Objects, true, component.ServicePort{Name: "s3", Port: component.PortObjects}),
		component.Stateful(in, pod(in), in.Settings.Objects, 1),
		component.Budget(in, component.Objects, component.Objects),
		component.Guard(in, component.Objects, component.PortObjects, []int32{component.PortObjects, component.PortMeasure}, users, visitors),
		component.ConfigMap(in, component.Objects, usersPart, files),
		component.Policy(in, component.Objects, usersPart, nil, []component.Edge{{Peers: component.Parts(in.Platform, component.Objects), Ports: []int32{component.PortObjects}}}),
		usersJob(in, files),
	}, nil
}

func (store) Next(in component.Input, o component.Observed) []component.Action {
	if elsewhere(in) {
		return nil
	}
	return component.Grow(in, o, component.Objects, in.Settings.Objects)
}

func (store) Ready(in component.Input, o component.Observed) component.Readiness {
	if elsewhere(in) {
		return component.Elsewhere("Somebody else runs the object store, at " + in.Platform.Spec.ObjectStorage.Endpoint + ".")
	}
	// The user can only be made when the server runs: what keeps that one is the cause.
	if running := component.JudgeData(in, o, component.Objects); !running.Ready() {
		return running
	}
	return judgeUsers(in, o)
}

func elsewhere(in component.Input) bool {
	return in.Platform.Spec.ObjectStorage.Mode == v1alpha1.External
}

func pod(in component.Input) component.PodOptions {
	return component.PodOptions{
		Component: component.Objects, Part: component.Objects, User: user, Grace: 60,
		Annotations: map[string]string{
			component.AnnotationSecrets: component.Hash(in.Secrets.Value(component.ObjectsAuth, "root-user"), in.Secrets.Value(component.ObjectsAuth, "root-password")),
			metricsPath:                 "/minio/v2/metrics/cluster",
		},
		Containers: []corev1.Container{minio(in), measure.Sidecar(in)},
		Volumes:    []corev1.Volume{component.EmptyDir("tmp", "256Mi")},
	}
}

// metricsPath is the annotation that says where MinIO has its metrics, which are on the port that serves the objects.
var metricsPath = "platform.rentora.io/metrics-path-" + strconv.Itoa(component.PortObjects)

func minio(in component.Input) corev1.Container {
	return corev1.Container{
		Name: "minio", Image: in.Settings.Images.Minio,
		Command: []string{"/usr/bin/minio"},
		Args:    []string{"server", "/data/objects", "--quiet", "--address=:" + strconv.Itoa(component.PortObjects)},
		Env: []corev1.EnvVar{
			key(in, "MINIO_ROOT_USER", "root-user"), key(in, "MINIO_ROOT_PASSWORD", "root-password"),
			{Name: "MINIO_BROWSER", Value: "off"}, {Name: "MINIO_UPDATE", Value: "off"},
			// Prometheus alone reaches them: the platform publishes nothing but buckets.
			{Name: "MINIO_PROMETHEUS_AUTH_TYPE", Value: "public"},
			{Name: "MINIO_API_CORS_ALLOW_ORIGIN", Value: server.Scheme(in.Platform) + "://" + in.Platform.Spec.Domain},
			{Name: "HOME", Value: "/tmp"},
		},
		Ports:     []corev1.ContainerPort{{Name: "metrics", ContainerPort: component.PortObjects, Protocol: corev1.ProtocolTCP}},
		Resources: in.Settings.Objects.Resources,
		VolumeMounts: []corev1.VolumeMount{
			{Name: component.DataVolume, MountPath: "/data"}, {Name: "tmp", MountPath: "/tmp"},
		},
		StartupProbe:   component.HTTP("/minio/health/live", component.PortObjects, 2, 150),
		LivenessProbe:  component.HTTP("/minio/health/live", component.PortObjects, 10, 6),
		ReadinessProbe: component.HTTP("/minio/health/ready", component.PortObjects, 5, 3),
	}
}

func key(in component.Input, name, key string) corev1.EnvVar {
	return corev1.EnvVar{Name: name, ValueFrom: &corev1.EnvVarSource{SecretKeyRef: &corev1.SecretKeySelector{
		LocalObjectReference: corev1.LocalObjectReference{Name: in.Secrets.Name(in.Platform, component.ObjectsAuth)}, Key: key,
	}}}
}
