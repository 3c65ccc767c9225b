package parts

import (
	"context"
	"syscall"
	"time"

	"github.com/rentora/rentora/hack/stack/probe"
	"github.com/rentora/rentora/hack/stack/process"
)

func mail() Part {
	return Part{
		Name: "mail", Ports: []string{"mail", "mail-smtp"}, External: "RENTORA_STACK_SMTP_ADDR",
		Signal: syscall.SIGTERM, Patience: 3 * time.Minute,
		Prepare: makeFolder("mail"),
		Command: func(s Site) process.Spec {
			return process.Spec{Path: s.Program, Dir: s.folder("mail"), Env: environment(),
				Args: []string{"mailcatcher", s.At("mail-smtp"), s.At("mail"), s.folder("mail")}}
		},
		Probe: func(ctx context.Context, s Site) error {
			if err := probe.SMTP(ctx, s.At("mail-smtp")); err != nil {
				return err
			}
			return probe.HTTP(ctx, s.At("mail"), "/")
		},
	}
}
