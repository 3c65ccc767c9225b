// Package controllers brings up and keeps alive what a RentoraPlatform asks for: it gathers what there is, asks each component
// what should be, applies the difference, and says in the status how it stands.
package controllers

import (
	"context"
	"errors"
	"fmt"
	"slices"
	"time"

	corev1 "k8s.io/api/core/v1"
	apierrors "k8s.io/apimachinery/pkg/api/errors"
	"k8s.io/apimachinery/pkg/runtime"
	"k8s.io/client-go/tools/events"
	ctrl "sigs.k8s.io/controller-runtime"
	"sigs.k8s.io/controller-runtime/pkg/client"
	"sigs.k8s.io/controller-runtime/pkg/client/apiutil"
	"sigs.k8s.io/controller-runtime/pkg/controller/controllerutil"
	"sigs.k8s.io/controller-runtime/pkg/event"

	"github.com/rentora/rentora/api/v1alpha1"
	"github.com/rentora/rentora/controllers/component"
)

// finalizer lets the operator say, and do, what happens to data before a platform is gone.
const finalizer = "platform.rentora.io/data"

// lookAgain is when a platform is looked at again that somebody wrote meanwhile.
const lookAgain = 100 * time.Millisecond

// afterMigration are the components that run the server's image: they keep the version that was migrated to last until the
// migration of the next one is through.
var afterMigration = []string{component.API, component.Jobs, component.Workers, component.Web}

// Reconciler keeps platforms as their resources say. Make one with New.
type Reconciler struct {
	client     client.Client
	direct     client.Reader
	scheme     *runtime.Scheme
	events     events.EventRecorder
	applier    *applier
	brought    *broughtSecrets
	components []component.Component
	defaults   component.Defaults
	facts      func() component.Facts
	now        func() time.Time

	watchRoutes func() error            // once the cluster knows HTTPRoutes; may be called again
	stirred     chan event.GenericEvent // platforms to look at although nothing of theirs changed
}

// pass is one look at one platform.
type pass struct {
	platform *v1alpha1.RentoraPlatform // a copy; its status becomes the new one
	input    component.Input
	observed map[string]component.Observed
	problems map[component.Credential]string
	verdicts map[string]component.Readiness
	desired  map[identity]bool
	remade   map[string]string // components whose object has just been orphaned, and what is said of it
	blocked  string            // why the version may not change
	partial  bool              // a component was not rendered: nothing may be pruned
	trouble  []error
}

// Reconcile is one pass. It asks nothing of the API server beyond the caches, and writes nothing, when all is as it should be.
func (r *Reconciler) Reconcile(ctx context.Context, req ctrl.Request) (ctrl.Result, error) {
	began := r.now()
	err := r.reconcile(ctx, req)
	answer, result := ctrl.Result{}, "done"
	if apierrors.IsConflict(err) {
		answer.RequeueAfter, err = lookAgain, nil // the cache was behind: nothing is wrong
	}
	if err != nil {
		result = "error"
	}
	reconciles.WithLabelValues(result).Observe(r.now().Sub(began).Seconds())
	return answer, err
}

