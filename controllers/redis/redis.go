// Package redis runs the server that holds copies: sessions, counters and kept answers.
package redis

import (
	"strconv"

	corev1 "k8s.io/api/core/v1"
	"k8s.io/apimachinery/pkg/api/resource"
	"sigs.k8s.io/controller-runtime/pkg/client"

	"github.com/rentora/rentora/api/v1alpha1"
	"github.com/rentora/rentora/controllers/component"
	"github.com/rentora/rentora/controllers/measure"
)

// user is that of the official image.
const user = 999

type server struct{}

// New gives the component.
func New() component.Component { return server{} }

func (server) Name() string { return component.Redis }

func (server) After() []string { return []string{component.Access} }

func (server) Desired(in component.Input) ([]client.Object, error) {
	if elsewhere(in) {
		return nil, nil
	}
	return []client.Object{
		component.Service(in, component.Redis, component.Redis, true, component.ServicePort{Name: "redis", Port: component.PortRedis}),
		configSecret(in),
		component.Stateful(in, pod(in), in.Settings.Redis, 1),
		component.Budget(in, component.Redis, component.Redis),
		component.Guard(in, component.Redis, component.PortRedis, []int32{component.PortExporter, component.PortMeasure}),
	}, nil
}

func (server) Next(in component.Input, o component.Observed) []component.Action {
	if elsewhere(in) {
		return nil
	}
	return component.Grow(in, o, component.Redis, in.Settings.Redis)
}

func (server) Ready(in component.Input, o component.Observed) component.Readiness {
	if elsewhere(in) {
		return component.Elsewhere("Somebody else runs Redis; its address stands in the Secret " + in.Secrets.Name(in.Platform, component.RedisAuth) + ".")
	}
	return component.JudgeData(in, o, component.Redis)
}

func elsewhere(in component.Input) bool { return in.Platform.Spec.Redis.Mode == v1alpha1.External }

func pod(in component.Input) component.PodOptions {
	return component.PodOptions{
		Component: component.Redis, Part: component.Redis, User: user, Grace: 60,
		Annotations: map[string]string{
			component.AnnotationSecrets: in.Secrets.Hash(component.RedisAuth),
			component.AnnotationConfig:  component.Hash(config(in)),
		},
		Containers: []corev1.Container{redis(in), exporter(in), measure.Sidecar(in)},
		Volumes:    []corev1.Volume{component.FromSecret("config", configName(in))},
	}
}

func redis(in component.Input) corev1.Container {
	return corev1.Container{
		Name: "redis", Image: in.Settings.Images.Redis,
		Command:   []string{"/usr/local/bin/redis-server"},
		Args:      []string{"/etc/rentora/redis.conf"},
		Env:       []corev1.EnvVar{password(in, "REDISCLI_AUTH")},
		Ports:     []corev1.ContainerPort{{Name: "redis", ContainerPort: component.PortRedis, Protocol: corev1.ProtocolTCP}},
		Resources: in.Settings.Redis.Resources,
		VolumeMounts: []corev1.VolumeMount{
			{Name: component.DataVolume, MountPath: "/data"},
			{Name: "config", MountPath: "/etc/rentora", ReadOnly: true},
		},
		// A server that reads its file answers LOADING: it is alive and not ready. redis-cli ends well with either.
		StartupProbe:   component.Exec(2, 300, "/bin/sh", "-c", `test -n "$(`+ping+`)"`),
		LivenessProbe:  component.Exec(10, 6, "/bin/sh", "-c", `test -n "$(`+ping+`)"`),
		ReadinessProbe: component.Exec(5, 3, "/bin/sh", "-c", `test "$(`+ping+`)" = PONG`),
	}
}

const ping = "/usr/local/bin/redis-cli -h 127.0.0.1 PING"

func password(in component.Input, name string) corev1.EnvVar {
	return corev1.EnvVar{Name: name, ValueFrom: &corev1.EnvVarSource{SecretKeyRef: &corev1.SecretKeySelector{
		LocalObjectReference: corev1.LocalObjectReference{Name: in.Secrets.Name(in.Platform, component.RedisAuth)}, Key: "password",
	}}}
}

func exporter(in component.Input) corev1.Container {
	return corev1.Container{
		Name: "exporter", Image: in.Settings.Images.RedisExporter,
		Command: []string{"/redis_exporter"},
		Args:    []string{"-redis.addr=redis://127.0.0.1:" + strconv.Itoa(component.PortRedis), "-web.listen-address=:" + strconv.Itoa(component.PortExporter)},
		Env:     []corev1.EnvVar{password(in, "REDIS_PASSWORD"), {Name: "GOMEMLIMIT", Value: "40MiB"}},
		Ports:   []corev1.ContainerPort{{Name: "metrics", ContainerPort: component.PortExporter, Protocol: corev1.ProtocolTCP}},
		Resources: corev1.ResourceRequirements{
			Requests: corev1.ResourceList{corev1.ResourceCPU: resource.MustParse("10m"), corev1.ResourceMemory: resource.MustParse("16Mi")},
			Limits:   corev1.ResourceList{corev1.ResourceMemory: resource.MustParse("64Mi")},
		},
	}
}
