package controllers

import (
	"context"
	"sync"

	"k8s.io/apimachinery/pkg/types"
	"k8s.io/client-go/kubernetes"
	ctrl "sigs.k8s.io/controller-runtime"
	"sigs.k8s.io/controller-runtime/pkg/builder"
	"sigs.k8s.io/controller-runtime/pkg/client"
	"sigs.k8s.io/controller-runtime/pkg/controller"
	"sigs.k8s.io/controller-runtime/pkg/event"
	"sigs.k8s.io/controller-runtime/pkg/handler"
	"sigs.k8s.io/controller-runtime/pkg/log"
	"sigs.k8s.io/controller-runtime/pkg/manager"
	"sigs.k8s.io/controller-runtime/pkg/predicate"
	"sigs.k8s.io/controller-runtime/pkg/reconcile"
	"sigs.k8s.io/controller-runtime/pkg/source"

	"github.com/rentora/rentora/api/v1alpha1"
	"github.com/rentora/rentora/controllers/component"
	"github.com/rentora/rentora/controllers/lag"
)

// Setup lets the manager keep platforms. It must have been made with ManagerOptions.
func Setup(m ctrl.Manager, o Options) (*Reconciler, error) {
	clients, err := kubernetes.NewForConfig(m.GetConfig())
	if err != nil {
		return nil, err
	}
	o = o.completed()
	r := &Reconciler{
		client: m.GetClient(), direct: m.GetAPIReader(), scheme: m.GetScheme(), events: m.GetEventRecorder(component.FieldOwner),
		brought: newBroughtSecrets(clients), components: o.Components, defaults: o.Defaults, facts: o.Facts, now: o.Now,
		stirred: make(chan event.GenericEvent),
	}
	r.applier = &applier{client: r.client, direct: r.direct, scheme: r.scheme, settled: map[types.UID]settlement{}}
	scaler := &scaler{r: r, every: o.LookEvery, lags: o.Lags, paces: map[types.NamespacedName]*lag.Pace{}}
	for _, background := range []manager.Runnable{r.brought, scaler, r.stirredBy(o.Changed)} {
		if err := m.Add(background); err != nil {
			return nil, err
		}
	}
	return r, r.build(m, o)
}

func (r *Reconciler) build(m ctrl.Manager, o Options) error {
	b := ctrl.NewControllerManagedBy(m).Named(o.Name).
		For(&v1alpha1.RentoraPlatform{}, builder.WithPredicates(predicate.Or[client.Object](
			predicate.GenerationChangedPredicate{}, predicate.AnnotationChangedPredicate{}, predicate.LabelChangedPredicate{}))).
		WatchesRawSource(source.Channel(r.brought.events, &handler.EnqueueRequestForObject{})).
		WatchesRawSource(source.Channel(r.stirred, &handler.EnqueueRequestForObject{})).
		WithOptions(controller.Options{MaxConcurrentReconciles: o.Concurrency, RecoverPanic: ptr(true)})
	for _, kind := range watched() {
		b = b.Watches(kind, handler.EnqueueRequestsFromMapFunc(platformOf))
	}
	c, err := b.Build(r)
	if err != nil {
		return err
	}
	r.watchRoutes = sync.OnceValue(func() error {
		return c.Watch(source.Kind(m.GetCache(), route(), handler.EnqueueRequestsFromMapFunc(platformOf)))
	})
	return nil
}

// stirredBy makes the operator look at every platform whenever the channel says so.
func (r *Reconciler) stirredBy(changed <-chan struct{}) manager.Runnable {
	return manager.RunnableFunc(func(ctx context.Context) error {
		for {
			select {
			case <-ctx.Done():
				return nil
			case <-changed:
			}
			var platforms v1alpha1.RentoraPlatformList
			if err := r.client.List(ctx, &platforms); err != nil {
				log.FromContext(ctx).Error(err, "the platforms cannot be listed; the change of the facts waits for the next look at each")
				continue
			}
			for i := range platforms.Items {
				select {
				case <-ctx.Done():
					return nil
				case r.stirred <- event.GenericEvent{Object: &platforms.Items[i]}:
				}
			}
		}
	})
}

// platformOf gives the platform to which one of its objects belongs.
func platformOf(_ context.Context, o client.Object) []reconcile.Request {
	name := o.GetLabels()[component.LabelPlatform]
	if name == "" {
		return nil
	}
	return []reconcile.Request{{NamespacedName: types.NamespacedName{Namespace: o.GetNamespace(), Name: name}}}
}

func ptr[T any](v T) *T { return &v }
