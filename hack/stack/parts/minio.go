package parts

import (
	"context"
	"fmt"
	"syscall"
	"time"

	"github.com/rentora/rentora/hack/stack/probe"
	"github.com/rentora/rentora/hack/stack/process"
)

// These are no secrets: the server listens on this computer only.
const (
	minioUser     = "rentora"
	minioPassword = "rentora-development"
)

func minio() Part {
	return Part{
		Name: "minio", Ports: []string{"minio", "minio-console"}, External: "RENTORA_STACK_MINIO_URL",
		Signal: syscall.SIGTERM, Patience: 3 * time.Minute,
		Prepare: makeFolder("minio"),
		Command: minioCommand,
		Probe: func(ctx context.Context, s Site) error {
			return probe.HTTP(ctx, s.Ports["minio"], "/minio/health/ready")
		},
	}
}

func minioCommand(s Site) process.Spec {
	return process.Spec{Path: s.Installed.MinIO, Dir: s.folder("minio"),
		Args: []string{"server", s.folder("minio"), "--quiet", "--address", local(s.Ports["minio"]), "--console-address", local(s.Ports["minio-console"])},
		Env: environment("MINIO_ROOT_USER="+minioUser, "MINIO_ROOT_PASSWORD="+minioPassword, "MINIO_BROWSER=off", "MINIO_UPDATE=off",
			"MINIO_API_CORS_ALLOW_ORIGIN="+s.Origin, "MINIO_PROMETHEUS_AUTH_TYPE=public")}
}

func local(port int) string { return fmt.Sprintf("127.0.0.1:%d", port) }
