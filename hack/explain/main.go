// Command explain is `make explain`: it asks Postgres how it carries out every query of the rooms, against a database that
// `rentora seed --listings 100000` has filled, and fails on those that read more than they should. It changes nothing.
package main

import (
	"context"
	"flag"
	"fmt"
	"os"
	"os/signal"
	"regexp"
	"syscall"

	"github.com/jackc/pgx/v5"

	"github.com/rentora/rentora/hack/explain/plan"
	"github.com/rentora/rentora/hack/stack/stack"
)

func main() {
	ctx, stop := signal.NotifyContext(context.Background(), os.Interrupt, syscall.SIGTERM)
	defer stop()
	database := flag.String("database", os.Getenv("RENTORA_DATABASE_URL"), "URL of a migrated, seeded database; RENTORA_DATABASE_URL when empty")
	rows := flag.Int("rows", 100_000, "how many events, sessions, keys and so on to add for the time being")
	only := flag.String("only", "", "regular expression of queries, as in booking.Guest")
	flag.Parse()
	if err := run(ctx, *database, *rows, *only); err != nil {
		fmt.Fprintln(os.Stderr, "explain:", err)
		stop()
		os.Exit(1) //nolint:gocritic // stop was called
	}
}

func run(ctx context.Context, database string, rows int, only string) error {
	o := plan.Options{Rows: rows}
	var err error
	if o.Only, err = regexp.Compile(only); err != nil {
		return err
	}
	root, err := stack.Root()
	if err != nil {
		return err
	}
	if o.Queries, err = plan.Read(root); err != nil {
		return err
	}
	conn, err := pgx.Connect(ctx, database)
	if err != nil {
		return err
	}
	defer func() { _ = conn.Close(context.WithoutCancel(ctx)) }()
	found, err := plan.Explain(ctx, conn, o)
	if err != nil {
		return err
	}
	if failed := plan.Print(os.Stdout, found); failed > 0 {
		return fmt.Errorf("%d of %d plans read more than they should", failed, len(found))
	}
	return nil
}
