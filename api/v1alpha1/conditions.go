package v1alpha1

// Conditions of a platform, after kstatus: Ready says whether all of it works, Reconciling that the operator is at it,
// Stalled that it cannot go on without somebody.
const (
	ReadyCondition       = "Ready"
	ReconcilingCondition = "Reconciling"
	StalledCondition     = "Stalled"
	PausedCondition      = "Paused"
	AvailableHA          = "HighlyAvailable" // only with profile ha: False while a part is single
)

// Reasons of conditions. Each stands with a sentence that says more.
const (
	ReasonReady              = "Ready"              // every component is ready
	ReasonProgressing        = "Progressing"        // a component is on its way
	ReasonWaiting            = "Waiting"            // a component waits for another one
	ReasonExternal           = "External"           // somebody else runs the component
	ReasonCrashLooping       = "CrashLooping"       // a container ends again and again
	ReasonImagePull          = "ImagePull"          // an image cannot be pulled
	ReasonUnschedulable      = "Unschedulable"      // no node takes a pod
	ReasonQuotaExceeded      = "QuotaExceeded"      // a quota or a policy forbids a pod
	ReasonVolumePending      = "VolumePending"      // a volume is not there yet
	ReasonNotReady           = "NotReady"           // a pod runs but says that it is not ready
	ReasonMigrationRunning   = "MigrationRunning"   // the schema is on its way to the target version
	ReasonMigrationFailed    = "MigrationFailed"    // the old version goes on serving
	ReasonSecretMissing      = "SecretMissing"      // a Secret that the spec names does not exist or lacks a key
	ReasonCRDMissing         = "CRDMissing"         // the spec asks for a resource that the cluster does not know
	ReasonDowngradeBlocked   = "DowngradeBlocked"   // newer migrations were applied
	ReasonApplyFailed        = "ApplyFailed"        // the API server refused an object
	ReasonDeleting           = "Deleting"           // the platform is being taken down
	ReasonPaused             = "Paused"             // spec.paused is true
	ReasonNotPaused          = "NotPaused"          // the operator acts
	ReasonNotHighlyAvailable = "NotHighlyAvailable" // profile ha, but a part is single
	ReasonHighlyAvailable    = "HighlyAvailable"    // nothing is single
	ReasonDone               = "Done"               // nothing to do
)
