// Command fuzz is `make fuzz`: it starts the whole product on real servers of its own and lets schemathesis ask every
// operation of the contract, as every role, what a careless or hostile client might ask.
package main

import (
	"context"
	"errors"
	"fmt"
	"os"
	"os/signal"
	"path/filepath"
	"strconv"
	"syscall"
	"time"

	"golang.org/x/sync/errgroup"
)

const anonymous = "anonymous"

var roles = []string{anonymous, "guest", "host", "support", "admin"}

// atOnce is how many roles are tried at the same time.
const atOnce = 2

func main() {
	ctx, stop := signal.NotifyContext(context.Background(), os.Interrupt, syscall.SIGTERM, syscall.SIGHUP)
	failed, err := run(ctx)
	stop()
	if err != nil {
		fmt.Fprintln(os.Stderr, "make fuzz:", err)
	}
	if err != nil || failed > 0 {
		os.Exit(1)
	}
}

// settings come from the environment.
type settings struct {
	Within time.Duration // FUZZ_SECONDS: of all roles together, beside preparations
	Seed   int           // FUZZ_SEED: equal seeds make equal requests, as far as they fit into the time
	Logs   string        // FUZZ_LOGS: where reports and logs stay
}

func read() (s settings, err error) {
	s = settings{Within: 5 * time.Minute, Seed: int(time.Now().UnixNano() % 1e9), Logs: os.Getenv("FUZZ_LOGS")}
	for name, set := range map[string]func(int){
		"FUZZ_SECONDS": func(n int) { s.Within = time.Duration(n) * time.Second },
		"FUZZ_SEED":    func(n int) { s.Seed = n },
	} {
		if text := os.Getenv(name); text != "" {
			n, err := strconv.Atoi(text)
			if err != nil || n < 1 || n > 1e9 {
				return s, fmt.Errorf("%s is %q; it must be a whole number above 0", name, text)
			}
			set(n)
		}
	}
	if s.Logs == "" {
		s.Logs = filepath.Join(".rentora", "fuzz")
	}
	if s.Logs, err = filepath.Abs(s.Logs); err != nil {
		return s, err
	}
	return s, os.MkdirAll(s.Logs, 0o755)
}

func run(ctx context.Context) (failed int, err error) {
	s, err := read()
	if err != nil {
		return 0, err
	}
	operations, err := operations()
	if err != nil {
		return 0, err
	}
	fmt.Printf("fuzz: %d operations as %d roles in %s, FUZZ_SEED=%d; logs in %s\n", len(operations), len(roles), s.Within, s.Seed, s.Logs)
	p, err := open(ctx, s)
	if err != nil {
		return 0, err
	}
	defer func() { err = errors.Join(err, p.close()) }()
	outcomes := make([]*outcome, len(roles))
	g, ctx := errgroup.WithContext(ctx)
	g.SetLimit(atOnce)
	for i, role := range roles {
		g.Go(func() (err error) {
			outcomes[i], err = p.try(ctx, role)
			return err
		})
	}
	if err := g.Wait(); err != nil {
		return 0, err
	}
	return table(os.Stdout, operations, outcomes), p.alive()
}
