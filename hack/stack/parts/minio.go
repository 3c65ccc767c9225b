package parts

import (
	"context"
	"syscall"
	"time"

	"github.com/rentora/rentora/hack/stack/probe"
	"github.com/rentora/rentora/hack/stack/process"
)

const minioUser = "rentora"

func minio() Part {
	return Part{
		Name: "minio", Ports: []string{"minio", "minio-console"}, External: "RENTORA_STACK_MINIO_URL",
		Signal: syscall.SIGTERM, Patience: 3 * time.Minute,
		Prepare: makeFolder("minio"),
		Command: minioCommand,
		Probe: func(ctx context.Context, s Site) error {
			return probe.HTTP(ctx, s.At("minio"), "/minio/health/ready")
		},
	}
}

func minioCommand(s Site) process.Spec {
	return process.Spec{Path: s.Installed.MinIO, Dir: s.folder("minio"),
		Args: []string{"server", s.folder("minio"), "--quiet", "--address", s.At("minio"), "--console-address", s.At("minio-console")},
		Env: environment("MINIO_ROOT_USER="+minioUser, "MINIO_ROOT_PASSWORD="+s.secret(), "MINIO_BROWSER=off", "MINIO_UPDATE=off",
			"MINIO_API_CORS_ALLOW_ORIGIN="+s.Origin, "MINIO_PROMETHEUS_AUTH_TYPE=public")}
}
