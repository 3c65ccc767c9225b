package v1alpha1

import (
	corev1 "k8s.io/api/core/v1"
	metav1 "k8s.io/apimachinery/pkg/apis/meta/v1"
)

// RentoraPlatform is one running marketplace: databases, search, objects, events, API, workers, web and monitoring.
//
// +kubebuilder:object:root=true
// +kubebuilder:subresource:status
// +kubebuilder:resource:path=rentoraplatforms,singular=rentoraplatform,shortName=rentora;rp,categories=rentora
// +kubebuilder:printcolumn:name="Version",type=string,JSONPath=`.status.version.current`
// +kubebuilder:printcolumn:name="Ready",type=string,JSONPath=`.status.conditions[?(@.type=="Ready")].status`
// +kubebuilder:printcolumn:name="API",type=string,JSONPath=`.status.api`
// +kubebuilder:printcolumn:name="Web",type=string,JSONPath=`.status.web`
// +kubebuilder:printcolumn:name="Workers",type=string,JSONPath=`.status.workers`
// +kubebuilder:printcolumn:name="URL",type=string,JSONPath=`.status.endpoints.url`
// +kubebuilder:printcolumn:name="Age",type=date,JSONPath=`.metadata.creationTimestamp`
// +kubebuilder:printcolumn:name="Message",type=string,priority=1,JSONPath=`.status.conditions[?(@.type=="Ready")].message`
// +kubebuilder:validation:XValidation:rule="size(self.metadata.name) <= 32",message="metadata.name must have 32 characters at most: the names of all parts begin with it",fieldPath=".metadata"
// +kubebuilder:validation:XValidation:rule="self.metadata.name.matches('^[a-z]([-a-z0-9]*[a-z0-9])?$')",message="metadata.name must begin with a letter and hold letters, digits and dashes alone: it becomes part of host names",fieldPath=".metadata"
type RentoraPlatform struct {
	metav1.TypeMeta   `json:",inline"`
	metav1.ObjectMeta `json:"metadata,omitempty"`

	// spec is what is wanted.
	// +required
	Spec RentoraPlatformSpec `json:"spec"`
	// status is what there is, as the operator saw it last.
	// +optional
	Status RentoraPlatformStatus `json:"status,omitempty"`
}

// RentoraPlatformList is a list of platforms.
//
// +kubebuilder:object:root=true
type RentoraPlatformList struct {
	metav1.TypeMeta `json:",inline"`
	metav1.ListMeta `json:"metadata,omitempty"`
	Items           []RentoraPlatform `json:"items"`
}

// Profile chooses the defaults of replicas, resources and volumes.
// +kubebuilder:validation:Enum=dev;standard;ha
type Profile string

// The profiles.
const (
	Dev      Profile = "dev"      // the least that works, for a laptop
	Standard Profile = "standard" // one of each database, API and workers that scale
	HA       Profile = "ha"       // several of all that can be several, spread over nodes
)

// DeletionPolicy says what stays after the platform was deleted.
// +kubebuilder:validation:Enum=Retain;Delete
type DeletionPolicy string

// The deletion policies.
const (
	Retain DeletionPolicy = "Retain"
	Delete DeletionPolicy = "Delete"
)

