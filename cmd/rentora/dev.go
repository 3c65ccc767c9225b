package main

import (
	"github.com/spf13/cobra"
	"golang.org/x/sync/errgroup"
)

func devCommand() *cobra.Command {
	return &cobra.Command{
		Use: "dev", Short: "Serve the API and run every worker group in one process", Args: cobra.NoArgs,
		Long: "Serve the API and run every worker group in one process.\nIt starts no servers: make run does, or hack/stack.",
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
			g, ctx := errgroup.WithContext(cmd.Context())
			g.Go(func() error { return p.runAPI(ctx) })
			g.Go(func() error { return p.runWorker(ctx, p.ops) })
			return g.Wait()
		},
	}
}
