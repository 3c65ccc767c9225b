package policy

import (
	"context"
	"fmt"
	"os/exec"
	"strings"
	"time"

	corev1 "k8s.io/api/core/v1"
	"k8s.io/apimachinery/pkg/labels"
	"k8s.io/client-go/informers"
	"k8s.io/client-go/tools/cache"
	"k8s.io/klog/v2"
)

// settle is how long changes are collected before the table is written.
const settle = 50 * time.Millisecond

// Enforcer keeps the node's table as the cluster's policies want it.
type Enforcer struct {
	node    string
	trusted []string
	factory informers.SharedInformerFactory
	changed chan struct{}
}

// New registers what the enforcer watches; the caller starts the factory.
func New(node string, trusted []string, factory informers.SharedInformerFactory) (*Enforcer, error) {
	e := &Enforcer{node: node, trusted: trusted, factory: factory, changed: make(chan struct{}, 1)}
	notice := func() {
		select {
		case e.changed <- struct{}{}:
		default: // a change is noticed already
		}
	}
	handler := cache.ResourceEventHandlerFuncs{
		AddFunc: func(any) { notice() }, DeleteFunc: func(any) { notice() }, UpdateFunc: func(_, _ any) { notice() },
	}
	for _, informer := range []cache.SharedIndexInformer{
		factory.Core().V1().Pods().Informer(), factory.Core().V1().Namespaces().Informer(), factory.Networking().V1().NetworkPolicies().Informer(),
	} {
		if _, err := informer.AddEventHandler(handler); err != nil {
			return nil, err
		}
	}
	return e, nil
}

// Run writes the table whenever it would change, until ctx ends. The factory's caches must be filled.
func (e *Enforcer) Run(ctx context.Context) error {
	written := ""
	for {
		select {
		case <-ctx.Done():
			return ctx.Err()
		case <-e.changed:
		}
		select {
		case <-ctx.Done():
			return ctx.Err()
		case <-time.After(settle):
		}
		text, err := e.render()
		if err == nil && text != written {
			err = write(ctx, text)
		}
		if err != nil {
			klog.ErrorS(err, "The node keeps its former policies")
			time.AfterFunc(time.Second, func() {
				select {
				case e.changed <- struct{}{}:
				default:
				}
			})
			continue
		}
		written = text
	}
}

func (e *Enforcer) render() (string, error) {
	pods, err := e.factory.Core().V1().Pods().Lister().List(labels.Everything())
	if err != nil {
		return "", err
	}
	namespaces, err := e.factory.Core().V1().Namespaces().Lister().List(labels.Everything())
	if err != nil {
		return "", err
	}
	policies, err := e.factory.Networking().V1().NetworkPolicies().Lister().List(labels.Everything())
	if err != nil {
		return "", err
	}
	return Render(e.node, e.trusted, Cluster{Pods: pods, Namespaces: byLabels(namespaces), Policies: policies})
}

func byLabels(namespaces []*corev1.Namespace) map[string]labels.Set {
	sets := map[string]labels.Set{}
	for _, n := range namespaces {
		sets[n.Name] = n.Labels
	}
	return sets
}

// write replaces the table in one transaction of the kernel.
func write(ctx context.Context, text string) error {
	cmd := exec.CommandContext(ctx, "nft", "-f", "-")
	cmd.Stdin = strings.NewReader(text)
	if out, err := cmd.CombinedOutput(); err != nil {
		return fmt.Errorf("nft: %w: %s", err, out)
	}
	return nil
}
