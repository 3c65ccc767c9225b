// Command scale measures the operator itself on a real API server: what a pass costs when nothing is to be done, its memory with one
// platform, and the same among tens of thousands of foreign Secrets.
package main

import (
	"context"
	"errors"
	"flag"
	"fmt"
	"os"
	"os/signal"
	"syscall"
	"time"

	"github.com/rentora/rentora/hack/apiserver"
)

// The bars.
const (
	passMost    = 100 * time.Millisecond // p99 of a pass without anything to do
	memoryMost  = 60 << 20               // bytes with one platform
	memoryDrift = 0.10                   // by how much foreign Secrets may change it
)

func main() {
	ctx, cancel := signal.NotifyContext(context.Background(), os.Interrupt, syscall.SIGTERM)
	err := run(ctx, os.Args[1:])
	cancel()
	if errors.Is(err, flag.ErrHelp) {
		return
	}
	if err != nil {
		fmt.Fprintln(os.Stderr, "scale: "+err.Error())
		os.Exit(1)
	}
}

func run(ctx context.Context, args []string) error {
	flags := flag.NewFlagSet("scale", flag.ContinueOnError)
	secrets := flags.Int("secrets", 33000, "foreign Secrets to make")
	passes := flags.Int("passes", 500, "passes to measure")
	if err := flags.Parse(args); err != nil {
		return err
	}
	if *secrets < 1 || *passes < 100 {
		return errors.New("at least 1 Secret and 100 passes")
	}
	ctx, cancel := context.WithTimeout(ctx, 20*time.Minute)
	defer cancel()
	server, err := apiserver.Start(ctx)
	if err != nil {
		return err
	}
	defer server.Stop()
	s, err := newStand(ctx, server)
	if err != nil {
		return err
	}
	defer s.stop()
	return s.measure(ctx, *passes, *secrets)
}

// row of the table: a figure and its bar.
type row struct {
	name, figure, bar string
	holds             bool
}

func (s *stand) measure(ctx context.Context, passes, secrets int) error {
	took, err := s.bringUp(ctx)
	if err != nil {
		return err
	}
	fmt.Printf("a platform of %d objects is ready after %.1f s, with nodes that need no time\n", took.objects, took.time.Seconds())
	cost, err := s.pass(ctx, passes)
	if err != nil {
		return err
	}
	alone, err := s.memory(ctx)
	if err != nil {
		return err
	}
	if err := s.crowd(ctx, secrets); err != nil {
		return err
	}
	among, err := s.memory(ctx)
	if err != nil {
		return err
	}
	drift := float64(among.median)/float64(alone.median) - 1
	return print([]row{
		{fmt.Sprintf("pass without anything to do (%d)", passes), fmt.Sprintf("p50 ≤ %s, p99 ≤ %s", cost.p50, cost.p99), "p99 ≤ 100 ms", cost.p99 <= passMost},
		{"writes in those passes", fmt.Sprint(cost.writes), "0", cost.writes == 0},
		{"requests to the API server in those", fmt.Sprint(cost.requests), "0", cost.requests == 0},
		{"memory with one platform, at most", mebi(alone.most), "< 60 MiB", alone.most < memoryMost},
		{fmt.Sprintf("the same among %d foreign Secrets", secrets), mebi(among.most), "< 60 MiB", among.most < memoryMost},
		{"its median alone and among them", fmt.Sprintf("%s, %s (%+.1f %%)", mebi(alone.median), mebi(among.median), 100*drift), "± 10 %", drift < memoryDrift && drift > -memoryDrift},
	})
}

func mebi(n int64) string { return fmt.Sprintf("%.1f MiB", float64(n)/(1<<20)) }

func print(rows []row) error {
	failed := 0
	fmt.Printf("\n%-36s  %-28s  %-12s  %s\n", "figure", "measured", "bar", "holds")
	for _, r := range rows {
		holds := "yes"
		if !r.holds {
			holds = "NO"
			failed++
		}
		fmt.Printf("%-36s  %-28s  %-12s  %s\n", r.name, r.figure, r.bar, holds)
	}
	if failed > 0 {
		return fmt.Errorf("%d of %d bars are missed", failed, len(rows))
	}
	return nil
}
