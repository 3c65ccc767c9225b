package controllers

import (
	"slices"
	"strings"

	corev1 "k8s.io/api/core/v1"
	"k8s.io/apimachinery/pkg/api/equality"
	metav1 "k8s.io/apimachinery/pkg/apis/meta/v1"

	"github.com/rentora/rentora/api/v1alpha1"
	"github.com/rentora/rentora/controllers/component"
)

// longestHistory is how many deeds are remembered.
const longestHistory = 20

// begin notes the first time that the operator looks at a platform.
func (r *Reconciler) begin(p *v1alpha1.RentoraPlatform) {
	if p.Status.ObservedGeneration == 0 {
		r.remember(p, "Created", component.Resolve(p, r.defaults).Version, "The operator brings the platform up.")
	}
}

// remember notes a deed; it is told as an event when the status that holds it is written.
func (r *Reconciler) remember(p *v1alpha1.RentoraPlatform, event, version, message string) {
	entry := v1alpha1.HistoryEntry{Time: metav1.NewTime(r.now().Truncate(1e9)), Event: event, Version: version, Message: message}
	p.Status.History = append([]v1alpha1.HistoryEntry{entry}, p.Status.History...)
	if len(p.Status.History) > longestHistory {
		p.Status.History = p.Status.History[:longestHistory]
	}
}

// tell makes an event of every deed that the written status has and the one before had not, oldest first.
func (r *Reconciler) tell(p *v1alpha1.RentoraPlatform, before, after []v1alpha1.HistoryEntry) {
	fresh := 0
	for ; fresh < len(after); fresh++ {
		rest := after[fresh:]
		if len(rest) <= len(before) && equality.Semantic.DeepEqual(rest, before[:len(rest)]) {
			break
		}
	}
	for _, deed := range slices.Backward(after[:fresh]) {
		kind := corev1.EventTypeNormal
		if deed.Event == "MigrationFailed" {
			kind = corev1.EventTypeWarning
		}
		note := strings.TrimPrefix(deed.Version+": "+deed.Message, ": ") // a platform that has not come up runs no version
		r.events.Eventf(p, nil, kind, deed.Event, "Reconcile", "%s", note)
	}
}
