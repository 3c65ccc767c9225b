// Command cluster runs a real Kubernetes on this machine, without Docker and without a registry. See README.md beside it.
package main

import (
	"context"
	"errors"
	"fmt"
	"os"
	"os/exec"
	"os/signal"
	"syscall"
)

const usage = `Usage: go run ./hack/cluster VERB [...]

  up [--nodes 1|2]   start the cluster (two nodes) and print where its kubeconfig is; nothing happens when it runs
  down               stop it and remove everything but the compiled programs
  status             show the nodes and what is needed of a cluster
  check              try on it what the product needs: pods, DNS, volumes, ingress, policies, metrics, scaling
  load IMAGE …       bring images (archives of docker save or OCI layouts) into every node
  kubectl …          kubectl for this cluster
  kill-node N        end a node as a power cut would; its disk stays
  start-node N       start it again
  fetch [control]    only compile what is needed; control is an API server with etcd alone, for tests

With KUBECONFIG set, status, check, load and kubectl work on that cluster. The data folder is $RENTORA_CLUSTER_DIR, else
"cluster" in $RENTORA_CACHE, else ~/.cache/rentora/cluster. up, down, load, kill-node and start-node need root.
`

func main() {
	ctx, cancel := signal.NotifyContext(context.Background(), os.Interrupt, syscall.SIGTERM)
	err := dispatch(ctx, os.Args[1:])
	cancel()
	var exit *exec.ExitError
	if errors.As(err, &exit) && exit.Exited() {
		os.Exit(exit.ExitCode()) // it has said why
	}
	if err != nil {
		fmt.Fprintln(os.Stderr, "cluster: "+err.Error())
		os.Exit(1)
	}
}

func dispatch(ctx context.Context, args []string) error {
	if len(args) == 0 || args[0] == "help" || args[0] == "-h" || args[0] == "--help" {
		fmt.Print(usage)
		return nil
	}
	verb, ok := verbs[args[0]]
	if !ok {
		return fmt.Errorf("there is no verb %q\n\n%s", args[0], usage)
	}
	return verb(ctx, args[1:])
}
