package main

import (
	"fmt"
	"io"
	"strings"
	"text/tabwriter"
	"time"

	"github.com/spf13/cobra"

	"github.com/rentora/rentora/server/errs"
	"github.com/rentora/rentora/server/search"
)

func reindexCommand() *cobra.Command {
	var check, repair bool
	cmd := &cobra.Command{
		Use: "reindex", Short: "Build the search index anew, or compare it with the database", Args: cobra.NoArgs,
		Long: "Build the search index anew in a new collection, which takes over when it is whole; searches and edits go on meanwhile.\n" +
			"With --check nothing is built: the index is compared with the database, and the program ends with 1 when they differ.\n" +
			"With --repair what differs is put right, and nothing else is touched.",
		RunE: func(cmd *cobra.Command, _ []string) error {
			if check || repair {
				return runCheck(cmd, repair)
			}
			return runReindex(cmd)
		},
	}
	cmd.Flags().BoolVar(&check, "check", false, "compare and report")
	cmd.Flags().BoolVar(&repair, "repair", false, "compare, report, and put right what differs")
	return cmd
}

func runReindex(cmd *cobra.Command) error {
	p, err := silentProgram(cmd)
	if err != nil {
		return err
	}
	defer p.close()
	began, bar := time.Now(), &bar{out: cmd.OutOrStdout(), live: onTerminal(cmd.OutOrStdout())}
	listings := 0
	err = p.search.Rebuild(cmd.Context(), func(done, total int) { listings = done; bar.draw("search index", done, total) })
	if err != nil {
		return err
	}
	fmt.Fprintf(cmd.OutOrStdout(), "Built the index of %d listings in %.1f s.\n", listings, time.Since(began).Seconds())
	return nil
}

func silentProgram(cmd *cobra.Command) (*program, error) {
	c, _, err := load()
	if err != nil {
		return nil, err
	}
	return assemble(cmd.Context(), c, nil)
}

func runCheck(cmd *cobra.Command, repair bool) error {
	p, err := silentProgram(cmd)
	if err != nil {
		return err
	}
	defer p.close()
	began, bar := time.Now(), &bar{out: cmd.OutOrStdout(), live: onTerminal(cmd.OutOrStdout())}
	drift, err := p.search.Check(cmd.Context(), repair, func(done, total int) { bar.draw("compare", done, total) })
	if err != nil {
		return err
	}
	printDrift(cmd.OutOrStdout(), drift, time.Since(began))
	if differ := drift.Total() - drift.Repaired; differ > 0 {
		return errs.Ef(errs.Conflict, "%d documents of the search index differ from the database; rentora reindex --repair puts them right.", differ)
	}
	return nil
}

// printDrift writes the report of a check: one line per difference, with examples.
func printDrift(out io.Writer, d search.Drift, took time.Duration) {
	table := tabwriter.NewWriter(out, 0, 0, 2, ' ', 0)
	fmt.Fprintln(table, "DIFFERENCE\tDOCUMENTS\tEXAMPLES")
	for _, kind := range search.Differences {
		fmt.Fprintf(table, "%s\t%9d\t%s\n", strings.ReplaceAll(string(kind), "_", " "), d.Counts[kind], strings.Join(d.Examples[kind], " "))
	}
	_ = table.Flush() // what a terminal does not take has nobody to tell
	fmt.Fprintf(out, "Compared %d, %d differ, %d repaired, in %.1f s.\n", d.Checked, d.Total(), d.Repaired, took.Seconds())
}
