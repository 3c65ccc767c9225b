package v1alpha1

import (
	corev1 "k8s.io/api/core/v1"
	"k8s.io/apimachinery/pkg/api/resource"
)

// Storage is the volume of a database.
//
// +kubebuilder:validation:XValidation:rule="!has(self.size) || quantity(string(self.size)).compareTo(quantity('0')) > 0",message="storage.size must be above zero"
// +kubebuilder:validation:XValidation:rule="!has(oldSelf.size) || has(self.size)",message="storage.size cannot be left out again: say the size that the volume has"
// +kubebuilder:validation:XValidation:rule="!has(self.size) || !has(oldSelf.size) || quantity(string(self.size)).compareTo(quantity(string(oldSelf.size))) >= 0",message="storage.size can only grow: volumes cannot be made smaller"
// +kubebuilder:validation:XValidation:rule="has(self.className) == has(oldSelf.className) && (!has(self.className) || self.className == oldSelf.className)",message="storage.className cannot be changed: a volume keeps the class it was made with"
type Storage struct {
	// size of the volume; the profile's when empty. A volume that is larger already stays as large as it is.
	// +optional
	Size *resource.Quantity `json:"size,omitempty"`
	// className of the volume; the cluster's default when empty.
	// +optional
	// +kubebuilder:validation:MaxLength=253
	ClassName string `json:"className,omitempty"`
}

// PostgresMode says who runs Postgres.
// +kubebuilder:validation:Enum=Managed;External;CloudNativePG
type PostgresMode string

// ServiceMode says who runs a data service.
// +kubebuilder:validation:Enum=Managed;External
type ServiceMode string

// KafkaMode says who runs Kafka.
// +kubebuilder:validation:Enum=Managed;External;Strimzi
type KafkaMode string

// The modes. Those that hand a service to another operator are refused until they exist.
const (
	Managed       = "Managed"
	External      = "External"
	CloudNativePG = "CloudNativePG"
	Strimzi       = "Strimzi"
)

// Postgres holds all that must not be lost.
//
// +kubebuilder:validation:XValidation:rule="self.mode != 'CloudNativePG'",message="postgres.mode CloudNativePG does not exist yet: take Managed or External"
// +kubebuilder:validation:XValidation:rule="self.mode != 'External' || has(self.secretRef)",message="postgres.mode External needs secretRef: a Secret with url, and direct-url where a pooler stands between"
// +kubebuilder:validation:XValidation:rule="self.mode == oldSelf.mode || (has(self.acknowledgeModeChange) && self.acknowledgeModeChange && !(has(oldSelf.acknowledgeModeChange) && oldSelf.acknowledgeModeChange))",message="postgres.mode decides where the data is: move the data, then set acknowledgeModeChange to true with the change (one that is still true is of the change before: take it away first)"
type Postgres struct {
	// mode says who runs it.
	// +optional
	// +kubebuilder:default=Managed
	Mode PostgresMode `json:"mode,omitempty"`
	// acknowledgeModeChange permits the change of mode that comes with it, and no later one. The data does not move with it.
	// +optional
	AcknowledgeModeChange bool `json:"acknowledgeModeChange,omitempty"`
	// secretRef names, for External, a Secret with url (postgres://user:password@host:port/database) and optionally direct-url.
	// For Managed it may bring passwords of your own: superuser-password, owner-password, app-password.
	// +optional
	SecretRef *SecretRef `json:"secretRef,omitempty"`
	// storage of the database.
	// +optional
	// +kubebuilder:default={}
	Storage Storage `json:"storage,omitempty"`
	// resources of the database; its memory settings follow from the memory limit.
	// +optional
	Resources *corev1.ResourceRequirements `json:"resources,omitempty"`
	// parameters are further settings of postgresql.conf.
	// +optional
	// +kubebuilder:validation:MaxProperties=100
	// +kubebuilder:validation:XValidation:rule="self.all(k, k.matches('^[a-z][a-z0-9_.]*$'))",message="postgres.parameters takes names as postgresql.conf has them: lower case letters, digits, underscores and dots"
	// +kubebuilder:validation:XValidation:rule="self.all(k, !(k in ['data_directory','hba_file','ident_file','listen_addresses','port','unix_socket_directories','fsync','full_page_writes','data_checksums']))",message="postgres.parameters may not set what the operator needs or what loses data: data_directory, hba_file, ident_file, listen_addresses, port, unix_socket_directories, fsync, full_page_writes, data_checksums"
	Parameters map[string]string `json:"parameters,omitempty"`
}

