package component

import (
	"maps"

	appsv1 "k8s.io/api/apps/v1"
	corev1 "k8s.io/api/core/v1"
	policyv1 "k8s.io/api/policy/v1"
	"k8s.io/apimachinery/pkg/api/resource"
	metav1 "k8s.io/apimachinery/pkg/apis/meta/v1"
	"k8s.io/apimachinery/pkg/util/intstr"

	"github.com/rentora/rentora/api/v1alpha1"
)

// lostNode is how long a pod stays on a node that does not answer.
const lostNode = 30

// PodOptions say what is a workload's own in a pod of the form that all parts share.
type PodOptions struct {
	Part        string // the workload's name, as in Selector
	Component   string
	User        int64 // uid and gid of every container, and the group of its volumes
	Containers  []corev1.Container
	Init        []corev1.Container
	Volumes     []corev1.Volume
	Grace       int64 // seconds to stop in order; 0 means 30
	Annotations map[string]string
	Placement   v1alpha1.Pod
	Account     string // ServiceAccount; "" is the platform's own, which has no rights
	Token       bool   // mount the account's token
}

// PodTemplate gives a pod that fits the Pod Security level "restricted".
func PodTemplate(in Input, o PodOptions) corev1.PodTemplateSpec {
	grace := o.Grace
	if grace == 0 {
		grace = 30
	}
	account := o.Account
	if account == "" {
		account = Child(in.Platform, Access)
	}
	for i := range o.Init {
		harden(in, &o.Init[i])
	}
	for i := range o.Containers {
		harden(in, &o.Containers[i])
	}
	annotations := maps.Clone(o.Annotations)
	if annotations == nil && len(o.Placement.PodAnnotations) > 0 {
		annotations = map[string]string{}
	}
	for k, v := range o.Placement.PodAnnotations {
		if _, ours := annotations[k]; !ours {
			annotations[k] = v
		}
	}
	return corev1.PodTemplateSpec{
		ObjectMeta: metav1.ObjectMeta{Labels: Labels(in.Platform, o.Component, o.Part), Annotations: annotations},
		Spec: corev1.PodSpec{
			InitContainers: o.Init, Containers: o.Containers, Volumes: o.Volumes,
			TerminationGracePeriodSeconds: &grace,
			ServiceAccountName:            account,
			AutomountServiceAccountToken:  ptr(o.Token),
			EnableServiceLinks:            ptr(false),
			ImagePullSecrets:              pullSecrets(in.Platform),
			NodeSelector:                  o.Placement.NodeSelector,
			PriorityClassName:             o.Placement.PriorityClassName,
			Tolerations:                   append(lostNodes(), o.Placement.Tolerations...),
			TopologySpreadConstraints:     spread(in, o.Part),
			SecurityContext: &corev1.PodSecurityContext{
				RunAsNonRoot: ptr(true), RunAsUser: &o.User, RunAsGroup: &o.User, FSGroup: &o.User,
				FSGroupChangePolicy: ptr(corev1.FSGroupChangeOnRootMismatch),
				SeccompProfile:      &corev1.SeccompProfile{Type: corev1.SeccompProfileTypeRuntimeDefault},
			},
		},
	}
}

func harden(in Input, c *corev1.Container) {
	c.ImagePullPolicy = in.Platform.Spec.Images.PullPolicy
	c.TerminationMessagePolicy = corev1.TerminationMessageFallbackToLogsOnError
	c.SecurityContext = &corev1.SecurityContext{
		AllowPrivilegeEscalation: ptr(false), ReadOnlyRootFilesystem: ptr(true),
		Capabilities: &corev1.Capabilities{Drop: []corev1.Capability{"ALL"}},
	}
}

func pullSecrets(p *v1alpha1.RentoraPlatform) (refs []corev1.LocalObjectReference) {
	for _, s := range p.Spec.Images.PullSecrets {
		refs = append(refs, corev1.LocalObjectReference{Name: s.Name})
	}
	return refs
}

