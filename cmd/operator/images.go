package main

import (
	"cmp"

	"github.com/rentora/rentora/controllers/component"
)

// defaults gives the images that platforms run unless they say otherwise. RELATED_IMAGE_… replaces one for all platforms, as
// the Operator Lifecycle Manager and mirrors of registries expect.
func defaults(env func(string) string) component.Defaults {
	related := func(name, image string) string { return cmp.Or(env("RELATED_IMAGE_"+name), image) }
	return component.Defaults{Version: version, Images: component.Images{
		Server:           related("SERVER", "docker.io/rentora/server"),
		Web:              related("WEB", "docker.io/rentora/web"),
		Operator:         related("OPERATOR", "docker.io/rentora/operator:"+version),
		Postgres:         related("POSTGRES", "docker.io/library/postgres:18"),
		Redis:            related("REDIS", "docker.io/library/redis:8"),
		Typesense:        related("TYPESENSE", "docker.io/typesense/typesense:30.1"),
		Minio:            related("MINIO", "docker.io/minio/minio:RELEASE.2025-09-07T16-13-09Z"),
		Kafka:            related("KAFKA", "docker.io/apache/kafka:4.1.1"),
		Prometheus:       related("PROMETHEUS", "docker.io/prom/prometheus:v3.5.0"),
		Alertmanager:     related("ALERTMANAGER", "docker.io/prom/alertmanager:v0.28.1"),
		Grafana:          related("GRAFANA", "docker.io/grafana/grafana:12.1.1"),
		PostgresExporter: related("POSTGRES_EXPORTER", "quay.io/prometheuscommunity/postgres-exporter:v0.18.1"),
		RedisExporter:    related("REDIS_EXPORTER", "docker.io/oliver006/redis_exporter:v1.77.0"),
	}}
}
