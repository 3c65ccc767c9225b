// Command testsum runs `go test -json` with its arguments and prints a result that a person reads: a
// line for a package that passes, the full output of what fails, and the figures at the end.
package main

import (
	"context"
	"fmt"
	"io"
	"os"
	"os/exec"
	"os/signal"
	"time"
)

func main() {
	// An interrupt ends go test, and what it has found until then is still reported.
	ctx, stop := signal.NotifyContext(context.Background(), os.Interrupt)
	ok, err := run(ctx, "", os.Args[1:], os.Stdout)
	stop()
	if err != nil {
		fmt.Fprintln(os.Stderr, "testsum:", err)
	}
	if err != nil || !ok {
		os.Exit(1)
	}
}

// run tests the packages named in args, in dir, and reports to w. It tells whether all passed;
// the error is for what kept it from finding out.
func run(ctx context.Context, dir string, args []string, w io.Writer) (bool, error) {
	began := time.Now()
	cmd := exec.CommandContext(ctx, "go", append([]string{"test", "-json"}, args...)...)
	cmd.Dir = dir
	cmd.Stderr = w
	cmd.Cancel = func() error { return cmd.Process.Signal(os.Interrupt) }
	cmd.WaitDelay = 30 * time.Second
	stdout, err := cmd.StdoutPipe()
	if err != nil {
		return false, err
	}
	if err := cmd.Start(); err != nil {
		return false, err
	}
	s := newSummary(w)
	readErr := s.read(stdout)
	goErr := cmd.Wait()
	s.finish(goErr, time.Since(began))
	return s.failed == 0, readErr
}
