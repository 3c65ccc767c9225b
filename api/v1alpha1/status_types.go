package v1alpha1

import metav1 "k8s.io/apimachinery/pkg/apis/meta/v1"

// RentoraPlatformStatus is what there is.
type RentoraPlatformStatus struct {
	// observedGeneration of the spec that this status answers.
	// +optional
	ObservedGeneration int64 `json:"observedGeneration,omitempty"`
	// conditions: Ready, Reconciling, Stalled, Paused, and one <Component>Ready for each component.
	// +optional
	// +listType=map
	// +listMapKey=type
	// +kubebuilder:validation:MaxItems=40
	Conditions []metav1.Condition `json:"conditions,omitempty"`
	// components in the order in which they are brought up.
	// +optional
	// +listType=map
	// +listMapKey=name
	// +kubebuilder:validation:MaxItems=40
	Components []ComponentStatus `json:"components,omitempty"`
	// version that runs, that is wanted, and how far its migration is.
	// +optional
	Version VersionStatus `json:"version,omitempty"`
	// endpoints of the platform.
	// +optional
	Endpoints Endpoints `json:"endpoints,omitempty"`
	// api is ready/desired replicas, for the printed column.
	// +optional
	API string `json:"api,omitempty"`
	// web is ready/desired replicas, for the printed column.
	// +optional
	Web string `json:"web,omitempty"`
	// workers is ready/desired replicas of all groups, for the printed column.
	// +optional
	Workers string `json:"workers,omitempty"`
	// effective are the settings that the profile and the cluster decided.
	// +optional
	Effective *Effective `json:"effective,omitempty"`
	// history of versions and deeds, newest first.
	// +optional
	// +kubebuilder:validation:MaxItems=20
	History []HistoryEntry `json:"history,omitempty"`
}

// ComponentStatus is one part.
type ComponentStatus struct {
	// name of the component.
	Name string `json:"name"`
	// state is Ready, Progressing, Waiting, Failed or External.
	State string `json:"state"`
	// message says why, in a sentence.
	// +optional
	Message string `json:"message,omitempty"`
}

// VersionStatus is which version runs.
type VersionStatus struct {
	// current version, the last one that was migrated to and rolled out completely.
	// +optional
	Current string `json:"current,omitempty"`
	// target version.
	// +optional
	Target string `json:"target,omitempty"`
	// migration is Pending, Running, Complete or Failed.
	// +optional
	Migration string `json:"migration,omitempty"`
	// migrated is the version whose migrations were applied last.
	// +optional
	Migrated string `json:"migrated,omitempty"`
	// image that was migrated with last: it runs until the next migration is through.
	// +optional
	Image string `json:"image,omitempty"`
	// webImage is the web that was ready last: it runs until another version's API is ready.
	// +optional
	WebImage string `json:"webImage,omitempty"`
}

// Endpoints of the platform.
type Endpoints struct {
	// url is where people reach the platform.
	// +optional
	URL string `json:"url,omitempty"`
	// api is the address of the API.
	// +optional
	API string `json:"api,omitempty"`
	// files is where browsers reach the object store.
	// +optional
	Files string `json:"files,omitempty"`
	// prometheus is the address of Prometheus within the cluster.
	// +optional
	Prometheus string `json:"prometheus,omitempty"`
}

// Effective are the settings in force that nobody wrote down.
type Effective struct {
	// profile in force.
	Profile Profile `json:"profile"`
	// images in force, by component.
	// +optional
	Images map[string]string `json:"images,omitempty"`
	// replicas in force, by workload: a number, or min-max.
	// +optional
	Replicas map[string]string `json:"replicas,omitempty"`
	// storage in force, by component.
	// +optional
	Storage map[string]string `json:"storage,omitempty"`
}

// HistoryEntry is one thing that happened.
type HistoryEntry struct {
	// time at which it happened.
	Time metav1.Time `json:"time"`
	// event is Created, Migrated, MigrationFailed, RolledOut, Paused or Resumed.
	Event string `json:"event"`
	// version that it was about.
	// +optional
	Version string `json:"version,omitempty"`
	// message says more.
	// +optional
	Message string `json:"message,omitempty"`
}
