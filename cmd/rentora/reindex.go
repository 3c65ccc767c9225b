package main

import (
	"fmt"
	"time"

	"github.com/spf13/cobra"
)

func reindexCommand() *cobra.Command {
	return &cobra.Command{
		Use: "reindex", Short: "Write every live listing to the search index again", Args: cobra.NoArgs,
		RunE: func(cmd *cobra.Command, _ []string) error {
			c, _, err := load()
			if err != nil {
				return err
			}
			p, err := assemble(cmd.Context(), c, nil)
			if err != nil {
				return err
			}
			defer p.close()
			began, bar := time.Now(), &bar{out: cmd.OutOrStdout(), live: onTerminal(cmd.OutOrStdout())}
			listings := 0
			err = p.search.Reindex(cmd.Context(), func(done, total int) { listings = done; bar.draw("search index", done, total) })
			if err != nil {
				return err
			}
			fmt.Fprintf(cmd.OutOrStdout(), "Indexed %d listings in %.1f s.\n", listings, time.Since(began).Seconds())
			return nil
		},
	}
}
