package v1alpha1

import corev1 "k8s.io/api/core/v1"

// API serves the visitors.
//
// +kubebuilder:validation:XValidation:rule="!(has(self.replicas) && has(self.autoscaling))",message="give api.replicas or api.autoscaling, not both"
type API struct {
	// replicas, fixed. Neither replicas nor autoscaling: the profile's.
	// +optional
	// +kubebuilder:validation:Minimum=1
	// +kubebuilder:validation:Maximum=200
	Replicas *int32 `json:"replicas,omitempty"`
	// autoscaling by use of processor and memory.
	// +optional
	Autoscaling *Autoscaling `json:"autoscaling,omitempty"`
	// resources of one pod.
	// +optional
	Resources *corev1.ResourceRequirements `json:"resources,omitempty"`
	Pod       `json:",inline"`
	// env are further variables of API, workers and migrations; those that the operator sets itself cannot be replaced.
	// +optional
	// +kubebuilder:validation:MaxItems=50
	// +listType=map
	// +listMapKey=name
	// +kubebuilder:validation:XValidation:rule="self.all(e, e.name.startsWith('RENTORA_') || e.name in ['TZ','GOMEMLIMIT','GOGC','GODEBUG','HTTPS_PROXY','HTTP_PROXY','NO_PROXY'])",message="api.env takes RENTORA_ variables, and TZ, GOMEMLIMIT, GOGC, GODEBUG and the proxies"
	Env []EnvVar `json:"env,omitempty"`
}

// Web is the site that people see.
//
// +kubebuilder:validation:XValidation:rule="!(has(self.replicas) && has(self.autoscaling))",message="give web.replicas or web.autoscaling, not both"
type Web struct {
	// enabled runs it. Without it the API alone answers at the domain.
	// +optional
	// +kubebuilder:default=true
	Enabled *bool `json:"enabled,omitempty"`
	// replicas, fixed. Neither replicas nor autoscaling: the profile's.
	// +optional
	// +kubebuilder:validation:Minimum=1
	// +kubebuilder:validation:Maximum=200
	Replicas *int32 `json:"replicas,omitempty"`
	// autoscaling by use of processor and memory.
	// +optional
	Autoscaling *Autoscaling `json:"autoscaling,omitempty"`
	// resources of one pod.
	// +optional
	Resources *corev1.ResourceRequirements `json:"resources,omitempty"`
	Pod       `json:",inline"`
	// mapStyleURL is a MapLibre style for the maps; the web's own, which asks nobody outside, when empty. Tiles, glyphs and sprites must
	// come from the same origin: pages may load from no other one.
	// +optional
	// +kubebuilder:validation:MaxLength=500
	// +kubebuilder:validation:XValidation:rule="self == '' || (isURL(self) && url(self).getScheme() in ['http','https'])",message="web.mapStyleURL must be an http or https address"
	MapStyleURL string `json:"mapStyleURL,omitempty"`
}

// On tells whether the site is wanted.
func (w Web) On() bool { return w.Enabled == nil || *w.Enabled }

// EnvVar is one environment variable.
type EnvVar struct {
	// name of the variable.
	// +required
	// +kubebuilder:validation:MinLength=1
	// +kubebuilder:validation:MaxLength=100
	Name string `json:"name"`
	// value of the variable. Secrets do not belong here.
	// +optional
	// +kubebuilder:validation:MaxLength=4000
	Value string `json:"value,omitempty"`
}

// Pod says where pods may run.
type Pod struct {
	// nodeSelector of the pods.
	// +optional
	// +kubebuilder:validation:MaxProperties=20
	NodeSelector map[string]string `json:"nodeSelector,omitempty"`
	// tolerations of the pods.
	// +optional
	// +kubebuilder:validation:MaxItems=20
	Tolerations []corev1.Toleration `json:"tolerations,omitempty"`
	// priorityClassName of the pods.
	// +optional
	// +kubebuilder:validation:MaxLength=253
	PriorityClassName string `json:"priorityClassName,omitempty"`
	// annotations of the pods.
	// +optional
	// +kubebuilder:validation:MaxProperties=50
	PodAnnotations map[string]string `json:"podAnnotations,omitempty"`
}

// Autoscaling by use of processor and memory.
//
// +kubebuilder:validation:XValidation:rule="self.min <= self.max",message="autoscaling.min must not be above autoscaling.max"
type Autoscaling struct {
	// min is the fewest replicas.
	// +required
	// +kubebuilder:validation:Minimum=1
	// +kubebuilder:validation:Maximum=200
	Min int32 `json:"min"`
	// max is the most replicas.
	// +required
	// +kubebuilder:validation:Minimum=1
	// +kubebuilder:validation:Maximum=200
	Max int32 `json:"max"`
	// cpu is the use, in percent of the request, that the replicas shall have on average.
	// +optional
	// +kubebuilder:default=70
	// +kubebuilder:validation:Minimum=1
	// +kubebuilder:validation:Maximum=1000
	CPU *int32 `json:"cpu,omitempty"`
	// memory is the same for memory; not looked at when empty.
	// +optional
	// +kubebuilder:validation:Minimum=1
	// +kubebuilder:validation:Maximum=1000
	Memory *int32 `json:"memory,omitempty"`
}

