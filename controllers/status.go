package controllers

import (
	"context"
	"fmt"
	"strings"

	"k8s.io/apimachinery/pkg/api/equality"
	apierrors "k8s.io/apimachinery/pkg/api/errors"
	apimeta "k8s.io/apimachinery/pkg/api/meta"
	metav1 "k8s.io/apimachinery/pkg/apis/meta/v1"
	"sigs.k8s.io/controller-runtime/pkg/client"

	"github.com/rentora/rentora/api/v1alpha1"
	"github.com/rentora/rentora/controllers/component"
)

// describe makes the status from the verdicts.
func (r *Reconciler) describe(s *pass) {
	p := s.platform
	st := &p.Status
	st.ObservedGeneration = p.Generation
	if apimeta.IsStatusConditionTrue(st.Conditions, v1alpha1.PausedCondition) {
		r.remember(p, "Resumed", st.Version.Current, "The operator acts again.")
	}
	r.describeVersion(s)
	st.Components = nil
	for _, c := range r.components {
		v := s.verdicts[c.Name()]
		st.Components = append(st.Components, v1alpha1.ComponentStatus{Name: c.Name(), State: string(v.State), Message: v.Message})
		r.set(p, conditionOf(c.Name()), v.Ready(), v.Reason, v.Message)
	}
	st.Effective = effective(p, s.input.Settings)
	st.Endpoints = endpoints(p)
	st.API, st.Workers = counted(s.observed[component.API]), counted(s.observed[component.Workers], s.observed[component.Jobs])
	if st.Web = ""; p.Spec.Web.On() {
		st.Web = counted(s.observed[component.Web])
	}
	r.set(p, v1alpha1.PausedCondition, false, v1alpha1.ReasonNotPaused, "The operator acts.")
	r.summarise(s)
}

// conditionOf gives the type of a component's condition: PostgresReady.
func conditionOf(name string) string {
	if name == component.API {
		return "APIReady"
	}
	return strings.ToUpper(name[:1]) + name[1:] + "Ready"
}

// summarise sets the three conditions of the whole, as kstatus reads them.
func (r *Reconciler) summarise(s *pass) {
	p := s.platform
	var verdicts []component.Readiness
	for _, c := range r.components {
		verdicts = append(verdicts, s.verdicts[c.Name()])
	}
	worst := component.Worst(verdicts...)
	if s.blocked != "" && worst.State != component.IsFailed {
		worst = component.Failed(v1alpha1.ReasonDowngradeBlocked, "%s", s.blocked)
	}
	switch {
	case worst.State == component.IsFailed:
		r.set(p, v1alpha1.StalledCondition, true, worst.Reason, worst.Message)
		r.set(p, v1alpha1.ReconcilingCondition, false, worst.Reason, worst.Message)
	case worst.Ready():
		r.set(p, v1alpha1.StalledCondition, false, v1alpha1.ReasonDone, "Nothing stands in the way.")
		r.set(p, v1alpha1.ReconcilingCondition, false, v1alpha1.ReasonDone, "All is as the resource says.")
		worst = component.Good("All of %s runs.", p.Name)
	default:
		r.set(p, v1alpha1.StalledCondition, false, v1alpha1.ReasonProgressing, "Nothing stands in the way.")
		r.set(p, v1alpha1.ReconcilingCondition, true, worst.Reason, worst.Message)
	}
	r.set(p, v1alpha1.ReadyCondition, worst.Ready(), worst.Reason, worst.Message)
	if p.Spec.Profile != v1alpha1.HA {
		apimeta.RemoveStatusCondition(&p.Status.Conditions, v1alpha1.AvailableHA)
		return
	}
	if single := singles(p); len(single) > 0 {
		r.set(p, v1alpha1.AvailableHA, false, v1alpha1.ReasonNotHighlyAvailable,
			fmt.Sprintf("A single instance serves %s: run it elsewhere (mode External) to survive its loss without an interruption.", strings.Join(single, ", ")))
	} else {
		r.set(p, v1alpha1.AvailableHA, true, v1alpha1.ReasonHighlyAvailable, "Nothing is single.")
	}
}

// singles names the managed services that have one instance.
func singles(p *v1alpha1.RentoraPlatform) (names []string) {
	for name, mode := range map[string]string{
		component.Postgres: string(p.Spec.Postgres.Mode), component.Redis: string(p.Spec.Redis.Mode), component.Typesense: string(p.Spec.Typesense.Mode),
		component.Objects: string(p.Spec.ObjectStorage.Mode), component.Kafka: string(p.Spec.Kafka.Mode),
	} {
		if mode == v1alpha1.Managed {
			names = append(names, name)
		}
	}
	return inOrder(names)
}

func inOrder(names []string) (ordered []string) {
	for _, name := range component.DataServices {
		for _, n := range names {
			if n == name {
				ordered = append(ordered, n)
			}
		}
	}
	return ordered
}

