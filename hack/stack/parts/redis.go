package parts

import (
	"context"
	"os"
	"path/filepath"
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
		Prepare: prepareRedis,
		Command: redisCommand,
		Probe:   func(ctx context.Context, s Site) error { return probe.Redis(ctx, s.At("redis")) },
	}
}

func redisFile(s Site) string { return filepath.Join(s.folder("redis"), "password.conf") }

// prepareRedis writes the password, if there is one, where other users of this computer do not read it.
func prepareRedis(s Site) error {
	if err := makeFolder("redis")(s); err != nil {
		return err
	}
	text := ""
	if s.Listen != "" {
		text = "requirepass " + s.Secret + "\n"
	}
	return os.WriteFile(redisFile(s), []byte(text), 0o600)
}

func redisCommand(s Site) process.Spec {
	flush := "everysec"
	if s.Durable {
		flush = "always"
	}
	return process.Spec{Path: s.Installed.Valkey, Dir: s.folder("redis"), Env: environment(), Args: []string{
		redisFile(s), "--bind", s.host(), "--port", strconv.Itoa(s.Ports["redis"]), "--dir", s.folder("redis"),
		"--appendonly", "yes", "--appendfsync", flush, "--save", "", "--loglevel", "notice",
		"--set-proc-title", "no"}}
}