func lostNodes() (t []corev1.Toleration) {
	for _, key := range []string{corev1.TaintNodeNotReady, corev1.TaintNodeUnreachable} {
		t = append(t, corev1.Toleration{Key: key, Operator: corev1.TolerationOpExists, Effect: corev1.TaintEffectNoExecute, TolerationSeconds: ptr[int64](lostNode)})
	}
	return t
}

func spread(in Input, part string) []corev1.TopologySpreadConstraint {
	return []corev1.TopologySpreadConstraint{{
		MaxSkew: 1, TopologyKey: corev1.LabelHostname, WhenUnsatisfiable: in.Settings.Spread,
		LabelSelector: &metav1.LabelSelector{MatchLabels: Selector(in.Platform, part)},
	}}
}

// Stateful gives the StatefulSet of a data service with one volume called "data".
func Stateful(in Input, o PodOptions, d Data, replicas int32) *appsv1.StatefulSet {
	meta := Meta(in.Platform, o.Component, o.Part)
	return &appsv1.StatefulSet{
		TypeMeta:   metav1.TypeMeta{APIVersion: "apps/v1", Kind: "StatefulSet"},
		ObjectMeta: meta,
		Spec: appsv1.StatefulSetSpec{
			ServiceName: Child(in.Platform, o.Part), Replicas: &replicas,
			Selector:            &metav1.LabelSelector{MatchLabels: Selector(in.Platform, o.Part)},
			PodManagementPolicy: appsv1.ParallelPodManagement,
			Template:            PodTemplate(in, o),
			VolumeClaimTemplates: []corev1.PersistentVolumeClaim{{
				ObjectMeta: metav1.ObjectMeta{Name: DataVolume, Labels: Labels(in.Platform, o.Component, o.Part)},
				Spec: corev1.PersistentVolumeClaimSpec{
					AccessModes:      []corev1.PersistentVolumeAccessMode{corev1.ReadWriteOnce},
					StorageClassName: d.StorageClass,
					Resources:        corev1.VolumeResourceRequirements{Requests: corev1.ResourceList{corev1.ResourceStorage: d.Size}},
				},
			}},
		},
	}
}

// DataVolume is the name of a data service's volume in its pod.
const DataVolume = "data"

// Stateless gives a Deployment. Replicas are left out when something else decides them.
func Stateless(in Input, o PodOptions, w Workload) *appsv1.Deployment {
	return &appsv1.Deployment{
		TypeMeta:   metav1.TypeMeta{APIVersion: "apps/v1", Kind: "Deployment"},
		ObjectMeta: Meta(in.Platform, o.Component, o.Part),
		Spec: appsv1.DeploymentSpec{
			Replicas:             w.Replicas,
			RevisionHistoryLimit: ptr[int32](3),
			Selector:             &metav1.LabelSelector{MatchLabels: Selector(in.Platform, o.Part)},
			Strategy: appsv1.DeploymentStrategy{Type: appsv1.RollingUpdateDeploymentStrategyType, RollingUpdate: &appsv1.RollingUpdateDeployment{
				MaxUnavailable: ptr(intstr.FromInt32(0)), MaxSurge: ptr(intstr.FromInt32(1)),
			}},
			ProgressDeadlineSeconds: ptr[int32](300),
			Template:                PodTemplate(in, o),
		},
	}
}

// Budget gives a PodDisruptionBudget that lets one pod go at a time. For a single pod this means that a drain may move it:
// one that forbade it would block every drain for ever. A pod that is not ready may always go: it serves nobody.
func Budget(in Input, component, part string) *policyv1.PodDisruptionBudget {
	return &policyv1.PodDisruptionBudget{
		TypeMeta:   metav1.TypeMeta{APIVersion: "policy/v1", Kind: "PodDisruptionBudget"},
		ObjectMeta: Meta(in.Platform, component, part),
		Spec: policyv1.PodDisruptionBudgetSpec{
			MaxUnavailable:             ptr(intstr.FromInt32(1)),
			UnhealthyPodEvictionPolicy: ptr(policyv1.AlwaysAllow),
			Selector:                   &metav1.LabelSelector{MatchLabels: Selector(in.Platform, part)},
		},
	}
}