func (r *Reconciler) reconcile(ctx context.Context, req ctrl.Request) error {
	var live v1alpha1.RentoraPlatform
	if err := r.client.Get(ctx, req.NamespacedName, &live); err != nil {
		if client.IgnoreNotFound(err) == nil {
			forgetMetrics(req.Namespace, req.Name)
			r.brought.forget(req.NamespacedName)
		}
		return client.IgnoreNotFound(err)
	}
	p := live.DeepCopy()
	if p.DeletionTimestamp != nil {
		return r.finish(ctx, &live, p)
	}
	if controllerutil.AddFinalizer(p, finalizer) {
		if err := r.client.Patch(ctx, p, client.MergeFromWithOptions(&live, client.MergeFromWithOptimisticLock{}), client.FieldOwner(component.FieldOwner)); err != nil {
			return fmt.Errorf("note that data must be looked after: %w", err)
		}
		writes.WithLabelValues("RentoraPlatform", "finalizer").Inc()
		live.ResourceVersion, live.Finalizers = p.ResourceVersion, p.Finalizers
	}
	r.begin(p)
	paused.WithLabelValues(p.Namespace, p.Name).Set(number(p.Spec.Paused))
	if p.Spec.Paused {
		return r.writeStatus(ctx, &live, r.pausedStatus(p))
	}
	s := &pass{platform: p, verdicts: map[string]component.Readiness{}, desired: map[identity]bool{}, remade: map[string]string{}}
	if err := r.gather(ctx, s); err != nil {
		return err
	}
	r.act(ctx, s)
	r.walk(ctx, s)
	if len(s.trouble) == 0 && !s.partial {
		if err := r.prune(ctx, s); err != nil {
			s.trouble = append(s.trouble, err)
		}
	}
	r.describe(s)
	show(p, s.verdicts)
	return errors.Join(append(s.trouble, r.writeStatus(ctx, &live, p))...)
}

// gather collects all that components decide by.
func (r *Reconciler) gather(ctx context.Context, s *pass) (err error) {
	p := s.platform
	s.input = component.Input{Platform: p, Settings: component.Resolve(p, r.defaults), Facts: r.facts(), Verdicts: s.verdicts}
	s.input.Facts.Migrated = p.Status.Version.Migrated
	if s.input.Facts.GatewayAPI {
		if err := r.watchRoutes(); err != nil {
			return err
		}
	}
	if s.input.Secrets, s.problems, err = r.secrets(ctx, p); err != nil {
		return err
	}
	r.brought.forget(client.ObjectKeyFromObject(p), named(p)...)
	showCertificate(p, s.input.Secrets[component.Certificate])
	s.blocked = blockedDowngrade(p, s.input.Settings.Version)
	if s.blocked != "" {
		s.input.Settings = r.migratedSettings(p, s.input.Settings)
	}
	if s.observed, err = r.observe(ctx, p); err != nil {
		return err
	}
	s.input.Settings = component.Grown(p, s.input.Settings, s.observed)
	return nil
}

// named gives the names of the user's Secrets that the platform reads.
func named(p *v1alpha1.RentoraPlatform) (names []string) {
	for _, w := range wantedCredentials(p) {
		if w.brought != nil {
			names = append(names, w.brought.Name)
		}
	}
	return names
}

// walk asks each component in turn, applies what it desires, and judges it.
func (r *Reconciler) walk(ctx context.Context, s *pass) {
	for _, c := range r.components {
		in := s.input
		if slices.Contains(afterMigration, c.Name()) && !s.verdicts[component.Migrate].Ready() {
			in.Settings = r.migratedSettings(s.platform, in.Settings)
		}
		if c.Name() == component.Web && !s.verdicts[component.API].Ready() {
			in.Settings = heldWeb(s.platform, in.Settings)
		}
		s.verdicts[c.Name()] = r.bring(ctx, s, c, in)
	}
}

// bring applies what one component desires, unless it must wait, and gives the verdict on it.
func (r *Reconciler) bring(ctx context.Context, s *pass, c component.Component, in component.Input) component.Readiness {
	if problem := s.missing(c.Name()); problem != "" {
		s.partial = true
		return component.Failed(v1alpha1.ReasonSecretMissing, "%s cannot be set up: %s", c.Name(), problem)
	}
	o, exists := s.observed[c.Name()]
	if !exists && !begun(s.platform, c.Name()) {
		for _, name := range c.After() {
			if v := s.verdicts[name]; !v.Ready() {
				s.partial = true
				return component.Waiting("Waits for %s.", name)
			}
		}
	}
	if what := s.remade[c.Name()]; what != "" {
		s.partial = true // what it desires is made when the old object is gone, which is an event
		return component.Underway(v1alpha1.ReasonProgressing, "%s", what)
	}
	objects, err := c.Desired(in)
	if err != nil {
		s.trouble = append(s.trouble, fmt.Errorf("%s: %w", c.Name(), err))
		return component.Failed(v1alpha1.ReasonApplyFailed, "%s", err)
	}
	changed := false
	for _, object := range objects {
		wrote, err := r.applyOne(ctx, s, object)
		if err != nil {
			s.trouble = append(s.trouble, err)
			return component.Failed(v1alpha1.ReasonApplyFailed, "%s", err)
		}
		changed = changed || wrote
	}
	// What was just written is not what was observed: the next pass, which the change itself brings about, judges it.
	if v := c.Ready(in, o); !changed || !v.Ready() {
		return v
	}
	return component.Underway(v1alpha1.ReasonProgressing, "%s has just been changed.", c.Name())
}

