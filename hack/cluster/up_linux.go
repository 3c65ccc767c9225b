package main

import (
	"context"
	"errors"
	"fmt"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"time"

	"github.com/rentora/rentora/hack/cluster/host"
	"github.com/rentora/rentora/hack/cluster/manifests"
	"github.com/rentora/rentora/hack/cluster/pki"
	"github.com/rentora/rentora/hack/cluster/place"
	"github.com/rentora/rentora/hack/stack/stack"
)

// patience bounds how long a start may take on a busy machine.
const patience = 5 * time.Minute

func up(ctx context.Context, args []string) error {
	c, err := parse("up", args)
	if err != nil {
		return err
	}
	if c.Folder, err = place.Data(); err != nil {
		return err
	}
	installed, err := programs(ctx, os.Stderr)
	if err != nil {
		return err
	}
	c.Kubernetes, c.Runtime, c.Images = installed.Kubernetes, installed.Runtime, installed.Images
	ctx, cancel := context.WithTimeout(ctx, patience)
	defer cancel()
	t := target{kubeconfig: c.Folder.Kubeconfig(), kubectl: installed.Kubernetes + "/kubectl", own: true}
	began := time.Now()
	if err := walk(ctx, steps(c, t)); err != nil {
		return fmt.Errorf("%w\nLogs: %s/node*/log", err, c.Folder)
	}
	fmt.Printf("Ready after %.1f s. It stays up until `go run ./hack/cluster down`.\n\nexport KUBECONFIG=%s\n", time.Since(began).Seconds(), t.kubeconfig)
	return nil
}

func steps(c host.Config, t target) []step {
	return []step{
		{"nodes begin", func(ctx context.Context) error { return begin(ctx, c) }},
		{"API server", func(ctx context.Context) error { return t.until(ctx, "get", "--raw", "/readyz") }},
		{"DNS, storage, metrics", t.install},
		{"nodes ready", func(ctx context.Context) error { return t.nodesReady(ctx, c.Nodes) }},
		{"DNS, storage ready", t.addonsReady},
		{"metrics ready", func(ctx context.Context) error {
			return t.until(ctx, "wait", "--for=condition=Available", "apiservice/v1beta1.metrics.k8s.io", "--timeout=10s")
		}},
	}
}

// begin starts a fresh cluster, or finds the one that runs. Two at once wait for each other.
func begin(ctx context.Context, c host.Config) error {
	cache, err := stack.Cache()
	if err != nil {
		return err
	}
	lock, err := stack.WaitLock(ctx, filepath.Join(cache, "cluster.lock"), true)
	if err != nil {
		return err
	}
	defer lock.Release()
	if folder, running := host.Running(); running {
		nodes, err := host.Nodes(ctx)
		if folder != c.Folder {
			return fmt.Errorf("a cluster with the data folder %s runs; `down` first", folder)
		}
		if err == nil && len(nodes) != c.Nodes {
			return fmt.Errorf("a cluster of %d runs; `down` first, or `up --nodes %d`", len(nodes), len(nodes))
		}
		return err
	}
	if err := wipe(ctx, c.Folder); err != nil {
		return err
	}
	if err := os.MkdirAll(string(c.Folder), 0o755); err != nil {
		return err
	}
	for _, module := range []string{"br_netfilter", "overlay", "nf_tables"} {
		_ = exec.CommandContext(ctx, "modprobe", module).Run() // a kernel that has them built in has no modules
	}
	if err := pki.Make(c.Folder); err != nil {
		return err
	}
	return host.Spawn(ctx, c)
}

// wipe removes what an earlier cluster left on the machine and on disk.
func wipe(ctx context.Context, folder place.Folder) error {
	if err := host.Sweep(ctx); err != nil {
		return err
	}
	return folder.Remove()
}

func down(ctx context.Context, _ []string) error {
	folder, running := host.Running()
	if !running {
		var err error
		if folder, err = place.Data(); err != nil {
			return err
		}
	}
	began := time.Now()
	ctx, cancel := context.WithTimeout(ctx, time.Minute)
	defer cancel()
	if err := host.Stop(ctx); err != nil && !errors.Is(err, host.ErrDown) {
		return err
	}
	if err := wipe(ctx, folder); err != nil {
		return err
	}
	fmt.Printf("Stopped and removed after %.1f s.\n", time.Since(began).Seconds())
	return nil
}

func (t target) install(ctx context.Context) error {
	text, err := manifests.All()
	if err != nil {
		return err
	}
	_, err = t.ask(ctx, strings.NewReader(text), "apply", "-f", "-")
	return err
}

func (t target) nodesReady(ctx context.Context, nodes int) error {
	for n := 1; n <= nodes; n++ {
		if err := t.until(ctx, "wait", "--for=condition=Ready", "node/"+place.Name(n), "--timeout=60s"); err != nil {
			return err
		}
	}
	return nil
}

func (t target) addonsReady(ctx context.Context) error {
	for _, deployment := range [][2]string{{"kube-system", "coredns"}, {"local-path-storage", "local-path-provisioner"}, {"kube-system", "metrics-server"}} {
		if err := t.until(ctx, "-n", deployment[0], "rollout", "status", "deployment/"+deployment[1], "--timeout=60s"); err != nil {
			return err
		}
	}
	return nil
}

// nodes shows what the supervisor sees; a user's cluster has none.
func (t target) nodes(ctx context.Context) error {
	if !t.own {
		return nil
	}
	states, err := host.Nodes(ctx)
	for _, s := range states {
		running := "killed"
		if s.Pid != 0 {
			running = fmt.Sprintf("pid %d, up %s", s.Pid, time.Since(s.Since).Round(time.Second))
		}
		fmt.Printf("%-16s %-12s %s\n", s.Node, s.Address, running)
	}
	return err
}

// importImage brings the archive into the nodes that run, through their sockets as this machine sees them.
func (t target) importImage(ctx context.Context, file string) error {
	states, err := host.Nodes(ctx)
	if err != nil {
		return err
	}
	installed, err := programs(ctx, os.Stderr)
	if err != nil {
		return err
	}
	for _, s := range states {
		if s.Pid == 0 {
			return fmt.Errorf("%s is killed: start it first, or it will not have the image", s.Node)
		}
		at := time.Now()
		cmd := exec.CommandContext(ctx, installed.Runtime+"/ctr", "--address", fmt.Sprintf("/proc/%d/root/run/containerd/containerd.sock", s.Pid),
			"--namespace", "k8s.io", "images", "import", file)
		if out, err := cmd.CombinedOutput(); err != nil {
			return fmt.Errorf("%s: %w\n%s", s.Node, err, out)
		}
		fmt.Printf("  %-8s %-40s %6.1f s\n", s.Node, file, time.Since(at).Seconds())
	}
	return nil
}