// RentoraPlatformSpec is what is wanted. Defaults that depend on the profile are not written here but shown in status.effective.
//
// +kubebuilder:validation:XValidation:rule="!has(oldSelf.domain) || self.domain == oldSelf.domain || (has(self.allowDomainChange) && self.allowDomainChange)",message="domain cannot be changed: links in sent mails and signed photo addresses carry it (set allowDomainChange to true to do it all the same)"
// +kubebuilder:validation:XValidation:rule="!(has(self.ingress) && has(self.gateway))",message="give ingress or gateway, not both"
type RentoraPlatformSpec struct {
	// version of Rentora to run. The images of API, workers and web follow from it unless images.server and images.web are set. Empty is the operator's own version.
	// +optional
	// +kubebuilder:validation:MaxLength=64
	// +kubebuilder:validation:XValidation:rule="self.matches('^([A-Za-z0-9_][A-Za-z0-9_.-]*)?$')",message="version must be usable as an image tag"
	Version string `json:"version,omitempty"`
	// allowDowngrade lets version go back although newer migrations were applied. Migrations are never undone.
	// +optional
	AllowDowngrade bool `json:"allowDowngrade,omitempty"`
	// profile chooses the defaults of replicas, resources and volumes.
	// +optional
	// +kubebuilder:default=standard
	Profile Profile `json:"profile,omitempty"`
	// domain is the host name of the platform. The object store answers at objectStorage.publicHost, files.<domain> by default.
	// +required
	// +kubebuilder:validation:MinLength=1
	// +kubebuilder:validation:MaxLength=200
	// +kubebuilder:validation:XValidation:rule="self.matches('^([a-z0-9]([-a-z0-9]{0,61}[a-z0-9])?)([.][a-z0-9]([-a-z0-9]{0,61}[a-z0-9])?)*$')",message="domain must be a host name in lower case, without scheme, port or path"
	Domain string `json:"domain"`
	// allowDomainChange permits a change of domain.
	// +optional
	AllowDomainChange bool `json:"allowDomainChange,omitempty"`
	// ingress publishes the platform by an Ingress. It is the default when gateway is not given.
	// +optional
	Ingress *Ingress `json:"ingress,omitempty"`
	// gateway publishes the platform by HTTPRoutes of the Gateway API, whose CRDs must be installed.
	// +optional
	Gateway *Gateway `json:"gateway,omitempty"`
	// tls of the public address. Without it the platform is served by plain HTTP, and nobody can sign in at the web: browsers keep its
	// cookies over HTTPS alone, or at localhost.
	// +optional
	TLS *TLS `json:"tls,omitempty"`
	// cdnBaseURL is where finished photographs are served from; the object store itself when empty.
	// +optional
	// +kubebuilder:validation:MaxLength=500
	// +kubebuilder:validation:XValidation:rule="self == '' || (isURL(self) && url(self).getScheme() in ['http','https'])",message="cdnBaseURL must be an http or https address"
	CDNBaseURL string `json:"cdnBaseURL,omitempty"`
	// tracing sends traces to a receiver of OpenTelemetry.
	// +optional
	Tracing *Tracing `json:"tracing,omitempty"`
	// mail goes out through this server.
	// +required
	Mail Mail `json:"mail"`
	// api serves the visitors.
	// +optional
	// +kubebuilder:default={}
	API API `json:"api,omitempty"`
	// web is the site that people see; the API answers beside it, under /api.
	// +optional
	// +kubebuilder:default={}
	Web Web `json:"web,omitempty"`
	// workers do what happens behind the requests.
	// +optional
	// +kubebuilder:default={}
	Workers Workers `json:"workers,omitempty"`
	// postgres holds all that must not be lost.
	// +optional
	// +kubebuilder:default={mode: Managed}
	Postgres Postgres `json:"postgres,omitempty"`
	// redis holds copies: sessions, counters and kept answers.
	// +optional
	// +kubebuilder:default={mode: Managed}
	Redis Redis `json:"redis,omitempty"`
	// typesense holds the search index.
	// +optional
	// +kubebuilder:default={mode: Managed}
	Typesense Typesense `json:"typesense,omitempty"`
	// objectStorage holds the photographs.
	// +optional
	// +kubebuilder:default={mode: Managed}
	ObjectStorage ObjectStorage `json:"objectStorage,omitempty"`
	// kafka carries the events.
	// +optional
	// +kubebuilder:default={mode: Managed}
	Kafka Kafka `json:"kafka,omitempty"`
	// monitoring watches all of it.
	// +optional
	// +kubebuilder:default={mode: Managed}
	Monitoring Monitoring `json:"monitoring,omitempty"`
	// images replaces the images that the operator knows.
	// +optional
	// +kubebuilder:default={}
	Images Images `json:"images,omitempty"`
	// credentials names a Secret of your own with signing-keys (base64 of 32-byte Ed25519 seeds, comma separated: the first signs)
	// and secret-key (base64 of 32 bytes or more). Minted by the operator when empty.
	// +optional
	CredentialsSecretRef *SecretRef `json:"credentialsSecretRef,omitempty"`
	// deletionPolicy says what stays when this resource is deleted: Retain keeps volumes and the credentials that open them.
	// +optional
	// +kubebuilder:default=Retain
	DeletionPolicy DeletionPolicy `json:"deletionPolicy,omitempty"`
	// paused makes the operator leave everything as it is.
	// +optional
	Paused bool `json:"paused,omitempty"`
}

