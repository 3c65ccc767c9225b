package controllers

import (
	"context"
	"time"

	"k8s.io/apimachinery/pkg/types"
	"k8s.io/client-go/kubernetes"
	ctrl "sigs.k8s.io/controller-runtime"
	"sigs.k8s.io/controller-runtime/pkg/builder"
	"sigs.k8s.io/controller-runtime/pkg/client"
	"sigs.k8s.io/controller-runtime/pkg/controller"
	"sigs.k8s.io/controller-runtime/pkg/handler"
	"sigs.k8s.io/controller-runtime/pkg/manager"
	"sigs.k8s.io/controller-runtime/pkg/predicate"
	"sigs.k8s.io/controller-runtime/pkg/reconcile"
	"sigs.k8s.io/controller-runtime/pkg/source"

	"github.com/rentora/rentora/api/v1alpha1"
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
}

// Setup lets the manager keep platforms. The manager's cache must have been made with CacheOptions.
func Setup(m ctrl.Manager, o Options) (*Reconciler, error) {
	clients, err := kubernetes.NewForConfig(m.GetConfig())
	if err != nil {
		return nil, err
	}
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
	r := &Reconciler{
		client: m.GetClient(), direct: m.GetAPIReader(), scheme: m.GetScheme(), events: m.GetEventRecorder(component.FieldOwner),
		brought: newBroughtSecrets(clients), components: o.Components, defaults: o.Defaults, facts: o.Facts, now: o.Now,
	}
	r.applier = &applier{client: r.client, direct: r.direct, scheme: r.scheme, settled: map[types.UID]settlement{}}
	for _, background := range []manager.Runnable{r.brought, &scaler{r: r, every: lookEvery, paces: map[types.NamespacedName]*lag.Pace{}}} {
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
		WithOptions(controller.Options{MaxConcurrentReconciles: o.Concurrency, RecoverPanic: ptr(true)})
	for _, kind := range watched() {
		b = b.Watches(kind, handler.EnqueueRequestsFromMapFunc(platformOf))
	}
	return b.Complete(r)
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