// Redis holds copies.
//
// +kubebuilder:validation:XValidation:rule="self.mode != 'External' || has(self.secretRef)",message="redis.mode External needs secretRef: a Secret with url"
// +kubebuilder:validation:XValidation:rule="self.mode == oldSelf.mode || (has(self.acknowledgeModeChange) && self.acknowledgeModeChange && !(has(oldSelf.acknowledgeModeChange) && oldSelf.acknowledgeModeChange))",message="redis.mode decides where sessions are: set acknowledgeModeChange to true with the change (one that is still true is of the change before: take it away first)"
type Redis struct {
	// mode says who runs it.
	// +optional
	// +kubebuilder:default=Managed
	Mode ServiceMode `json:"mode,omitempty"`
	// acknowledgeModeChange permits the change of mode that comes with it, and no later one.
	// +optional
	AcknowledgeModeChange bool `json:"acknowledgeModeChange,omitempty"`
	// secretRef names, for External, a Secret with url (redis://user:password@host:port/db, or rediss:// for TLS). For Managed it may bring a password.
	// +optional
	SecretRef *SecretRef `json:"secretRef,omitempty"`
	// storage of the append-only file.
	// +optional
	// +kubebuilder:default={}
	Storage Storage `json:"storage,omitempty"`
	// resources of the server; it keeps three quarters of the memory limit and evicts beyond.
	// +optional
	Resources *corev1.ResourceRequirements `json:"resources,omitempty"`
}

// Typesense holds the search index.
//
// +kubebuilder:validation:XValidation:rule="self.mode != 'External' || (has(self.secretRef) && has(self.url))",message="typesense.mode External needs url and secretRef: a Secret with api-key"
// +kubebuilder:validation:XValidation:rule="!has(self.replicas) || self.replicas == 1",message="typesense.replicas above 1 do not exist yet: take 1"
type Typesense struct {
	// mode says who runs it. The index can be made anew from Postgres, so that mode may change.
	// +optional
	// +kubebuilder:default=Managed
	Mode ServiceMode `json:"mode,omitempty"`
	// url of an External one: http(s)://host:port, several nodes comma separated.
	// +optional
	// +kubebuilder:validation:MinLength=1
	// +kubebuilder:validation:MaxLength=1000
	URL string `json:"url,omitempty"`
	// secretRef names a Secret with api-key. For Managed it may bring a key of your own.
	// +optional
	SecretRef *SecretRef `json:"secretRef,omitempty"`
	// replicas of the search server: an odd number.
	// +optional
	// +kubebuilder:validation:Minimum=1
	// +kubebuilder:validation:Maximum=5
	Replicas *int32 `json:"replicas,omitempty"`
	// storage of the index.
	// +optional
	// +kubebuilder:default={}
	Storage Storage `json:"storage,omitempty"`
	// resources of the server; the index lives in memory.
	// +optional
	Resources *corev1.ResourceRequirements `json:"resources,omitempty"`
}

