package parts

import (
	"context"
	"strconv"
	"syscall"
	"time"

	"github.com/rentora/rentora/hack/stack/probe"
	"github.com/rentora/rentora/hack/stack/process"
)

func redis() Part {
	return Part{
		Name: "redis", Ports: []string{"redis"}, External: "RENTORA_STACK_REDIS_URL",
		Signal: syscall.SIGTERM, Patience: 3 * time.Minute,
		Prepare: makeFolder("redis"),
		Command: redisCommand,
		Probe:   func(ctx context.Context, s Site) error { return probe.Redis(ctx, s.Ports["redis"]) },
	}
}

func redisCommand(s Site) process.Spec {
	flush := "everysec"
	if s.Durable {
		flush = "always"
	}
	return process.Spec{Path: s.Installed.Valkey, Dir: s.folder("redis"), Env: environment(), Args: []string{
		"--bind", "127.0.0.1", "--port", strconv.Itoa(s.Ports["redis"]), "--dir", s.folder("redis"),
		"--appendonly", "yes", "--appendfsync", flush, "--save", "", "--loglevel", "notice",
		"--set-proc-title", "no"}}
}
