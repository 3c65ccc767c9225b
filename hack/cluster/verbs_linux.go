package main

import (
	"context"
	"errors"
	"flag"
	"fmt"
	"io"
	"os"
	"os/exec"
	"os/signal"
	"strconv"
	"strings"
	"syscall"
	"time"

	"github.com/rentora/rentora/hack/cluster/build"
	"github.com/rentora/rentora/hack/cluster/host"
	"github.com/rentora/rentora/hack/cluster/node"
	"github.com/rentora/rentora/hack/cluster/place"
	"github.com/rentora/rentora/hack/stack/stack"
)

var verbs = map[string]func(context.Context, []string) error{
	"up": rooted(up), "down": rooted(down), "status": status, "check": check, "load": load, "kubectl": kubectl,
	"kill-node": rooted(killNode), "start-node": rooted(startNode), "fetch": obtain,
	"supervise": supervise, "node": beNode, // started by the cluster itself
}

func rooted(verb func(context.Context, []string) error) func(context.Context, []string) error {
	return func(ctx context.Context, args []string) error {
		if os.Geteuid() != 0 {
			return errors.New("this needs root: nodes are namespaces with mounts, bridges and control groups of their own (run it with sudo -E)")
		}
		return verb(ctx, args)
	}
}

// choose gives the user's cluster when KUBECONFIG names one, else the one of this machine.
func choose() (target, error) {
	folder, running := host.Running()
	t := target{kubeconfig: os.Getenv("KUBECONFIG")}
	t.own = t.kubeconfig == "" || running && t.kubeconfig == folder.Kubeconfig()
	if t.own && !running {
		return t, host.ErrDown
	}
	if t.own {
		t.kubeconfig = folder.Kubeconfig()
	} else if path, err := exec.LookPath("kubectl"); err == nil {
		t.kubectl = path
		return t, nil
	}
	installed, err := programs(context.Background(), os.Stderr)
	t.kubectl = installed.Kubernetes + "/kubectl"
	return t, err
}

func programs(ctx context.Context, out io.Writer) (build.Installed, error) {
	cache, err := stack.Cache()
	if err != nil {
		return build.Installed{}, err
	}
	return build.Ensure(ctx, cache, out)
}

func obtain(ctx context.Context, args []string) error {
	began := time.Now()
	if len(args) == 1 && args[0] == "control" {
		return obtainControl(ctx)
	}
	installed, err := programs(ctx, os.Stderr)
	if err != nil {
		return err
	}
	fmt.Printf("Everything is there (%.1f s):\n  %s\n  %s\n  %s\n", time.Since(began).Seconds(), installed.Kubernetes, installed.Runtime, installed.Images)
	return nil
}

func number(args []string) (int, error) {
	if len(args) != 1 {
		return 0, errors.New("name one node by its number, as in `kill-node 2`")
	}
	n, err := strconv.Atoi(strings.TrimPrefix(args[0], "node"))
	if err != nil || n < 1 || n > place.Largest {
		return 0, fmt.Errorf("%q is no node: take 1 or %d", args[0], place.Largest)
	}
	return n, nil
}

func killNode(ctx context.Context, args []string) error {
	return onNode(ctx, args, host.Kill, "is killed; `start-node` brings it back. The cluster notices within a minute")
}

func startNode(ctx context.Context, args []string) error {
	return onNode(ctx, args, host.Start, "starts")
}

func onNode(ctx context.Context, args []string, do func(context.Context, int) error, words string) error {
	n, err := number(args)
	if err == nil {
		err = do(ctx, n)
	}
	if err == nil {
		fmt.Println(place.Name(n) + " " + words + ".")
	}
	return err
}

func parse(verb string, args []string) (host.Config, error) {
	var c host.Config
	flags := flag.NewFlagSet(verb, flag.ContinueOnError)
	flags.SetOutput(io.Discard)
	flags.IntVar(&c.Nodes, "nodes", place.Largest, "how many nodes")
	flags.StringVar((*string)(&c.Folder), "folder", "", "the data folder")
	flags.StringVar(&c.Kubernetes, "kubernetes", "", "where its programs are")
	flags.StringVar(&c.Runtime, "runtime", "", "where its programs are")
	flags.StringVar(&c.Images, "images", "", "where the archives are")
	if err := flags.Parse(args); err != nil {
		return c, fmt.Errorf("%s: %w", verb, err)
	}
	if c.Nodes < 1 || c.Nodes > place.Largest {
		return c, fmt.Errorf("%s: --nodes is 1 or %d, not %d", verb, place.Largest, c.Nodes)
	}
	if flags.NArg() > 0 {
		return c, fmt.Errorf("%s: %q is too much", verb, flags.Args())
	}
	return c, nil
}

func supervise(ctx context.Context, args []string) error {
	signal.Ignore(syscall.SIGHUP)
	c, err := parse("supervise", args)
	if err != nil {
		return err
	}
	return host.Supervise(ctx, c)
}

// beNode takes its number, then the options; the third file is closed when its network is there.
func beNode(_ context.Context, args []string) error {
	n, err := number(args[:min(1, len(args))])
	if err != nil {
		return err
	}
	c, err := parse("node", args[1:])
	if err != nil {
		return err
	}
	return node.Run(node.Config{Number: n, Nodes: c.Nodes, Folder: c.Folder, Kubernetes: c.Kubernetes, Runtime: c.Runtime, Images: c.Images},
		os.NewFile(3, "ready"))
}
