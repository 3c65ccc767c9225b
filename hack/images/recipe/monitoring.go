package recipe

import "github.com/rentora/rentora/hack/cluster/image"

const nobody = 65534

// prometheus is compiled, because Debian's knows no Kubernetes.
func prometheus() Image {
	return Image{
		Name: "prometheus", Official: "docker.io/prom/prometheus", User: nobody, Source: "its Go module; without the pages, which are not in it",
		Programs: []string{"/bin/prometheus", "/bin/promtool"}, compiled: []string{"prometheus"}, folder: "/prometheus",
		compose: func(k *kit, l *image.Layer) error {
			k.program(l, "/bin/prometheus", "prometheus", "prometheus")
			k.program(l, "/bin/promtool", "prometheus", "promtool")
			return nil
		},
	}
}

func alertmanager() Image {
	return Image{
		Name: "alertmanager", Official: "docker.io/prom/alertmanager", User: nobody, Source: "its Go module",
		Programs: []string{"/bin/alertmanager", "/bin/amtool"}, compiled: []string{"alertmanager"}, folder: "/alertmanager",
		compose: func(k *kit, l *image.Layer) error {
			k.program(l, "/bin/alertmanager", "alertmanager", "alertmanager")
			k.program(l, "/bin/amtool", "alertmanager", "amtool")
			return nil
		},
	}
}

func postgresExporter() Image {
	return Image{
		Name: "postgres-exporter", Official: "quay.io/prometheuscommunity/postgres-exporter", User: nobody,
		Source: "Debian's prometheus-postgres-exporter 0.11", Programs: []string{"/bin/postgres_exporter"},
		packages: []string{"prometheus-postgres-exporter", "libc6"},
		compose: func(k *kit, l *image.Layer) error {
			l.File("/bin/postgres_exporter", k.unpacked("prometheus-postgres-exporter", "/usr/bin/prometheus-postgres-exporter"), 0o755)
			return nil
		},
	}
}

func redisExporter() Image {
	return Image{
		Name: "redis-exporter", Official: "docker.io/oliver006/redis_exporter", User: 59000,
		Source: "Debian's prometheus-redis-exporter 1.45", Programs: []string{"/redis_exporter"},
		packages: []string{"prometheus-redis-exporter", "libc6"},
		compose: func(k *kit, l *image.Layer) error {
			l.File("/redis_exporter", k.unpacked("prometheus-redis-exporter", "/usr/bin/prometheus-redis-exporter"), 0o755)
			return nil
		},
	}
}