// ObjectStorage holds the photographs. It is modelled as S3; the managed one is MinIO, whose community edition is no longer maintained.
//
// +kubebuilder:validation:XValidation:rule="self.mode != 'External' || (has(self.secretRef) && has(self.endpoint))",message="objectStorage.mode External needs endpoint and secretRef: a Secret with access-key and secret-key"
// +kubebuilder:validation:XValidation:rule="self.mode == oldSelf.mode || (has(self.acknowledgeModeChange) && self.acknowledgeModeChange && !(has(oldSelf.acknowledgeModeChange) && oldSelf.acknowledgeModeChange))",message="objectStorage.mode decides where the photographs are: move them, then set acknowledgeModeChange to true with the change (one that is still true is of the change before: take it away first)"
type ObjectStorage struct {
	// mode says who runs it.
	// +optional
	// +kubebuilder:default=Managed
	Mode ServiceMode `json:"mode,omitempty"`
	// acknowledgeModeChange permits the change of mode that comes with it, and no later one. The photographs do not move with it.
	// +optional
	AcknowledgeModeChange bool `json:"acknowledgeModeChange,omitempty"`
	// endpoint of an External one, as API and workers reach it: http(s)://host:port.
	// +optional
	// +kubebuilder:validation:MaxLength=500
	// +kubebuilder:validation:XValidation:rule="isURL(self) && url(self).getScheme() in ['http','https']",message="objectStorage.endpoint must be an http or https address"
	Endpoint string `json:"endpoint,omitempty"`
	// region that signatures name.
	// +optional
	// +kubebuilder:default=us-east-1
	// +kubebuilder:validation:MaxLength=63
	Region string `json:"region,omitempty"`
	// publicHost is where browsers reach it; signatures name it. files.<domain> when empty, or the External endpoint's own host.
	// +optional
	// +kubebuilder:validation:MinLength=1
	// +kubebuilder:validation:MaxLength=253
	PublicHost string `json:"publicHost,omitempty"`
	// bucketPrefix starts the names of the buckets; <platform>- when empty.
	// +optional
	// +kubebuilder:validation:MinLength=1
	// +kubebuilder:validation:MaxLength=40
	BucketPrefix string `json:"bucketPrefix,omitempty"`
	// secretRef names a Secret with access-key and secret-key. For Managed it may bring the application's keys.
	// +optional
	SecretRef *SecretRef `json:"secretRef,omitempty"`
	// storage of the objects.
	// +optional
	// +kubebuilder:default={}
	Storage Storage `json:"storage,omitempty"`
	// resources of the server.
	// +optional
	Resources *corev1.ResourceRequirements `json:"resources,omitempty"`
}

// Kafka carries the events.
//
// +kubebuilder:validation:XValidation:rule="self.mode != 'Strimzi'",message="kafka.mode Strimzi does not exist yet: take Managed or External"
// +kubebuilder:validation:XValidation:rule="self.mode != 'External' || (has(self.brokers) && size(self.brokers) > 0)",message="kafka.mode External needs brokers, as host:port"
// +kubebuilder:validation:XValidation:rule="self.mode == oldSelf.mode || (has(self.acknowledgeModeChange) && self.acknowledgeModeChange && !(has(oldSelf.acknowledgeModeChange) && oldSelf.acknowledgeModeChange))",message="kafka.mode decides where events wait: let the workers catch up, then set acknowledgeModeChange to true with the change (one that is still true is of the change before: take it away first)"
// +kubebuilder:validation:XValidation:rule="!has(oldSelf.partitions) || self.partitions == oldSelf.partitions",message="kafka.partitions cannot be changed: events of one listing would move to another partition and lose their order"
type Kafka struct {
	// mode says who runs it.
	// +optional
	// +kubebuilder:default=Managed
	Mode KafkaMode `json:"mode,omitempty"`
	// acknowledgeModeChange permits the change of mode that comes with it, and no later one. Events that still wait do not move with it.
	// +optional
	AcknowledgeModeChange bool `json:"acknowledgeModeChange,omitempty"`
	// brokers of an External one, as host:port.
	// +optional
	// +kubebuilder:validation:MaxItems=50
	// +kubebuilder:validation:items:MaxLength=260
	Brokers []string `json:"brokers,omitempty"`
	// secretRef names, for External, a Secret with username and password (SASL SCRAM-SHA-512); without it nobody logs in.
	// +optional
	SecretRef *SecretRef `json:"secretRef,omitempty"`
	// tls to an External one.
	// +optional
	TLS bool `json:"tls,omitempty"`
	// partitions of each topic: the largest number of workers of one group that have work.
	// +optional
	// +kubebuilder:default=6
	// +kubebuilder:validation:Minimum=1
	// +kubebuilder:validation:Maximum=64
	Partitions int32 `json:"partitions,omitempty"`
	// storage of the log.
	// +optional
	// +kubebuilder:default={}
	Storage Storage `json:"storage,omitempty"`
	// resources of the server; its heap is half of the memory limit.
	// +optional
	Resources *corev1.ResourceRequirements `json:"resources,omitempty"`
}
