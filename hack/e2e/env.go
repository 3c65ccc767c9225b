package main

import (
	"bytes"
	"context"
	"errors"
	"fmt"
	"os"
	"os/exec"
	"strings"
	"time"

	"github.com/go-logr/logr"
	"k8s.io/apimachinery/pkg/runtime"
	"k8s.io/client-go/kubernetes"
	"k8s.io/client-go/rest"
	"k8s.io/client-go/tools/clientcmd"
	"sigs.k8s.io/controller-runtime/pkg/client"
	"sigs.k8s.io/controller-runtime/pkg/log"
	"sigs.k8s.io/yaml"

	"github.com/rentora/rentora/controllers"
	"github.com/rentora/rentora/hack/cluster/place"
	"github.com/rentora/rentora/hack/stack/stack"
)

const (
	system    = "rentora-system" // where the operator runs
	space     = "rentora-e2e"    // where platforms run
	name      = "stay"
	domain    = "stay.rentora.test"
	readyIn   = 4 * time.Minute
	helmName  = "rentora-operator"
	tlsSecret = "stay-certificate"
)

// nodeOne is where the development cluster's ingress answers.
var nodeOne = place.Address(1)

// env is what the steps share.
type env struct {
	root, work string
	kubeconfig string
	client.Client
	clients *kubernetes.Clientset
	config  *rest.Config
	notes   []string
	before  map[string]string // everything that was in the platforms' namespace before the first one came; nil when this run did not see it
	quiet   map[string]string // what a quiet operator makes of the second platform; nil when this run did not see it
	ca      []byte            // authority of the platform's certificate
}

// pair is a certificate with its key, both PEM.
type pair struct{ certificate, key []byte }

// newEnv connects to the development cluster.
func newEnv(ctx context.Context) (*env, error) {
	root, err := stack.Root()
	if err != nil {
		return nil, err
	}
	e := &env{root: root}
	if e.kubeconfig, err = kubeconfig(ctx, root); err != nil {
		return nil, err
	}
	if e.config, err = clientcmd.BuildConfigFromFlags("", e.kubeconfig); err != nil {
		return nil, fmt.Errorf("read %s: %w", e.kubeconfig, err)
	}
	e.config.QPS, e.config.Burst = 50, 100
	log.SetLogger(logr.Discard()) // the API server's warnings are the operator's affair
	scheme, err := controllers.Scheme()
	if err != nil {
		return nil, err
	}
	if e.Client, err = client.New(e.config, client.Options{Scheme: scheme}); err != nil {
		return nil, fmt.Errorf("the cluster does not answer: %w", err)
	}
	if e.clients, err = kubernetes.NewForConfig(e.config); err != nil {
		return nil, err
	}
	e.work, err = os.MkdirTemp("", "rentora-e2e-")
	return e, err
}

// kubeconfig gives that of the development cluster, which is started if need be. One that the user names must lead there, too:
// the steps cut a node's power, load images into nodes and speak to addresses that only this cluster has.
func kubeconfig(ctx context.Context, root string) (string, error) {
	folder, err := place.Data()
	if err != nil {
		return "", err
	}
	own := folder.Kubeconfig()
	if path := os.Getenv("KUBECONFIG"); path != "" {
		return path, sameCluster(path, own)
	}
	cmd := exec.CommandContext(ctx, "go", "run", "./hack/cluster", "up")
	cmd.Dir, cmd.Stdout, cmd.Stderr = root, os.Stdout, os.Stderr
	if err := cmd.Run(); err != nil {
		return "", fmt.Errorf("start the development cluster: %w", err)
	}
	return own, nil
}

// sameCluster refuses a kubeconfig that does not lead to the development cluster.
func sameCluster(path, own string) error {
	theirs, err := clientcmd.BuildConfigFromFlags("", path)
	if err != nil {
		return fmt.Errorf("read KUBECONFIG: %w", err)
	}
	ours, err := clientcmd.BuildConfigFromFlags("", own)
	if err != nil || ours.Host != theirs.Host || !bytes.Equal(ours.CAData, theirs.CAData) {
		return fmt.Errorf("KUBECONFIG leads to %s. These steps kill nodes and delete namespaces, so they run on the cluster of `go run ./hack/cluster up` alone: unset KUBECONFIG and start again", theirs.Host)
	}
	return nil
}

// note says a finding that belongs into the table.
func (e *env) note(format string, args ...any) {
	text := fmt.Sprintf(format, args...)
	e.notes = append(e.notes, text)
	fmt.Println("  " + text)
}

// kubectl runs the cluster's kubectl and gives what it says.
func (e *env) kubectl(ctx context.Context, stdin []byte, args ...string) (string, error) {
	return e.command(ctx, stdin, "go", append([]string{"run", "./hack/cluster", "kubectl"}, args...)...)
}

// command runs a program at the root of the checkout. Its error holds what it said.
func (e *env) command(ctx context.Context, stdin []byte, program string, args ...string) (string, error) {
	cmd := exec.CommandContext(ctx, program, args...)
	cmd.Dir, cmd.Stdin = e.root, bytes.NewReader(stdin)
	cmd.Env = append(os.Environ(), "KUBECONFIG="+e.kubeconfig, "GOFLAGS=-buildvcs=false")
	cmd.WaitDelay = 10 * time.Second
	var out, words bytes.Buffer
	cmd.Stdout, cmd.Stderr = &out, &words
	if err := cmd.Run(); err != nil {
		return out.String(), fmt.Errorf("%s %s: %w\n%s", program, strings.Join(args, " "), err, strings.TrimSpace(out.String()+words.String()))
	}
	return out.String(), nil
}

// helm runs the pinned helm.
func (e *env) helm(ctx context.Context, args ...string) (string, error) {
	return e.command(ctx, nil, "tools/run", append([]string{"helm"}, args...)...)
}

// apply brings objects to the cluster as `kubectl apply` does.
func (e *env) apply(ctx context.Context, objects ...client.Object) error {
	var all bytes.Buffer
	for _, o := range objects {
		content, err := runtime.DefaultUnstructuredConverter.ToUnstructured(o)
		if err != nil {
			return err
		}
		delete(content, "status")
		text, err := yaml.Marshal(content)
		if err != nil {
			return err
		}
		all.WriteString("---\n")
		all.Write(text)
	}
	_, err := e.kubectl(ctx, all.Bytes(), "apply", "-f", "-")
	return err
}

// until looks again and again until the condition holds; why says what is missing.
func until(ctx context.Context, what string, holds func() (ok bool, why string)) error {
	tick := time.NewTicker(250 * time.Millisecond)
	defer tick.Stop()
	last := ""
	for {
		ok, why := holds()
		if ok {
			return nil
		}
		if why != "" {
			last = why
		}
		select {
		case <-ctx.Done():
			return errors.Join(fmt.Errorf("still not: %s\n%s", what, last), ctx.Err())
		case <-tick.C:
		}
	}
}
