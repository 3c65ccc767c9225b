// Package component is the contract between the reconciler and the parts of a platform, and what all parts share:
// names, labels, restricted pods, network edges, and the judging of live objects.
package component

import (
	"sigs.k8s.io/controller-runtime/pkg/client"

	"github.com/rentora/rentora/api/v1alpha1"
)

// Component is one part of a platform: a database, a cache, a workload. All of it is pure: the same input gives the same
// answer, byte for byte, and nothing is asked of the cluster. Safe for concurrent use.
type Component interface {
	// Name keys the component's labels, its names and its condition.
	Name() string
	// After names the components whose readiness gates this one's first creation and its changes of version.
	After() []string
	// Desired gives what should exist. Nothing, when the component is switched off or somebody else runs it.
	Desired(Input) ([]client.Object, error)
	// Next gives the steps that no object can say. At most one disruptive one runs in a pass.
	Next(Input, Observed) []Action
	// Ready judges the live objects, with the cause in a sentence.
	Ready(Input, Observed) Readiness
}

// Input is all that a component may decide by: the platform and facts gathered once per pass.
type Input struct {
	Platform *v1alpha1.RentoraPlatform
	Settings Settings // what the spec, the profile and the operator decide together
	Secrets  Secrets  // what the Secrets hold that pods depend on
	Facts    Facts    // what the cluster has
	Verdicts map[string]Readiness
}

// Facts of the cluster.
type Facts struct {
	OperatorNamespace string // where the operator runs: it may reach Kafka, and Prometheus reaches it
	GatewayAPI        bool   // HTTPRoute exists
	CertManager       bool   // Certificate exists
	Migrated          string // status.version.migrated of the last pass
}

// Action is a step that no object can say.
type Action struct {
	Name       string        // what it does, for the event
	Disruptive bool          // it takes something away for a while
	Object     client.Object // which it is about
	Kind       ActionKind
}

// ActionKind is what the reconciler does with the object.
type ActionKind string

// The kinds of action.
const (
	Expand ActionKind = "Expand" // set the claim's requested size to the object's
	Orphan ActionKind = "Orphan" // delete the object and leave its dependents, to make it anew with what cannot be changed
	Evict  ActionKind = "Evict"  // delete the pod
)

// State is how a component is.
type State string

// The states.
const (
	IsReady       State = "Ready"
	IsProgressing State = "Progressing"
	IsWaiting     State = "Waiting"
	IsFailed      State = "Failed" // it will not become ready without somebody
	IsExternal    State = "External"
	IsOff         State = "Off"
)

// Readiness is the verdict on a component.
type Readiness struct {
	State   State
	Reason  string // a reason of v1alpha1
	Message string // a sentence
}

// Ready tells whether others may build on it.
func (r Readiness) Ready() bool {
	return r.State == IsReady || r.State == IsExternal || r.State == IsOff
}
