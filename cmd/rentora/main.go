// Command rentora is the whole product in one program: API, workers, migrations, seed and accounts.
package main

import (
	"context"
	"fmt"
	"log/slog"
	"os"
	"os/signal"
	"strings"
	"syscall"

	"github.com/spf13/cobra"

	"github.com/rentora/rentora/server/config"
)

func main() {
	ctx, stop := signal.NotifyContext(context.Background(), os.Interrupt, syscall.SIGTERM)
	defer stop()
	err := newRoot().ExecuteContext(ctx)
	_ = logged.Flush() // there is nowhere to tell of a log that cannot be written
	if err != nil && ctx.Err() == nil {
		fmt.Fprintln(os.Stderr, "rentora:", err)
		stop()
		os.Exit(1) //nolint:gocritic // stop was called
	}
}

func newRoot() *cobra.Command {
	root := &cobra.Command{
		Use: "rentora", Short: "The rental marketplace that never double-books",
		Long:         "The rental marketplace that never double-books.\nIt is configured by environment variables: rentora config shows them all.",
		SilenceUsage: true, SilenceErrors: true,
	}
	root.AddCommand(apiCommand(), workerCommand(), devCommand(), migrateCommand(), reindexCommand(), seedCommand(), userCommand(), keyCommand(), configCommand())
	return root
}

// load reads the configuration and makes the log.
func load() (*config.Config, *slog.Logger, error) {
	c, err := config.Load()
	if err != nil {
		return nil, nil, err
	}
	log := newLog(c, output(os.Stderr))
	slog.SetDefault(log) // for libraries that know no other
	return c, log, nil
}

func configCommand() *cobra.Command {
	return &cobra.Command{
		Use: "config", Short: "Print the effective configuration, with secrets hidden", Args: cobra.NoArgs,
		RunE: func(cmd *cobra.Command, _ []string) error {
			c, err := config.Load()
			if err != nil {
				printSettings(cmd, &config.Config{})
				return err
			}
			printSettings(cmd, c)
			return nil
		},
	}
}

func printSettings(cmd *cobra.Command, c *config.Config) {
	for _, s := range config.Settings(c) {
		notes := s.Doc
		if s.Required {
			notes += "; required"
		} else if s.Default != "" {
			notes += "; default " + s.Default
		}
		fmt.Fprintf(cmd.OutOrStdout(), "%-34s %-40s %s\n", s.Name, strings.TrimSpace(s.Value()), notes)
	}
}
