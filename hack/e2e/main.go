// Command e2e proves the operator on a real cluster: it installs it as a platform engineer would, brings a platform up, uses it
// as guests do, breaks it in many ways, and takes it down again. It prints one line a step and a table at the end.
package main

import (
	"context"
	"errors"
	"flag"
	"fmt"
	"os"
	"os/signal"
	"slices"
	"strings"
	"syscall"
	"time"
)

// step is one thing to prove. What it finds worth knowing it says by env.note.
type step struct {
	name  string
	title string
	limit time.Duration
	do    func(context.Context, *env) error
}

func steps() []step {
	return slices.Concat(installation(), use(), changes(), troubles(), healing(), endings())
}

func main() {
	ctx, cancel := signal.NotifyContext(context.Background(), os.Interrupt, syscall.SIGTERM)
	err := run(ctx, os.Args[1:])
	cancel()
	if err != nil {
		fmt.Fprintln(os.Stderr, "e2e: "+err.Error())
		os.Exit(1)
	}
}

func run(ctx context.Context, args []string) error {
	flags := flag.NewFlagSet("e2e", flag.ContinueOnError)
	only := flags.String("only", "", "names of steps, comma separated; the others are left out")
	keep := flags.Bool("keep", false, "leave the last state of the cluster to be looked at")
	list := flags.Bool("list", false, "print the steps and do nothing")
	if err := flags.Parse(args); err != nil {
		return err
	}
	chosen, err := choose(steps(), *only)
	if err != nil {
		return err
	}
	if *list {
		for _, s := range chosen {
			fmt.Printf("  %-22s %s\n", s.name, s.title)
		}
		return nil
	}
	e, err := newEnv(ctx)
	if err != nil {
		return err
	}
	defer e.close(*keep)
	return walk(ctx, e, chosen)
}

func choose(all []step, only string) ([]step, error) {
	if only == "" {
		return all, nil
	}
	var chosen []step
	for _, name := range strings.Split(only, ",") {
		i := slices.IndexFunc(all, func(s step) bool { return s.name == name })
		if i < 0 {
			return nil, fmt.Errorf("there is no step %q; --list shows them", name)
		}
		chosen = append(chosen, all[i])
	}
	return chosen, nil
}

// outcome of one step.
type outcome struct {
	step  step
	took  time.Duration
	err   error
	notes []string
}

// walk does the steps in turn. A failed one does not keep the others from being tried, unless nothing can work without it.
func walk(ctx context.Context, e *env, chosen []step) error {
	var outcomes []outcome
	for i, s := range chosen {
		if ctx.Err() != nil {
			return ctx.Err()
		}
		fmt.Printf("\n[%d/%d] %s\n", i+1, len(chosen), s.title)
		o := e.try(ctx, s)
		outcomes = append(outcomes, o)
		if o.err != nil {
			fmt.Printf("  FAILED after %.1f s: %v\n", o.took.Seconds(), o.err)
			e.explain(ctx)
			if slices.Contains([]string{"images", "install", "ready"}, s.name) && !errors.Is(o.err, errLate) {
				break
			}
			continue
		}
		fmt.Printf("  done in %.1f s\n", o.took.Seconds())
	}
	return summary(outcomes, len(chosen))
}

func (e *env) try(ctx context.Context, s step) outcome {
	ctx, cancel := context.WithTimeout(ctx, s.limit)
	defer cancel()
	e.notes = nil
	began := time.Now()
	err := s.do(ctx, e)
	if err == nil {
		err = ctx.Err()
	}
	return outcome{s, time.Since(began), err, e.notes}
}

func summary(outcomes []outcome, chosen int) error {
	fmt.Printf("\n%-22s %8s  %s\n%s\n", "step", "seconds", "result", strings.Repeat("─", 100))
	failed := 0
	for _, o := range outcomes {
		result := strings.Join(o.notes, "; ")
		if o.err != nil {
			failed++
			result = "FAILED: " + firstLine(o.err.Error())
		}
		fmt.Printf("%-22s %8.1f  %s\n", o.step.name, o.took.Seconds(), result)
	}
	left := chosen - len(outcomes)
	fmt.Printf("%s\ne2e: %d passed, %d failed, %d not tried\n", strings.Repeat("─", 100), len(outcomes)-failed, failed, left)
	if failed > 0 || left > 0 {
		return errors.New("not all of it holds")
	}
	return nil
}

func firstLine(s string) string {
	line, _, _ := strings.Cut(s, "\n")
	return line
}
