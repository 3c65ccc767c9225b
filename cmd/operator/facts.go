package main

import (
	"context"
	"sync/atomic"
	"time"

	"k8s.io/client-go/discovery"
	"k8s.io/client-go/rest"
	"sigs.k8s.io/controller-runtime/pkg/log"

	"github.com/rentora/rentora/controllers/component"
)

// lookAgain is how often the cluster is asked which optional APIs it has.
const lookAgain = time.Minute

// facts knows what the cluster has. It asks in the background, so that a pass over a platform asks nothing.
type facts struct {
	client *discovery.DiscoveryClient
	latest atomic.Pointer[component.Facts]
	own    string
}

func newFacts(config *rest.Config, s settings) (*facts, error) {
	client, err := discovery.NewDiscoveryClientForConfig(config)
	if err != nil {
		return nil, err
	}
	f := &facts{client: client, own: s.own}
	f.latest.Store(&component.Facts{OperatorNamespace: s.own})
	return f, f.look()
}

func (f *facts) now() component.Facts { return *f.latest.Load() }

// Start looks again and again until the context ends.
func (f *facts) Start(ctx context.Context) error {
	tick := time.NewTicker(lookAgain)
	defer tick.Stop()
	for {
		select {
		case <-ctx.Done():
			return nil
		case <-tick.C:
			if err := f.look(); err != nil {
				log.FromContext(ctx).Info("the cluster's APIs cannot be listed; what was known stands", "error", err.Error())
			}
		}
	}
}

func (f *facts) look() error {
	groups, err := f.client.ServerGroups()
	if err != nil {
		return err
	}
	has := func(name string) bool {
		for _, g := range groups.Groups {
			if g.Name == name {
				return true
			}
		}
		return false
	}
	f.latest.Store(&component.Facts{OperatorNamespace: f.own, GatewayAPI: has("gateway.networking.k8s.io"), CertManager: has("cert-manager.io")})
	return nil
}
