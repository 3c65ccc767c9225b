package main

import (
	"errors"
	"fmt"
	"io"
	"strings"
	"sync"
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
	loader := seed.Loader{Identity: p.identity, Media: p.media, Listings: p.listings, Prices: p.prices, Calendar: p.calendar,
		Bookings: p.bookings, Reindex: p.search.Reindex, Now: time.Now, Progress: bar.draw}
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

// bar draws one line per step: redrawn on a terminal, else written when the step is through.
type bar struct {
	mu   sync.Mutex
	out  io.Writer
	live bool
}

const barWidth = 30

func (b *bar) draw(step string, done, total int) {
	b.mu.Lock()
	defer b.mu.Unlock()
	if total == 0 {
		return
	}
	filled := barWidth * done / total
	line := fmt.Sprintf("  %-14s %s%s %d of %d", step, strings.Repeat("█", filled), strings.Repeat("░", barWidth-filled), done, total)
	switch {
	case b.live && done < total:
		fmt.Fprint(b.out, "\r"+line)
	case b.live:
		fmt.Fprintln(b.out, "\r"+line)
	case done == total:
		fmt.Fprintln(b.out, line)
	}
}