// WorkerGroup is a group of event handlers with a Deployment of its own.
// +kubebuilder:validation:Enum=notify;media;numbers;search;cache
type WorkerGroup string

// WorkerGroups in the order in which they are shown. Relay and scheduler are apart: they work alone, under a lock.
var WorkerGroups = []WorkerGroup{"notify", "media", "search", "numbers", "cache"}

// Workers do what happens behind the requests: one Deployment per group, and one pair of relay and scheduler.
type Workers struct {
	// groups by name; those not named have the profile's settings.
	// +optional
	// +listType=map
	// +listMapKey=name
	// +kubebuilder:validation:MaxItems=5
	Groups []Worker `json:"groups,omitempty"`
	// resources of one pod of any group that has none of its own.
	// +optional
	Resources *corev1.ResourceRequirements `json:"resources,omitempty"`
	Pod       `json:",inline"`
}

// Worker is one group.
//
// +kubebuilder:validation:XValidation:rule="!(has(self.replicas) && has(self.autoscaling))",message="give replicas or autoscaling, not both"
type Worker struct {
	// name of the group.
	// +required
	Name WorkerGroup `json:"name"`
	// replicas, fixed.
	// +optional
	// +kubebuilder:validation:Minimum=0
	// +kubebuilder:validation:Maximum=64
	Replicas *int32 `json:"replicas,omitempty"`
	// autoscaling by lag.
	// +optional
	Autoscaling *LagScaling `json:"autoscaling,omitempty"`
	// resources of one pod.
	// +optional
	Resources *corev1.ResourceRequirements `json:"resources,omitempty"`
}

// LagScaling runs as many workers as the messages that wait ask for, never more than there are partitions.
//
// +kubebuilder:validation:XValidation:rule="self.min <= self.max",message="autoscaling.min must not be above autoscaling.max"
type LagScaling struct {
	// min is the fewest replicas.
	// +required
	// +kubebuilder:validation:Minimum=1
	// +kubebuilder:validation:Maximum=64
	Min int32 `json:"min"`
	// max is the most replicas; more than kafka.partitions would have nothing to do and are not started.
	// +required
	// +kubebuilder:validation:Minimum=1
	// +kubebuilder:validation:Maximum=64
	Max int32 `json:"max"`
	// lag is how many waiting messages one worker may have.
	// +optional
	// +kubebuilder:default=100
	// +kubebuilder:validation:Minimum=1
	// +kubebuilder:validation:Maximum=1000000
	Lag *int32 `json:"lag,omitempty"`
}

// MonitoringMode says who watches.
// +kubebuilder:validation:Enum=Managed;PrometheusOperator;None
type MonitoringMode string

// The modes of monitoring beside Managed.
const (
	PrometheusOperator = "PrometheusOperator"
	NoMonitoring       = "None"
)

// Monitoring watches all of it.
//
// +kubebuilder:validation:XValidation:rule="self.mode != 'PrometheusOperator'",message="monitoring.mode PrometheusOperator does not exist yet: take Managed or None"
type Monitoring struct {
	// mode Managed runs Prometheus and Alertmanager, and writes the dashboards as ConfigMaps.
	// +optional
	// +kubebuilder:default=Managed
	Mode MonitoringMode `json:"mode,omitempty"`
	// grafana runs a Grafana with datasource and dashboards in place.
	// +optional
	// +kubebuilder:default={}
	Grafana Grafana `json:"grafana,omitempty"`
	// alerts go there.
	// +optional
	// +kubebuilder:default={}
	Alerts Alerts `json:"alerts,omitempty"`
	// retentionDays is how long Prometheus keeps what it measured.
	// +optional
	// +kubebuilder:default=15
	// +kubebuilder:validation:Minimum=1
	// +kubebuilder:validation:Maximum=400
	RetentionDays int32 `json:"retentionDays,omitempty"`
	// storage of Prometheus.
	// +optional
	// +kubebuilder:default={}
	Storage Storage `json:"storage,omitempty"`
	// resources of Prometheus.
	// +optional
	Resources *corev1.ResourceRequirements `json:"resources,omitempty"`
}

// Grafana shows the dashboards.
type Grafana struct {
	// enabled runs it.
	// +optional
	Enabled bool `json:"enabled,omitempty"`
}

// Alerts go to a receiver.
type Alerts struct {
	// webhookSecretRef names a Secret with url: Alertmanager posts alerts there.
	// +optional
	WebhookSecretRef *SecretRef `json:"webhookSecretRef,omitempty"`
	// emailTo receives alerts through the platform's mail server.
	// +optional
	// +kubebuilder:validation:MaxLength=320
	EmailTo string `json:"emailTo,omitempty"`
}
