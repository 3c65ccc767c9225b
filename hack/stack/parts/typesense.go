package parts

import (
	"context"
	"strconv"
	"syscall"
	"time"

	"github.com/rentora/rentora/hack/stack/probe"
	"github.com/rentora/rentora/hack/stack/process"
)

func typesense() Part {
	return Part{
		Name: "typesense", Ports: []string{"typesense", "typesense-peering"}, External: "RENTORA_STACK_TYPESENSE_URL",
		Signal: syscall.SIGTERM, Patience: 10 * time.Minute, // every start rebuilds the index from the last snapshot
		Prepare: makeFolder("typesense"),
		Command: func(s Site) process.Spec {
			return process.Spec{Path: s.Installed.Typesense, Dir: s.folder("typesense"), Env: environment("TYPESENSE_API_KEY=" + s.secret()), Args: []string{
				"--data-dir", s.folder("typesense"), "--api-address", s.host(),
				"--api-port", strconv.Itoa(s.Ports["typesense"]), "--peering-address", "127.0.0.1",
				"--peering-port", strconv.Itoa(s.Ports["typesense-peering"]), "--snapshot-interval-seconds=60", "--enable-cors=false"}}
		},
		Probe: func(ctx context.Context, s Site) error { return probe.HTTP(ctx, s.At("typesense"), "/health") },
	}
}