// SecretRef names a Secret in the platform's namespace.
type SecretRef struct {
	// name of the Secret.
	// +required
	// +kubebuilder:validation:MinLength=1
	// +kubebuilder:validation:MaxLength=253
	Name string `json:"name"`
}

// Ingress publishes the platform.
type Ingress struct {
	// className of the ingress controller; the cluster's default when empty.
	// +optional
	// +kubebuilder:validation:MaxLength=253
	ClassName string `json:"className,omitempty"`
	// annotations of the Ingress, for its controller.
	// +optional
	// +kubebuilder:validation:MaxProperties=50
	Annotations map[string]string `json:"annotations,omitempty"`
	// namespace in which the ingress controller's pods run: only they may reach API and object store. Any namespace when empty.
	// +optional
	// +kubebuilder:validation:MaxLength=63
	Namespace string `json:"namespace,omitempty"`
}

// Gateway publishes the platform by the Gateway API.
type Gateway struct {
	// name of the Gateway.
	// +required
	// +kubebuilder:validation:MinLength=1
	// +kubebuilder:validation:MaxLength=253
	Name string `json:"name"`
	// namespace of the Gateway; the platform's when empty.
	// +optional
	// +kubebuilder:validation:MaxLength=63
	Namespace string `json:"namespace,omitempty"`
	// sectionName of the Gateway's listener.
	// +optional
	// +kubebuilder:validation:MaxLength=253
	SectionName string `json:"sectionName,omitempty"`
}

// TLS of the public address.
// +kubebuilder:validation:XValidation:rule="has(self.secretName) != has(self.issuerRef)",message="tls needs secretName or issuerRef, one of them"
type TLS struct {
	// secretName of a Secret of type kubernetes.io/tls that covers the domain and the object store's public host.
	// +optional
	// +kubebuilder:validation:MinLength=1
	// +kubebuilder:validation:MaxLength=253
	SecretName string `json:"secretName,omitempty"`
	// issuerRef lets cert-manager make the certificate.
	// +optional
	IssuerRef *IssuerRef `json:"issuerRef,omitempty"`
}

// IssuerRef is an issuer of cert-manager.
type IssuerRef struct {
	// kind of the issuer.
	// +optional
	// +kubebuilder:validation:Enum=Issuer;ClusterIssuer
	// +kubebuilder:default=ClusterIssuer
	Kind string `json:"kind,omitempty"`
	// name of the issuer.
	// +required
	// +kubebuilder:validation:MinLength=1
	// +kubebuilder:validation:MaxLength=253
	Name string `json:"name"`
}

// Tracing sends traces away.
type Tracing struct {
	// otlpEndpoint is http(s)://host:port of an OTLP/HTTP receiver.
	// +required
	// +kubebuilder:validation:MinLength=1
	// +kubebuilder:validation:MaxLength=500
	// +kubebuilder:validation:XValidation:rule="isURL(self) && url(self).getScheme() in ['http','https']",message="otlpEndpoint must be an http or https address"
	OTLPEndpoint string `json:"otlpEndpoint"`
	// samplePercent of the traces begun here is recorded.
	// +optional
	// +kubebuilder:default=100
	// +kubebuilder:validation:Minimum=0
	// +kubebuilder:validation:Maximum=100
	SamplePercent *int32 `json:"samplePercent,omitempty"`
}

