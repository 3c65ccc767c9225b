package controllers

import (
	"context"
	"time"

	ctrl "sigs.k8s.io/controller-runtime"
	"sigs.k8s.io/controller-runtime/pkg/client"

	"github.com/rentora/rentora/controllers/component"
	"github.com/rentora/rentora/controllers/lag"
)

// Options of the operator's reconciler.
type Options struct {
	Defaults    component.Defaults
	Facts       func() component.Facts // asked once a pass
	Components  []component.Component  // those of Components() when nil
	Concurrency int                    // platforms looked at side by side; 4 when 0
	Now         func() time.Time       // time.Now when nil
	Name        string                 // of the controller; several in one process need names of their own
	Changed     <-chan struct{}        // tells that the facts are others than before: every platform is looked at
	LookEvery   time.Duration          // how often the scaler looks at Kafka; 15 s when 0
	Lags        Lags                   // lag.Kafka.Read when nil
}

// Lags gives, by group of workers, how many messages wait. A group of which nothing is known is not in the answer.
type Lags func(ctx context.Context, k lag.Kafka, groups []string) (map[string]int64, error)

// The lease: a leader that was killed is followed within eight seconds.
const (
	leaseLasts  = 8 * time.Second
	leaseRenews = 5 * time.Second
	leaseRetry  = time.Second
)

// ManagerOptions are those that a manager must have to keep platforms. own is the namespace of the operator, in which the lease
// lies; namespaces are those of the platforms, none the whole cluster.
func ManagerOptions(own string, namespaces ...string) (ctrl.Options, error) {
	scheme, err := Scheme()
	if err != nil {
		return ctrl.Options{}, err
	}
	return ctrl.Options{
		Scheme: scheme, Cache: CacheOptions(namespaces...),
		Client:           client.Options{Cache: &client.CacheOptions{Unstructured: true}}, // HTTPRoutes are read from the cache, too
		LeaderElectionID: component.FieldOwner, LeaderElectionNamespace: own, LeaderElectionReleaseOnCancel: true,
		LeaseDuration: ptr(leaseLasts), RenewDeadline: ptr(leaseRenews), RetryPeriod: ptr(leaseRetry),
	}, nil
}

func (o Options) completed() Options {
	if o.Components == nil {
		o.Components = Components()
	}
	if o.Concurrency == 0 {
		o.Concurrency = 4
	}
	if o.Now == nil {
		o.Now = time.Now
	}
	if o.Name == "" {
		o.Name = "platform"
	}
	if o.LookEvery == 0 {
		o.LookEvery = lookEvery
	}
	if o.Lags == nil {
		o.Lags = func(ctx context.Context, k lag.Kafka, groups []string) (map[string]int64, error) {
			return k.Read(ctx, groups)
		}
	}
	return o
}