func (r *Reconciler) set(p *v1alpha1.RentoraPlatform, kind string, holds bool, reason, message string) {
	status := metav1.ConditionFalse
	if holds {
		status = metav1.ConditionTrue
	}
	if len(message) > 32768 {
		message = message[:32768]
	}
	c := metav1.Condition{Type: kind, Status: status, Reason: reason, Message: message, ObservedGeneration: p.Generation}
	if was := apimeta.FindStatusCondition(p.Status.Conditions, kind); was == nil || was.Status != status {
		c.LastTransitionTime = metav1.NewTime(r.now().Truncate(1e9))
	}
	apimeta.SetStatusCondition(&p.Status.Conditions, c)
}

// describeVersion follows the version from wanted through migrated to current.
func (r *Reconciler) describeVersion(s *pass) {
	v := &s.platform.Status.Version
	was := *v
	v.Target = s.input.Settings.Version
	migrate := s.verdicts[component.Migrate]
	switch {
	case migrate.Ready():
		v.Migration, v.Migrated, v.Image = "Complete", v.Target, s.input.Settings.Images.Server
		s.describeWeb(v)
	case migrate.State == component.IsFailed:
		v.Migration = "Failed"
	case migrate.State == component.IsWaiting:
		v.Migration = "Pending"
	default:
		v.Migration = "Running"
	}
	if v.Migration == "Complete" && (was.Migrated != v.Migrated || was.Image != v.Image) {
		r.remember(s.platform, "Migrated", v.Target, "The schema is that of "+v.Image+".")
	}
	if v.Migration == "Failed" && was.Migration != "Failed" {
		r.remember(s.platform, "MigrationFailed", v.Target, migrate.Message)
	}
	rolled := v.Migration == "Complete"
	for _, name := range afterMigration {
		rolled = rolled && s.verdicts[name].Ready()
	}
	if rolled && v.Current != v.Target {
		v.Current = v.Target
		r.remember(s.platform, "RolledOut", v.Target, "All that serves runs it.")
	}
}

// describeWeb notes the web that belongs to the version, once it is ready beside its API.
func (s *pass) describeWeb(v *v1alpha1.VersionStatus) {
	switch {
	case !s.platform.Spec.Web.On():
		v.WebImage = ""
	case s.verdicts[component.API].Ready() && s.verdicts[component.Web].State == component.IsReady:
		v.WebImage = s.input.Settings.Images.Web
	}
}

// pausedStatus says that the operator leaves everything as it is.
func (r *Reconciler) pausedStatus(p *v1alpha1.RentoraPlatform) *v1alpha1.RentoraPlatform {
	p.Status.ObservedGeneration = p.Generation
	if !apimeta.IsStatusConditionTrue(p.Status.Conditions, v1alpha1.PausedCondition) {
		r.remember(p, "Paused", p.Status.Version.Current, "The operator leaves everything as it is until spec.paused is false.")
	}
	r.set(p, v1alpha1.PausedCondition, true, v1alpha1.ReasonPaused, "The operator leaves everything as it is until spec.paused is false.")
	r.set(p, v1alpha1.ReconcilingCondition, false, v1alpha1.ReasonPaused, "The operator is paused.")
	return p
}

// deletingStatus says that the platform goes: somebody may wait for the end of what it owns.
func (r *Reconciler) deletingStatus(p *v1alpha1.RentoraPlatform) *v1alpha1.RentoraPlatform {
	const going = "The platform is being taken down."
	p.Status.ObservedGeneration = p.Generation
	r.set(p, v1alpha1.ReadyCondition, false, v1alpha1.ReasonDeleting, going)
	r.set(p, v1alpha1.ReconcilingCondition, true, v1alpha1.ReasonDeleting, going)
	return p
}

// writeStatus writes the status in one request, and none when it says what it said. Deeds are refused when the platform is another
// than the one that was looked at: by an old one they would be forgotten, or told twice.
func (r *Reconciler) writeStatus(ctx context.Context, live, next *v1alpha1.RentoraPlatform) error {
	if equality.Semantic.DeepEqual(live.Status, next.Status) {
		return nil
	}
	base, history := next.DeepCopy(), next.Status.History
	base.Status = live.Status
	patch := client.MergeFrom(base)
	if !equality.Semantic.DeepEqual(live.Status.History, history) {
		patch = client.MergeFromWithOptions(base, client.MergeFromWithOptimisticLock{})
	}
	err := r.client.Status().Patch(ctx, next, patch, client.FieldOwner(component.FieldOwner))
	if apierrors.IsNotFound(err) {
		return nil
	}
	if err != nil {
		return fmt.Errorf("write the status: %w", err)
	}
	writes.WithLabelValues("RentoraPlatform", "status").Inc()
	r.tell(next, live.Status.History, history)
	return nil
}
