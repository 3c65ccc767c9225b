package component

import (
	"maps"

	metav1 "k8s.io/apimachinery/pkg/apis/meta/v1"

	"github.com/rentora/rentora/api/v1alpha1"
)

// Labels of everything that the operator makes. The operator's caches hold only what carries ManagedBy.
const (
	LabelName      = "app.kubernetes.io/name"
	LabelInstance  = "app.kubernetes.io/instance"
	LabelComponent = "app.kubernetes.io/component"
	LabelPartOf    = "app.kubernetes.io/part-of"
	LabelManagedBy = "app.kubernetes.io/managed-by"
	LabelPlatform  = "platform.rentora.io/platform"

	ManagedBy = "rentora-operator"
	PartOf    = "rentora"
)

// Annotations of the operator.
const (
	AnnotationHash      = "platform.rentora.io/rendered"  // hash of what was applied last
	AnnotationSecrets   = "platform.rentora.io/secrets"   // on pods: hash of the Secrets that they read
	AnnotationConfig    = "platform.rentora.io/config"    // on pods: hash of the configuration that they read
	AnnotationComponent = "platform.rentora.io/component" // on objects whose labels cannot say it
)

// FieldOwner owns what the operator applies.
const FieldOwner = "rentora-operator"

// The components, each by its name.
const (
	Access     = "access" // service accounts and the default network policy
	Postgres   = "postgres"
	Redis      = "redis"
	Typesense  = "typesense"
	Objects    = "objects"
	Kafka      = "kafka"
	Migrate    = "migrate"
	API        = "api"
	Web        = "web"  // the site
	Jobs       = "jobs" // relay and scheduler
	Workers    = "workers"
	Publish    = "publish" // Ingress or HTTPRoute
	Monitoring = "monitoring"
)

// DataServices are the components that hold data, in the order in which they are shown.
var DataServices = []string{Postgres, Redis, Typesense, Objects, Kafka}

// Child gives the name of a platform's part. It is short enough for a host name: platform names have 32 characters at most.
func Child(p *v1alpha1.RentoraPlatform, part string) string { return p.Name + "-" + part }

// Host gives the name of a Service of the platform as pods anywhere in the cluster reach it. No trailing cluster domain:
// that may be another one than cluster.local.
func Host(p *v1alpha1.RentoraPlatform, part string) string {
	return Child(p, part) + "." + p.Namespace + ".svc"
}

// Selector gives the labels by which a part's pods are found. They never change: a selector cannot.
func Selector(p *v1alpha1.RentoraPlatform, part string) map[string]string {
	return map[string]string{LabelName: part, LabelInstance: p.Name, LabelPartOf: PartOf}
}

// Labels gives all labels of an object of a component. part is the component's name, or the name of one of its workloads.
func Labels(p *v1alpha1.RentoraPlatform, component, part string) map[string]string {
	l := maps.Clone(Selector(p, part))
	l[LabelComponent], l[LabelManagedBy], l[LabelPlatform] = component, ManagedBy, p.Name
	return l
}

// Meta gives the metadata of an object of a component.
func Meta(p *v1alpha1.RentoraPlatform, component, part string) metav1.ObjectMeta {
	return metav1.ObjectMeta{Name: Child(p, part), Namespace: p.Namespace, Labels: Labels(p, component, part)}
}
