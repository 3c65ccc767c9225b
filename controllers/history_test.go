package controllers_test

import (
	"fmt"
	"slices"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"
	eventsv1 "k8s.io/api/events/v1"
	metav1 "k8s.io/apimachinery/pkg/apis/meta/v1"
	"sigs.k8s.io/cli-utils/pkg/kstatus/status"
	"sigs.k8s.io/controller-runtime/pkg/client"

	"github.com/rentora/rentora/api/v1alpha1"
)

var deeds = []string{"Created", "Migrated", "MigrationFailed", "RolledOut", "Paused", "Resumed"}

// wantHistory wants these deeds in the status, oldest first, each as "version deed", and one event of each, told once.
func (w *world) wantHistory(platform string, want ...string) {
	w.Helper()
	p := w.read(platform)
	if diff := cmp.Diff(want, w.history(platform)); diff != "" {
		w.Errorf("the history differs (-want +got):\n%s", diff)
	}
	slices.Sort(want)
	w.until("every deed is told once", func() (bool, string) {
		diff := cmp.Diff(want, w.told(p))
		return diff == "", diff
	})
}

// history gives the deeds in the status, oldest first.
func (w *world) history(platform string) (all []string) {
	w.Helper()
	for _, entry := range slices.Backward(w.read(platform).Status.History) {
		all = append(all, strings.TrimSpace(entry.Version+" "+entry.Event))
	}
	return all
}

// told gives the deeds of a platform that stand in events, in the order of the alphabet. One that was told again counts so often.
func (w *world) told(p *v1alpha1.RentoraPlatform) (all []string) {
	w.Helper()
	var events eventsv1.EventList
	if err := w.List(w.Context(), &events, client.InNamespace(w.namespace)); err != nil {
		w.Fatal(err)
	}
	for _, e := range events.Items {
		if e.Regarding.UID != p.UID || !slices.Contains(deeds, e.Reason) {
			continue
		}
		if kind := map[bool]string{true: "Warning", false: "Normal"}[e.Reason == "MigrationFailed"]; e.Type != kind {
			w.Errorf("the event %s is of the type %s", e.Reason, e.Type)
		}
		version, _, _ := strings.Cut(e.Note, ": ")
		if strings.Contains(version, " ") {
			version = "" // a sentence begins the note
		}
		deed := strings.TrimSpace(version + " " + e.Reason)
		all = append(all, deed)
		if e.Series != nil {
			all = append(all, fmt.Sprintf("%s again, %d times", deed, e.Series.Count))
		}
	}
	slices.Sort(all)
	return all
}

// TestCreatedPaused makes a platform that is paused from its first moment: nothing is made until it may go on.
func TestCreatedPaused(t *testing.T) {
	t.Parallel()
	w := newWorld(t)
	p := w.platform("stay")
	p.Spec.Paused = true
	w.create(p)
	w.condition("stay", v1alpha1.PausedCondition, metav1.ConditionTrue, v1alpha1.ReasonPaused)
	w.nudgePaused("stay")
	w.wantHistory("stay", "1.0.0 Created", "Paused")
	if objects := w.objects("stay"); len(objects) > 0 {
		t.Errorf("a paused operator made %d objects", len(objects))
	}
	w.change(p, func() { p.Spec.Paused = false })
	w.ready("stay")
	w.settle("stay")
	w.wantHistory("stay", "1.0.0 Created", "Paused", "Resumed", "1.0.0 Migrated", "1.0.0 RolledOut")
}

// TestDeleting holds a platform that is being deleted, as a foreground deletion does until its parts are gone: it says so.
func TestDeleting(t *testing.T) {
	t.Parallel()
	const hold = "example.test/hold"
	w := newWorld(t)
	p := w.platform("stay")
	p.Finalizers = []string{hold}
	w.create(p)
	w.ready("stay")
	if err := w.Delete(t.Context(), p); err != nil {
		t.Fatal(err)
	}
	w.condition("stay", v1alpha1.ReadyCondition, metav1.ConditionFalse, v1alpha1.ReasonDeleting)
	w.condition("stay", v1alpha1.ReconcilingCondition, metav1.ConditionTrue, v1alpha1.ReasonDeleting)
	w.stands("stay", status.TerminatingStatus, "")
	w.until("the operator lets go", func() (bool, string) {
		left := w.read("stay").Finalizers
		return slices.Equal(left, []string{hold}), strings.Join(left, " ")
	})
	w.change(p, func() { p.Finalizers = nil })
	w.until("it is gone", func() (bool, string) { return !w.exists(&v1alpha1.RentoraPlatform{}, "stay"), "" })
}
