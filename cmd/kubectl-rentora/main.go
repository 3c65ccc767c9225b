// Command kubectl-rentora shows and steers Rentora platforms as a plugin of kubectl: kubectl rentora status. It has the rights
// of whoever runs it and no others.
package main

import (
	"context"
	"errors"
	"fmt"
	"io"
	"os"
	"os/signal"
	"syscall"

	"github.com/spf13/cobra"
)

// version is stamped in at link time.
var version = "0.0.0-dev"

// errNotReady ends the program with exit code 1 and no word: what it is about was shown.
var errNotReady = errors.New("not ready")

func main() {
	ctx, stop := signal.NotifyContext(context.Background(), os.Interrupt, syscall.SIGTERM)
	code := exitCode(program(os.Stdout).ExecuteContext(ctx), os.Stderr)
	stop()
	os.Exit(code)
}

// exitCode is 0 for success, 1 for a platform that is not ready and 2 for what could not be done.
func exitCode(err error, complaints io.Writer) int {
	switch {
	case err == nil:
		return 0
	case errors.Is(err, errNotReady):
		return 1
	}
	fmt.Fprintln(complaints, "kubectl rentora:", explain(err))
	return 2
}

func program(out io.Writer) *cobra.Command {
	root := &cobra.Command{
		Use: "kubectl-rentora", Short: "Show and steer Rentora platforms", Version: version,
		Annotations:  map[string]string{cobra.CommandDisplayNameAnnotation: "kubectl rentora"},
		SilenceUsage: true, SilenceErrors: true,
	}
	root.SetOut(out)
	connect := connector(root.PersistentFlags())
	root.AddCommand(statusCommand(connect), pauseCommand(connect), resumeCommand(connect), logsCommand(connect))
	return root
}
