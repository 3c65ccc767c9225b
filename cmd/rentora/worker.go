package main

import (
	"context"

	"github.com/spf13/cobra"

	"github.com/rentora/rentora/server/worker"
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

// runWorker runs the configured groups until ctx ends, then lets what they do finish.
func (p *program) runWorker(ctx context.Context) error {
	return worker.Run(ctx, worker.Deps{
		Config: p.config, Pool: p.pool, Log: p.log, Registry: p.registry,
		Subscriptions: worker.Subscriptions(worker.Handlers{Notify: p.notify, Media: p.media, Search: p.search}),
		Jobs:          []worker.Job{worker.ExpireDue(p.bookings)},
		Checks: []worker.Check{
			{Name: "search", Probe: p.search.Ping},
			{Name: "objects", Probe: p.media.Reach},
		},
	})
}
