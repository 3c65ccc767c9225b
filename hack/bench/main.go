// Command bench is `make bench`: it measures Rentora beside its rivals in one run and writes results.md.
package main

import (
	"context"
	"errors"
	"flag"
	"fmt"
	"io"
	"os"
	"os/signal"
	"slices"
	"strings"
	"syscall"
	"time"

	"github.com/rentora/rentora/hack/bench/bare"
	"github.com/rentora/rentora/hack/bench/consume"
	"github.com/rentora/rentora/hack/bench/load"
	"github.com/rentora/rentora/hack/bench/report"
	"github.com/rentora/rentora/hack/bench/row"
	"github.com/rentora/rentora/hack/bench/stand"
)

func main() {
	ctx, stop := signal.NotifyContext(context.Background(), os.Interrupt, syscall.SIGTERM)
	defer stop()
	if err := dispatch(ctx, os.Args[1:]); err != nil && !errors.Is(err, flag.ErrHelp) {
		fmt.Fprintln(os.Stderr, "bench:", err)
		stop()
		os.Exit(1) //nolint:gocritic // stop was called
	}
}

// dispatch tells the programs that the benchmark starts of itself from the benchmark.
func dispatch(ctx context.Context, args []string) error {
	if len(args) == 1 {
		switch args[0] {
		case load.Argument:
			return load.Serve(ctx, os.Stdin, os.Stdout)
		case bare.Argument:
			return bare.Serve(ctx, os.Stdin)
		case consume.Argument:
			return consume.Serve(ctx, os.Stdin, os.Stdout)
		}
	}
	c, err := parse(args, os.Stderr)
	if err != nil {
		return err
	}
	if c.list {
		for _, r := range row.All() {
			fmt.Printf("%-14s %s\n", r.Name, r.What)
		}
		return nil
	}
	return c.run(ctx, os.Stdout)
}

// call is what the command line asks for.
type call struct {
	row.Settings
	rows     []row.Row
	list     bool
	listings int
	dir      string
	out      string
	limit    time.Duration
}

func parse(args []string, said io.Writer) (call, error) {
	var c call
	var only string
	var seconds float64
	flags := flag.NewFlagSet("bench", flag.ContinueOnError)
	flags.SetOutput(said)
	flags.StringVar(&only, "only", "", "rows to run, separated by commas (see --list); all when empty")
	flags.IntVar(&c.Rounds, "rounds", 5, "rounds of each contest; the table has their medians")
	flags.Float64Var(&seconds, "seconds", 3, "measured time of one side in one round")
	flags.IntVar(&c.Connections, "connections", 64, "of the load generator, and clients of pgbench")
	flags.IntVar(&c.listings, "listings", 10000, "how many the seed makes")
	flags.BoolVar(&c.list, "list", false, "print the rows and end")
	flags.BoolVar(&c.Quick, "quick", false, "a smoke run of a few seconds a row; the figures mean nothing and are not written")
	flags.StringVar(&c.dir, "data", "", "folder that keeps servers and data between runs; a temporary one when empty")
	flags.StringVar(&c.out, "out", "", "where the results are written: "+wholeResults+" when empty, of some rows "+someResults)
	flags.DurationVar(&c.limit, "limit", 25*time.Minute, "after it the run ends; the rows that are through are written")
	if err := flags.Parse(args); err != nil {
		return c, err
	}
	if seconds < 1 || c.Rounds < 1 || c.Connections < 1 || c.listings < 100 {
		return c, errors.New("--seconds, --rounds and --connections must be 1 or more, --listings 100 or more")
	}
	c.Measure, c.Warm, c.RivalWarm = time.Duration(seconds*float64(time.Second)), time.Second, 20*time.Second
	if c.Quick {
		c.Rounds, c.Measure, c.Warm, c.RivalWarm, c.listings = 1, time.Second, 300*time.Millisecond, 4*time.Second, min(c.listings, 300)
	}
	var err error
	c.rows, err = choose(only)
	if c.out == "" {
		c.out = wholeResults
		if len(c.rows) < len(row.All()) { // what some rows say must not take the place of what all did
			c.out = someResults
		}
	}
	return c, err
}

// Where results are written.
const (
	wholeResults = "hack/bench/results.md"
	someResults  = "hack/bench/results-partial.md"
)

func choose(only string) ([]row.Row, error) {
	all := row.All()
	if only == "" {
		return all, nil
	}
	var rows []row.Row
	for _, name := range strings.Split(only, ",") {
		i := slices.IndexFunc(all, func(r row.Row) bool { return r.Name == strings.TrimSpace(name) })
		if i < 0 {
			return nil, fmt.Errorf("there is no row %q: see --list", name)
		}
		rows = append(rows, all[i])
	}
	return rows, nil
}

func (c call) run(ctx context.Context, out io.Writer) error {
	ctx, cancel := context.WithTimeout(ctx, c.limit)
	defer cancel()
	before := report.ReadMachine()
	s, err := stand.Open(ctx, stand.Options{Dir: c.dir, Listings: c.listings, Output: out})
	if err != nil {
		return err
	}
	lines, failed := c.measure(ctx, &row.Bench{Stand: s, Settings: c.Settings, Output: out})
	versions := s.Versions(context.WithoutCancel(ctx))
	fmt.Fprintln(out)
	report.Table(out, lines)
	report.Details(out, lines)
	if !c.Quick {
		failed = errors.Join(failed, report.Write(c.out, report.Run{Before: before, After: report.ReadMachine(), Versions: versions,
			Rounds: c.Rounds, Measure: c.Measure, Connections: c.Connections, Listings: c.listings, Took: time.Since(s.Started), Lines: lines}))
	}
	return errors.Join(failed, s.Close())
}

// measure runs the rows; one that fails is told at the end and does not keep the others from running. Each that measured
// nothing, or not all, has a line that says so: what is missing must not look as if it had never been asked for.
func (c call) measure(ctx context.Context, b *row.Bench) (lines []report.Line, failed error) {
	for i, r := range c.rows {
		if ctx.Err() != nil {
			failed = errors.Join(failed, fmt.Errorf("%s: no time left: %w", r.Name, ctx.Err()))
			lines = append(lines, report.NotMeasured(r.Name, "no time was left"))
			continue
		}
		fmt.Fprintf(b.Output, "\n[%d/%d] %s: %s\n", i+1, len(c.rows), r.Name, r.What)
		measured, err := r.Run(ctx, b)
		if err != nil {
			fmt.Fprintf(b.Output, "  failed: %v\n", err)
			failed = errors.Join(failed, fmt.Errorf("%s: %w", r.Name, err))
		}
		lines = append(lines, measured...)
		if err != nil {
			lines = append(lines, report.NotMeasured(r.Name, err.Error()))
		}
	}
	return lines, failed
}
