package main

import (
	"context"
	"fmt"
	"io"
	"path/filepath"
	"time"

	"github.com/spf13/cobra"
	"golang.org/x/sync/errgroup"

	"github.com/rentora/rentora/server/config"
	"github.com/rentora/rentora/server/events"
	"github.com/rentora/rentora/server/postgres"
)

func migrateCommand() *cobra.Command {
	return &cobra.Command{
		Use: "migrate", Short: "Bring schema, topics, buckets and search collection up to this release", Args: cobra.NoArgs,
		Long: "Bring schema, topics, buckets and search collection up to this release.\nRunning it again changes nothing; several at once are safe.\n" +
			"Where RENTORA_DATABASE_DIRECT_URL names another user than RENTORA_DATABASE_URL, that one owns the tables, and the other gets the right to read and write them.",
		RunE: func(cmd *cobra.Command, _ []string) error {
			c, _, err := load()
			if err != nil {
				return err
			}
			return migrate(cmd.Context(), c, cmd.OutOrStdout())
		},
	}
}

// migrate makes all that the servers must hold before the programs run. The index comes after the schema, for it is filled from there.
func migrate(ctx context.Context, c *config.Config, out io.Writer) error {
	began := time.Now()
	if err := migrateSchema(ctx, c.Postgres, out); err != nil {
		return err
	}
	p, err := assemble(ctx, c, nil)
	if err != nil {
		return err
	}
	defer p.close()
	g, gctx := errgroup.WithContext(ctx)
	g.Go(func() error { return events.EnsureTopics(gctx, c.Kafka) })
	g.Go(func() error { return p.media.EnsureBuckets(gctx) })
	if err := g.Wait(); err != nil {
		return err
	}
	fmt.Fprintf(out, "  topics   %d\n  buckets  2\n", len(events.TopicNames(c.Kafka)))
	if err := p.search.EnsureCollection(ctx, func(done, total int) {
		fmt.Fprintf(out, "  index    %d of %d listings\n", done, total)
	}); err != nil {
		return err
	}
	fmt.Fprintf(out, "  search   ready\nMigrated in %.1f s.\n", time.Since(began).Seconds())
	return nil
}

// migrateSchema works as the owner of the tables; all that follows, and the programs, as the user of DATABASE_URL.
func migrateSchema(ctx context.Context, c config.Postgres, out io.Writer) error {
	applied := 0
	err := postgres.Migrate(ctx, c.DirectURL, func(name string, took time.Duration) {
		applied++
		fmt.Fprintf(out, "  schema   %-40s %6d ms\n", filepath.Base(name), took.Milliseconds())
	})
	if err != nil {
		return err
	}
	if applied == 0 {
		fmt.Fprintf(out, "  schema   up to date\n")
	}
	role, err := postgres.EnsureRole(ctx, c.DirectURL, c.URL)
	if err == nil && role.Name != "" {
		fmt.Fprintf(out, "  role     %s %s\n", role.Name, describeRole(role))
	}
	return err
}

func describeRole(r postgres.RoleChange) string {
	switch {
	case r.Created:
		return "made"
	case r.Altered:
		return "got its password"
	case r.Granted > 0:
		return "got rights"
	}
	return "up to date"
}
