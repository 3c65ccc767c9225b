package component

import (
	"cmp"
	"strings"

	corev1 "k8s.io/api/core/v1"
	"k8s.io/apimachinery/pkg/api/resource"

	"github.com/rentora/rentora/api/v1alpha1"
)

// Defaults are what the operator brings.
type Defaults struct {
	Version string // of the operator and, unless the spec says otherwise, of the server
	Images  Images // Server and Web without a tag: the version becomes it
}

// Resolve gives the settings in force. The platform's schema defaults must be filled in, as the API server does.
func Resolve(p *v1alpha1.RentoraPlatform, d Defaults) Settings {
	spec := &p.Spec
	f := profiles[cmp.Or(spec.Profile, v1alpha1.Standard)]
	s := Settings{
		Version:    cmp.Or(spec.Version, d.Version),
		API:        scaled(f.api, spec.API.Replicas, spec.API.Autoscaling, spec.API.Resources),
		Web:        scaled(f.web, spec.Web.Replicas, spec.Web.Autoscaling, spec.Web.Resources),
		Jobs:       Workload{Replicas: ptr(f.jobs), Resources: overridden(f.worker.Resources, spec.Workers.Resources)},
		Workers:    map[v1alpha1.WorkerGroup]Workload{},
		Postgres:   dataService(f.postgres, spec.Postgres.Storage, spec.Postgres.Resources),
		Redis:      dataService(f.redis, spec.Redis.Storage, spec.Redis.Resources),
		Typesense:  dataService(f.typesense, spec.Typesense.Storage, spec.Typesense.Resources),
		Objects:    dataService(f.objects, spec.ObjectStorage.Storage, spec.ObjectStorage.Resources),
		Kafka:      dataService(f.kafka, spec.Kafka.Storage, spec.Kafka.Resources),
		Prometheus: dataService(f.prometheus, spec.Monitoring.Storage, spec.Monitoring.Resources),
		Spread:     corev1.ScheduleAnyway,
	}
	for _, group := range v1alpha1.WorkerGroups {
		base := f.worker
		if group == "media" {
			base.Resources = decoding(base.Resources)
		}
		s.Workers[group] = workerGroup(spec, group, base)
	}
	s.Images = images(spec.Images, d.Images, s.Version)
	return s
}

// scaled gives a workload that follows the use of its processor and memory, or has a fixed number of replicas.
func scaled(base Workload, replicas *int32, scaling *v1alpha1.Autoscaling, resources *corev1.ResourceRequirements) Workload {
	w := base
	switch {
	case replicas != nil:
		w.Replicas = replicas
	case scaling != nil:
		w = Workload{Min: scaling.Min, Max: scaling.Max, CPU: scaling.CPU, Memory: scaling.Memory}
	}
	w.Resources = overridden(base.Resources, resources)
	return w
}

func workerGroup(spec *v1alpha1.RentoraPlatformSpec, group v1alpha1.WorkerGroup, base Workload) Workload {
	w := base
	w.Resources = overridden(base.Resources, spec.Workers.Resources)
	for _, g := range spec.Workers.Groups {
		if g.Name != group {
			continue
		}
		switch {
		case g.Replicas != nil:
			w.Replicas = g.Replicas
		case g.Autoscaling != nil:
			w.Replicas, w.Min, w.Max, w.Lag = nil, g.Autoscaling.Min, g.Autoscaling.Max, *cmp.Or(g.Autoscaling.Lag, &base.Lag)
		}
		w.Resources = overridden(w.Resources, g.Resources)
	}
	ceiling := cmp.Or(spec.Kafka.Partitions, 6)
	w.Max = min(w.Max, ceiling)
	w.Min = min(w.Min, ceiling)
	return w
}

// decoding gives room for the photos that a media worker may hold decoded at once, 1 GiB by its own reckoning, and for itself.
func decoding(r corev1.ResourceRequirements) corev1.ResourceRequirements {
	least := resource.MustParse("1536Mi")
	if limit := r.Limits[corev1.ResourceMemory]; limit.Cmp(least) < 0 {
		r = *r.DeepCopy()
		r.Limits[corev1.ResourceMemory] = least
	}
	return r
}

// overridden takes the whole of what was given: half of somebody's resources and half of ours would be nobody's.
func overridden(base corev1.ResourceRequirements, given *corev1.ResourceRequirements) corev1.ResourceRequirements {
	if given != nil {
		return *given.DeepCopy()
	}
	return *base.DeepCopy()
}

func dataService(base Data, storage v1alpha1.Storage, resources *corev1.ResourceRequirements) Data {
	d := Data{Size: base.Size.DeepCopy(), Resources: overridden(base.Resources, resources)}
	if storage.Size != nil {
		d.Size = storage.Size.DeepCopy()
	}
	if storage.ClassName != "" {
		d.StorageClass = &storage.ClassName
	}
	return d
}

func images(spec v1alpha1.Images, ours Images, version string) Images {
	return Images{
		Server: versioned(spec.Server, ours.Server, version), Web: versioned(spec.Web, ours.Web, version), Operator: ours.Operator,
		Postgres: cmp.Or(spec.Postgres, ours.Postgres), Redis: cmp.Or(spec.Redis, ours.Redis),
		Typesense: cmp.Or(spec.Typesense, ours.Typesense), Minio: cmp.Or(spec.Minio, ours.Minio),
		Kafka: cmp.Or(spec.Kafka, ours.Kafka), Prometheus: cmp.Or(spec.Prometheus, ours.Prometheus),
		Alertmanager: cmp.Or(spec.Alertmanager, ours.Alertmanager), Grafana: cmp.Or(spec.Grafana, ours.Grafana),
		PostgresExporter: cmp.Or(spec.PostgresExporter, ours.PostgresExporter),
		RedisExporter:    cmp.Or(spec.RedisExporter, ours.RedisExporter),
	}
}

// WebImage gives the image of the web that belongs to a version of the server.
func WebImage(p *v1alpha1.RentoraPlatform, d Defaults, version string) string {
	return versioned(p.Spec.Images.Web, d.Images.Web, version)
}

// versioned gives the image that was asked for as it is, and ours with the version for a tag where it has none.
func versioned(given, ours, version string) string {
	if given == "" && !tagged(ours) {
		return ours + ":" + version
	}
	return cmp.Or(given, ours)
}

// tagged tells a reference with a tag or digest from a bare repository, whose registry may have a port.
func tagged(reference string) bool {
	last := reference[strings.LastIndex(reference, "/")+1:]
	return strings.ContainsAny(last, ":@")
}