// begun tells whether a component was there before: one whose only object somebody has deleted comes back at once, whatever its
// predecessors do at the moment.
func begun(p *v1alpha1.RentoraPlatform, name string) bool {
	for _, c := range p.Status.Components {
		if c.Name == name {
			return c.State == string(component.IsReady) || c.State == string(component.IsProgressing)
		}
	}
	return false
}

func (r *Reconciler) applyOne(ctx context.Context, s *pass, object client.Object) (changed bool, err error) {
	kind, err := apiutil.GVKForObject(object, r.scheme)
	if err != nil {
		return false, err
	}
	s.desired[identity{kind.GroupKind(), object.GetName()}] = true
	return r.applier.apply(ctx, s.platform, object)
}

// serverNeeds are the credentials of the programs that run the server's image. They stand in one Secret, so that none of them
// starts, or is changed, with a part of it.
var serverNeeds = []component.Credential{component.Keys, component.PostgresAuth, component.RedisAuth, component.TypesenseAuth, component.ObjectsAuth, component.KafkaAuth, component.MailAuth}

// needs says which credentials keep a component from being set up while they are missing.
var needs = map[string][]component.Credential{
	component.Access: serverNeeds, component.Migrate: serverNeeds, component.API: serverNeeds, component.Jobs: serverNeeds, component.Workers: serverNeeds,
	component.Postgres: {component.PostgresAuth}, component.Redis: {component.RedisAuth}, component.Typesense: {component.TypesenseAuth},
	component.Objects: {component.ObjectsAuth}, component.Kafka: {component.KafkaAuth}, component.Monitoring: {component.AlertsAuth},
	component.Publish: {component.Certificate},
}

func (s *pass) missing(name string) string {
	for _, c := range needs[name] {
		if problem := s.problems[c]; problem != "" {
			return problem
		}
	}
	return ""
}

// act carries out what components ask for beside their objects: all that disturbs nobody, and one thing that does. It comes before
// the objects, because some of them can only be changed after it.
func (r *Reconciler) act(ctx context.Context, s *pass) {
	disturbed := false
	for _, c := range r.components {
		for _, a := range c.Next(s.input, s.observed[c.Name()]) {
			if a.Disruptive && disturbed {
				continue
			}
			disturbed = disturbed || a.Disruptive
			if err := r.do(ctx, a); err != nil {
				s.trouble = append(s.trouble, fmt.Errorf("%s: %w", a.Name, err))
				continue
			}
			if a.Kind == component.Orphan {
				s.remade[c.Name()] = a.Name
			}
			writes.WithLabelValues(a.Object.GetObjectKind().GroupVersionKind().Kind, string(a.Kind)).Inc()
			r.events.Eventf(s.platform, a.Object, corev1.EventTypeNormal, string(a.Kind), "Act", "%s", a.Name)
		}
	}
}

func (r *Reconciler) do(ctx context.Context, a component.Action) error {
	switch a.Kind {
	case component.Expand:
		return r.client.Patch(ctx, a.Object, client.Merge, client.FieldOwner(component.FieldOwner))
	case component.Orphan:
		return client.IgnoreNotFound(r.client.Delete(ctx, a.Object, client.PropagationPolicy("Orphan")))
	case component.Evict:
		return client.IgnoreNotFound(r.client.Delete(ctx, a.Object))
	}
	return fmt.Errorf("there is no action %q", a.Kind)
}