// Mail goes out by SMTP.
type Mail struct {
	// host of the mail server.
	// +required
	// +kubebuilder:validation:MinLength=1
	// +kubebuilder:validation:MaxLength=253
	Host string `json:"host"`
	// port of the mail server.
	// +optional
	// +kubebuilder:default=587
	// +kubebuilder:validation:Minimum=1
	// +kubebuilder:validation:Maximum=65535
	Port int32 `json:"port,omitempty"`
	// from is the sender of every mail, as "Name <address>" or an address alone.
	// +required
	// +kubebuilder:validation:MinLength=3
	// +kubebuilder:validation:MaxLength=320
	// +kubebuilder:validation:XValidation:rule="self.contains('@')",message="mail.from must be a mail address"
	From string `json:"from"`
	// tls is STARTTLS: required, opportunistic or none.
	// +optional
	// +kubebuilder:default=required
	// +kubebuilder:validation:Enum=required;opportunistic;none
	TLS string `json:"tls,omitempty"`
	// secretRef names a Secret with username and password; without it nobody logs in.
	// +optional
	SecretRef *SecretRef `json:"secretRef,omitempty"`
}

// Images replaces images. Digests are accepted.
type Images struct {
	// server of API, workers and migrations.
	// +optional
	// +kubebuilder:validation:MaxLength=500
	Server string `json:"server,omitempty"`
	// web of the site.
	// +optional
	// +kubebuilder:validation:MaxLength=500
	Web string `json:"web,omitempty"`
	// postgres, as docker.io/library/postgres.
	// +optional
	// +kubebuilder:validation:MaxLength=500
	Postgres string `json:"postgres,omitempty"`
	// redis, as docker.io/library/redis.
	// +optional
	// +kubebuilder:validation:MaxLength=500
	Redis string `json:"redis,omitempty"`
	// typesense, as docker.io/typesense/typesense.
	// +optional
	// +kubebuilder:validation:MaxLength=500
	Typesense string `json:"typesense,omitempty"`
	// minio, as docker.io/minio/minio.
	// +optional
	// +kubebuilder:validation:MaxLength=500
	Minio string `json:"minio,omitempty"`
	// kafka, as docker.io/apache/kafka.
	// +optional
	// +kubebuilder:validation:MaxLength=500
	Kafka string `json:"kafka,omitempty"`
	// prometheus, as docker.io/prom/prometheus.
	// +optional
	// +kubebuilder:validation:MaxLength=500
	Prometheus string `json:"prometheus,omitempty"`
	// alertmanager, as docker.io/prom/alertmanager.
	// +optional
	// +kubebuilder:validation:MaxLength=500
	Alertmanager string `json:"alertmanager,omitempty"`
	// grafana, as docker.io/grafana/grafana.
	// +optional
	// +kubebuilder:validation:MaxLength=500
	Grafana string `json:"grafana,omitempty"`
	// postgresExporter, as quay.io/prometheuscommunity/postgres-exporter.
	// +optional
	// +kubebuilder:validation:MaxLength=500
	PostgresExporter string `json:"postgresExporter,omitempty"`
	// redisExporter, as docker.io/oliver006/redis_exporter.
	// +optional
	// +kubebuilder:validation:MaxLength=500
	RedisExporter string `json:"redisExporter,omitempty"`
	// pullPolicy of every image.
	// +optional
	// +kubebuilder:default=IfNotPresent
	// +kubebuilder:validation:Enum=Always;IfNotPresent;Never
	PullPolicy corev1.PullPolicy `json:"pullPolicy,omitempty"`
	// pullSecrets for the registries.
	// +optional
	// +kubebuilder:validation:MaxItems=10
	PullSecrets []SecretRef `json:"pullSecrets,omitempty"`
}
