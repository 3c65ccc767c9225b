// Command jaeger runs the pinned Jaeger server on this computer, to look at traces. It is built once, into the cache.
package main

import (
	"context"
	"errors"
	"fmt"
	"os"
	"os/exec"
	"os/signal"
	"path/filepath"
	"syscall"
	"time"

	"github.com/rentora/rentora/hack/stack/stack"
)

const (
	version  = "v1.62.0"
	otlp     = "127.0.0.1:4318"
	pages    = "127.0.0.1:16686"
	stopTime = 2 * time.Second // it would take ten to end in order; nothing in it must be kept
)

func main() {
	ctx, stop := signal.NotifyContext(context.Background(), os.Interrupt, syscall.SIGTERM)
	err := run(ctx)
	stop()
	if err != nil {
		fmt.Fprintln(os.Stderr, "jaeger: "+err.Error())
		os.Exit(1)
	}
}

func run(ctx context.Context) error {
	program, err := build(ctx)
	if err != nil {
		return err
	}
	fmt.Printf("Send traces with RENTORA_TRACE_OTLP_ENDPOINT=http://%s\nRead them at http://%s/api/traces?service=rentora (Ctrl-C ends it)\n", otlp, pages)
	cmd := exec.CommandContext(ctx, program, "--collector.otlp.enabled=true", "--collector.otlp.http.host-port="+otlp,
		"--collector.otlp.grpc.host-port=127.0.0.1:0", "--query.http-server.host-port="+pages, "--query.grpc-server.host-port=127.0.0.1:0",
		"--collector.http-server.host-port=127.0.0.1:0", "--collector.grpc-server.host-port=127.0.0.1:0", "--admin.http.host-port=127.0.0.1:0",
		"--processor.zipkin-compact.server-host-port=127.0.0.1:0", "--processor.jaeger-compact.server-host-port=127.0.0.1:0",
		"--processor.jaeger-binary.server-host-port=127.0.0.1:0", "--http-server.host-port=127.0.0.1:0", "--memory.max-traces=20000", "--log-level=error")
	cmd.Stdout, cmd.Stderr = os.Stdout, os.Stderr
	cmd.Cancel = func() error { return cmd.Process.Signal(syscall.SIGTERM) }
	cmd.WaitDelay = stopTime
	if err := cmd.Run(); err != nil && ctx.Err() == nil {
		return err
	}
	return nil
}

// build gives the program in the cache; the first time it is compiled, which takes some minutes.
func build(ctx context.Context) (string, error) {
	cache, err := stack.Cache()
	if err != nil {
		return "", err
	}
	root, err := stack.Root()
	if err != nil {
		return "", err
	}
	program := filepath.Join(cache, "jaeger-"+version, "jaeger")
	if _, err := os.Stat(program); !errors.Is(err, os.ErrNotExist) {
		return program, err
	}
	fmt.Println("Building Jaeger " + version + ", once; this takes some minutes.")
	cmd := exec.CommandContext(ctx, "go", "build", "-C", filepath.Join(root, "hack", "stack", "jaeger"), "-trimpath", "-ldflags", "-s -w",
		"-o", program+".part", "github.com/jaegertracing/jaeger/cmd/all-in-one")
	cmd.Env = append(os.Environ(), "CGO_ENABLED=0", "GOFLAGS=", "GOWORK=off")
	cmd.Stdout, cmd.Stderr = os.Stdout, os.Stderr
	if err := cmd.Run(); err != nil {
		return "", fmt.Errorf("building Jaeger: %w", err)
	}
	return program, os.Rename(program+".part", program)
}
