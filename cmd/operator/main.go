// Command operator keeps Rentora platforms on Kubernetes as their resources say.
package main

import (
	"fmt"
	"os"

	"github.com/spf13/cobra"
	ctrl "sigs.k8s.io/controller-runtime"
)

// version is stamped in at link time.
var version = "0.0.0-dev"

func main() {
	root := &cobra.Command{
		Use: "operator", Short: "Keep Rentora platforms as their resources say", Version: version,
		SilenceUsage: true, SilenceErrors: true,
	}
	root.AddCommand(runCommand(), measureCommand())
	if err := root.ExecuteContext(ctrl.SetupSignalHandler()); err != nil {
		fmt.Fprintln(os.Stderr, "operator:", err)
		os.Exit(1)
	}
}
