package postgres

import (
	"strconv"

	corev1 "k8s.io/api/core/v1"
	"k8s.io/apimachinery/pkg/api/resource"

	"github.com/rentora/rentora/controllers/component"
	"github.com/rentora/rentora/controllers/measure"
)

// The pod's paths. The data folder is never a volume's root, which may hold a lost+found.
const (
	programs = "/usr/lib/postgresql/18/bin/"
	dataDir  = "/data/pgdata"
	config   = "/etc/rentora"
	secrets  = "/etc/rentora-secrets"
	sockets  = "/run/postgresql"
)

// monitor is the role of probes and exporter: it has no password, comes through the socket alone, and may only look.
const monitor = "rentora_monitor"

// user is that of the official image: initdb wants one that /etc/passwd knows.
const user = 999

func pod(in component.Input) component.PodOptions {
	return component.PodOptions{
		Component: component.Postgres, Part: component.Postgres, User: user, Grace: 120,
		Annotations: map[string]string{
			component.AnnotationSecrets: in.Secrets.Hash(component.PostgresAuth),
			component.AnnotationConfig:  component.HashFiles(files(in)),
		},
		Init:       []corev1.Container{prepare(in)},
		Containers: []corev1.Container{server(in), exporter(in), measure.Sidecar(in)},
		Volumes: []corev1.Volume{
			component.FromConfig("config", component.Child(in.Platform, component.Postgres)),
			component.FromSecret("secrets", in.Secrets.Name(in.Platform, component.PostgresAuth)),
			component.EmptyDir("sockets", "1Mi"), component.EmptyDir("tmp", "64Mi"), sharedMemory(in),
		},
	}
}

// sharedMemory is where parallel queries meet. A container has 64 MiB of it by itself, which a large hash join exceeds.
func sharedMemory(in component.Input) corev1.Volume {
	v := component.EmptyDir("shm", strconv.FormatInt(component.Memory(in.Settings.Postgres.Resources, "512Mi")/4/mib, 10)+"Mi")
	v.EmptyDir.Medium = corev1.StorageMediumMemory
	return v
}

func prepare(in component.Input) corev1.Container {
	return corev1.Container{
		Name: "prepare", Image: in.Settings.Images.Postgres,
		Command:      []string{"/bin/sh", config + "/prepare.sh"},
		Env:          []corev1.EnvVar{{Name: "PATH", Value: programs + ":/usr/local/bin:/usr/bin:/bin"}, {Name: "PGDATA", Value: dataDir}, {Name: "CONFIG", Value: config}, {Name: "SECRETS", Value: secrets}},
		Resources:    in.Settings.Postgres.Resources,
		VolumeMounts: append(mounts(), corev1.VolumeMount{Name: "secrets", MountPath: secrets, ReadOnly: true}),
	}
}

func server(in component.Input) corev1.Container {
	ready := component.Exec(5, 3, programs+"psql", "-XqtA", "-h", sockets, "-U", monitor, "-d", "rentora", "-c", "SELECT 1")
	return corev1.Container{
		Name: "postgres", Image: in.Settings.Images.Postgres,
		Command:        []string{programs + "postgres"},
		Args:           []string{"-D", dataDir, "-c", "config_file=" + config + "/postgresql.conf"},
		Env:            []corev1.EnvVar{{Name: "PGHOST", Value: sockets}, {Name: "PGCONNECT_TIMEOUT", Value: "2"}},
		Ports:          []corev1.ContainerPort{{Name: "postgres", ContainerPort: component.PortPostgres, Protocol: corev1.ProtocolTCP}},
		Resources:      in.Settings.Postgres.Resources,
		VolumeMounts:   mounts(),
		StartupProbe:   answers(2, 450),
		LivenessProbe:  answers(10, 6),
		ReadinessProbe: ready,
		// Postgres takes SIGTERM, which follows, as a wish to wait for everybody to leave.
		Lifecycle: &corev1.Lifecycle{PreStop: &corev1.LifecycleHandler{Exec: &corev1.ExecAction{Command: []string{programs + "pg_ctl", "kill", "INT", "1"}}}},
	}
}

// answers is a probe of life: a server that refuses everybody, because it recovers, is alive.
func answers(period, failures int32) *corev1.Probe {
	return component.Exec(period, failures, "/bin/sh", "-c", programs+"pg_isready -q -t 2 -h "+sockets+" -U "+monitor+" -d rentora; test $? -lt 2")
}

func mounts() []corev1.VolumeMount {
	return []corev1.VolumeMount{
		{Name: component.DataVolume, MountPath: "/data"}, {Name: "config", MountPath: config, ReadOnly: true},
		{Name: "sockets", MountPath: sockets}, {Name: "tmp", MountPath: "/tmp"}, {Name: "shm", MountPath: "/dev/shm"},
	}
}

func exporter(in component.Input) corev1.Container {
	return corev1.Container{
		Name: "exporter", Image: in.Settings.Images.PostgresExporter,
		Command: []string{"/bin/postgres_exporter"},
		Args:    []string{"--web.listen-address=:" + strconv.Itoa(component.PortExporter)},
		Env: []corev1.EnvVar{
			{Name: "DATA_SOURCE_NAME", Value: "user=" + monitor + " host=" + sockets + " dbname=rentora sslmode=disable"},
			{Name: "GOMEMLIMIT", Value: "56MiB"},
		},
		Ports:        []corev1.ContainerPort{{Name: "metrics", ContainerPort: component.PortExporter, Protocol: corev1.ProtocolTCP}},
		VolumeMounts: []corev1.VolumeMount{{Name: "sockets", MountPath: sockets}},
		Resources: corev1.ResourceRequirements{
			Requests: corev1.ResourceList{corev1.ResourceCPU: resource.MustParse("10m"), corev1.ResourceMemory: resource.MustParse("24Mi")},
			Limits:   corev1.ResourceList{corev1.ResourceMemory: resource.MustParse("80Mi")},
		},
	}
}
