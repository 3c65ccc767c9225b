package main

import (
	"context"

	"github.com/spf13/cobra"
)

func workerCommand() *cobra.Command {
	return &cobra.Command{
		Use: "worker", Short: "Run background groups: relay, scheduler, notify, media, search", Args: cobra.NoArgs,
		RunE: func(cmd *cobra.Command, _ []string) error {
			c, log, err := load()
			if err != nil {
				return err
			}
			p, err := assemble(cmd.Context(), c, log)
			if err != nil {
				return err
			}
			defer p.close()
			return p.runWorker(cmd.Context())
		},
	}
}

func (p *program) runWorker(ctx context.Context) error { <-ctx.Done(); return nil }
