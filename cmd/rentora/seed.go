package main

import (
	"errors"
	"fmt"
	"time"

	"github.com/spf13/cobra"

	"github.com/rentora/rentora/server/errs"
	"github.com/rentora/rentora/server/seed"
)

func seedCommand() *cobra.Command {
	var listings int
	var number uint64
	cmd := &cobra.Command{
		Use: "seed", Short: "Fill an empty database with demo listings made of real places and attributes", Args: cobra.NoArgs,
		Long: "Fill an empty database with demo listings made of real places and attributes, with ten bookings for each and as many accounts.\n" +
			"Interrupted at any moment, it goes on where it was when the same command is given again. A database that has accounts\n" +
			"already is refused: the password of the demo accounts is no secret.",
		RunE: func(cmd *cobra.Command, _ []string) error { return runSeed(cmd, number, listings) },
	}
	cmd.Flags().IntVar(&listings, "listings", 1000, "how many listings")
	cmd.Flags().Uint64Var(&number, "seed", 1, "equal numbers make equal listings")
	return cmd
}

func runSeed(cmd *cobra.Command, number uint64, listings int) error {
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
	loader := seed.Loader{Pool: p.pool, Identity: p.identity, Media: p.media, Listings: p.listings, Prices: p.prices, Calendar: p.calendar,
		Bookings: p.bookings, Reindex: p.search.Reindex, Waits: c.Booking.PendingLife, Now: time.Now, Progress: bar.advance}
	err = loader.Load(cmd.Context(), number, listings)
	var known *errs.Error
	if errors.As(err, &known) && known.Code == "seeded" {
		fmt.Fprintln(cmd.OutOrStdout(), "  "+known.Message)
		return nil
	}
	if err != nil {
		return err
	}
	fmt.Fprintf(cmd.OutOrStdout(), "Seeded %d listings in %.1f s.\n", listings, time.Since(began).Seconds())
	return nil
}
