package component

import (
	corev1 "k8s.io/api/core/v1"
	"k8s.io/apimachinery/pkg/api/resource"

	"github.com/rentora/rentora/api/v1alpha1"
)

// Images are complete references.
type Images struct {
	Server, Web, Operator, Postgres, Redis, Typesense, Minio, Kafka string
	Prometheus, Alertmanager, Grafana                               string
	PostgresExporter, RedisExporter                                 string
}

// Settings are what is in force: the spec where it says something, else the profile's, else the operator's.
type Settings struct {
	Version    string
	Images     Images
	API        Workload
	Web        Workload
	Jobs       Workload // relay and scheduler
	Workers    map[v1alpha1.WorkerGroup]Workload
	Postgres   Data
	Redis      Data
	Typesense  Data
	Objects    Data
	Kafka      Data
	Prometheus Data
	Spread     corev1.UnsatisfiableConstraintAction // over nodes
}

// Workload is a stateless one.
type Workload struct {
	Replicas  *int32 // nil: autoscaled between Min and Max
	Min, Max  int32
	CPU       *int32 // percent of the request
	Memory    *int32 // percent of the request
	Lag       int32  // messages for one worker
	Resources corev1.ResourceRequirements
}

// Data is a stateful one.
type Data struct {
	Size         resource.Quantity
	StorageClass *string
	Resources    corev1.ResourceRequirements
}

// profile has the defaults of one profile. Sizes and amounts are quantities as people write them.
type profile struct {
	api, web                                               Workload
	jobs                                                   int32
	worker                                                 Workload
	postgres, redis, typesense, objects, kafka, prometheus Data
}

func amounts(cpu, memory, limit string) corev1.ResourceRequirements {
	return corev1.ResourceRequirements{
		Requests: corev1.ResourceList{corev1.ResourceCPU: resource.MustParse(cpu), corev1.ResourceMemory: resource.MustParse(memory)},
		Limits:   corev1.ResourceList{corev1.ResourceMemory: resource.MustParse(limit)},
	}
}

func data(size, cpu, memory, limit string) Data {
	return Data{Size: resource.MustParse(size), Resources: amounts(cpu, memory, limit)}
}

func ptr[T any](v T) *T { return &v }

// No limit of the processor anywhere: a limit makes a server wait although the processor is idle.
var profiles = map[v1alpha1.Profile]profile{
	v1alpha1.Dev: {
		api:      Workload{Replicas: ptr[int32](1), Resources: amounts("50m", "96Mi", "512Mi")},
		web:      Workload{Replicas: ptr[int32](1), Resources: amounts("20m", "96Mi", "384Mi")},
		jobs:     1,
		worker:   Workload{Replicas: ptr[int32](1), Lag: 100, Resources: amounts("20m", "64Mi", "512Mi")},
		postgres: data("2Gi", "50m", "128Mi", "512Mi"), redis: data("1Gi", "20m", "32Mi", "128Mi"),
		typesense: data("2Gi", "50m", "128Mi", "1Gi"), objects: data("5Gi", "50m", "192Mi", "1Gi"),
		kafka: data("2Gi", "50m", "384Mi", "768Mi"), prometheus: data("2Gi", "50m", "128Mi", "512Mi"),
	},
	v1alpha1.Standard: {
		api:      Workload{Min: 2, Max: 6, CPU: ptr[int32](70), Memory: ptr[int32](85), Resources: amounts("250m", "256Mi", "1Gi")},
		web:      Workload{Min: 2, Max: 6, CPU: ptr[int32](70), Resources: amounts("200m", "192Mi", "768Mi")},
		jobs:     2,
		worker:   Workload{Min: 1, Max: 6, Lag: 100, Resources: amounts("100m", "128Mi", "1536Mi")},
		postgres: data("20Gi", "500m", "1Gi", "2Gi"), redis: data("5Gi", "100m", "256Mi", "512Mi"),
		typesense: data("10Gi", "250m", "512Mi", "2Gi"), objects: data("50Gi", "250m", "512Mi", "2Gi"),
		kafka: data("10Gi", "250m", "1Gi", "2Gi"), prometheus: data("10Gi", "100m", "512Mi", "2Gi"),
	},
	v1alpha1.HA: {
		api:      Workload{Min: 3, Max: 12, CPU: ptr[int32](60), Memory: ptr[int32](85), Resources: amounts("500m", "256Mi", "1Gi")},
		web:      Workload{Min: 3, Max: 12, CPU: ptr[int32](60), Resources: amounts("500m", "256Mi", "1Gi")},
		jobs:     2,
		worker:   Workload{Min: 2, Max: 6, Lag: 100, Resources: amounts("250m", "256Mi", "2Gi")},
		postgres: data("100Gi", "2", "4Gi", "8Gi"), redis: data("10Gi", "250m", "1Gi", "2Gi"),
		typesense: data("20Gi", "1", "2Gi", "4Gi"), objects: data("200Gi", "500m", "1Gi", "4Gi"),
		kafka: data("50Gi", "500m", "2Gi", "4Gi"), prometheus: data("50Gi", "250m", "1Gi", "4Gi"),
	},
}
