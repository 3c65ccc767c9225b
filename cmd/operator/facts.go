package main

import (
	"context"
	"slices"
	"sync/atomic"
	"time"

	metav1 "k8s.io/apimachinery/pkg/apis/meta/v1"
	"k8s.io/client-go/discovery"
	"k8s.io/client-go/rest"
	"sigs.k8s.io/controller-runtime/pkg/client"
	"sigs.k8s.io/controller-runtime/pkg/log"

	"github.com/rentora/rentora/controllers/component"
)

// lookAgain is how often the cluster is asked which optional APIs it has.
const lookAgain = time.Minute

// facts knows what the cluster has. It asks in the background, so that a pass over a platform asks nothing.
type facts struct {
	client  *discovery.DiscoveryClient
	latest  atomic.Pointer[component.Facts]
	changed chan struct{} // they are others than before
	own     string
}

func newFacts(config *rest.Config, s settings) (*facts, error) {
	client, err := discovery.NewDiscoveryClientForConfig(config)
	if err != nil {
		return nil, err
	}
	f := &facts{client: client, changed: make(chan struct{}, 1), own: s.own}
	f.latest.Store(&component.Facts{OperatorNamespace: s.own})
	return f, f.look()
}

func (f *facts) now() component.Facts { return *f.latest.Load() }

// Start looks again and again until the context ends.
func (f *facts) Start(ctx context.Context) error {
	tick := time.NewTicker(lookAgain)
	defer tick.Stop()
	for {
		if err := f.look(); err != nil {
			log.FromContext(ctx).Info("the cluster's APIs cannot be listed; what was known stands", "error", err.Error())
		}
		select {
		case <-ctx.Done():
			return nil
		case <-tick.C:
		}
	}
}

func (f *facts) look() error {
	groups, err := f.client.ServerGroups()
	if err != nil {
		return err
	}
	next := component.Facts{OperatorNamespace: f.own}
	for _, g := range groups.Groups {
		switch g.Name {
		case "cert-manager.io":
			next.CertManager = true
		case "gateway.networking.k8s.io":
			if next.GatewayAPI, err = f.routes(g); err != nil {
				return err
			}
		}
	}
	if was := f.latest.Swap(&next); *was != next {
		select {
		case f.changed <- struct{}{}:
		default: // it has been said, and not been heard yet
		}
	}
	return nil
}

// routes tells whether the group has the HTTPRoutes that we write: others of its kinds may be there without them.
func (f *facts) routes(g metav1.APIGroup) (bool, error) {
	const version = "gateway.networking.k8s.io/v1"
	if !slices.ContainsFunc(g.Versions, func(v metav1.GroupVersionForDiscovery) bool { return v.GroupVersion == version }) {
		return false, nil
	}
	list, err := f.client.ServerResourcesForGroupVersion(version)
	if err != nil {
		return false, client.IgnoreNotFound(err)
	}
	return slices.ContainsFunc(list.APIResources, func(r metav1.APIResource) bool { return r.Kind == "HTTPRoute" }), nil
}