// ServicePort is a named port of a Service.
type ServicePort struct {
	Name string
	Port int32
}

// Service gives the address of a part. A headless one resolves to the pods themselves, ready or not: its clients are the
// pods' own processes, which must find each other before they are ready.
func Service(in Input, component, part string, headless bool, ports ...ServicePort) *corev1.Service {
	s := &corev1.Service{
		TypeMeta:   metav1.TypeMeta{APIVersion: "v1", Kind: "Service"},
		ObjectMeta: Meta(in.Platform, component, part),
		Spec:       corev1.ServiceSpec{Type: corev1.ServiceTypeClusterIP, Selector: Selector(in.Platform, part)},
	}
	if headless {
		s.Spec.ClusterIP, s.Spec.PublishNotReadyAddresses = corev1.ClusterIPNone, true
	}
	for _, p := range ports {
		s.Spec.Ports = append(s.Spec.Ports, corev1.ServicePort{Name: p.Name, Port: p.Port, Protocol: corev1.ProtocolTCP, TargetPort: intstr.FromInt32(p.Port)})
	}
	return s
}

// ConfigMap gives files.
func ConfigMap(in Input, component, part string, files map[string]string) *corev1.ConfigMap {
	return &corev1.ConfigMap{
		TypeMeta:   metav1.TypeMeta{APIVersion: "v1", Kind: "ConfigMap"},
		ObjectMeta: Meta(in.Platform, component, part), Data: files,
	}
}

// TCP gives a probe that opens a port; HTTP one that asks; Exec one that runs a program in the container. All are asked every
// period seconds and give up after failures in a row.
func TCP(port int32, period, failures int32) *corev1.Probe {
	return probe(corev1.ProbeHandler{TCPSocket: &corev1.TCPSocketAction{Port: intstr.FromInt32(port)}}, period, failures)
}

// HTTP see TCP.
func HTTP(path string, port int32, period, failures int32) *corev1.Probe {
	return probe(corev1.ProbeHandler{HTTPGet: &corev1.HTTPGetAction{Path: path, Port: intstr.FromInt32(port), Scheme: corev1.URISchemeHTTP}}, period, failures)
}

// Exec see TCP.
func Exec(period, failures int32, command ...string) *corev1.Probe {
	return probe(corev1.ProbeHandler{Exec: &corev1.ExecAction{Command: command}}, period, failures)
}

func probe(h corev1.ProbeHandler, period, failures int32) *corev1.Probe {
	return &corev1.Probe{ProbeHandler: h, PeriodSeconds: period, FailureThreshold: failures, TimeoutSeconds: 3, SuccessThreshold: 1}
}

// EmptyDir gives a volume that lives with its pod, of a bounded size.
func EmptyDir(name, limit string) corev1.Volume {
	return corev1.Volume{Name: name, VolumeSource: corev1.VolumeSource{EmptyDir: &corev1.EmptyDirVolumeSource{SizeLimit: ptr(resource.MustParse(limit))}}}
}

// FromConfig gives a volume of a ConfigMap's files, FromSecret of a Secret's.
func FromConfig(name, configMap string) corev1.Volume {
	return corev1.Volume{Name: name, VolumeSource: corev1.VolumeSource{ConfigMap: &corev1.ConfigMapVolumeSource{LocalObjectReference: corev1.LocalObjectReference{Name: configMap}, DefaultMode: ptr[int32](0o444)}}}
}

// FromSecret see FromConfig. The files can be read by the pod's group alone.
func FromSecret(name, secret string) corev1.Volume {
	return corev1.Volume{Name: name, VolumeSource: corev1.VolumeSource{Secret: &corev1.SecretVolumeSource{SecretName: secret, DefaultMode: ptr[int32](0o440)}}}
}
