package component

import (
	"fmt"
	"maps"
	"slices"
	"strings"

	appsv1 "k8s.io/api/apps/v1"
	corev1 "k8s.io/api/core/v1"
	networkingv1 "k8s.io/api/networking/v1"
	"k8s.io/apimachinery/pkg/api/resource"
	metav1 "k8s.io/apimachinery/pkg/apis/meta/v1"

	"github.com/rentora/rentora/api/v1alpha1"
)

// prometheus is the part that reads everybody's metrics.
const prometheus = "prometheus"

// Memory gives the bytes that a container may count on: its limit, else its request, else the amount given.
func Memory(r corev1.ResourceRequirements, otherwise string) int64 {
	for _, list := range []corev1.ResourceList{r.Limits, r.Requests} {
		if m, ok := list[corev1.ResourceMemory]; ok && !m.IsZero() {
			return m.Value()
		}
	}
	m := resource.MustParse(otherwise)
	return m.Value()
}

// Connections that a Postgres of ours allows, unless the spec says another number.
func Connections(d Data) int {
	return int(min(max(Memory(d.Resources, "512Mi")/(8<<20), 200), 1000))
}

// Servers are the parts that run the server's image. All of them use all data services.
func Servers() []string {
	parts := []string{API, Jobs, Migrate}
	for _, group := range v1alpha1.WorkerGroups {
		parts = append(parts, "worker-"+string(group))
	}
	return parts
}

// Guard gives the NetworkPolicy of a data service: the server's parts reach its port and Prometheus its metrics, beside whom
// else it names. Nothing goes out of it.
func Guard(in Input, part string, port int32, metrics []int32, more ...Edge) *networkingv1.NetworkPolicy {
	edges := []Edge{
		{Peers: Parts(in.Platform, Servers()...), Ports: []int32{port}},
		{Peers: Parts(in.Platform, prometheus), Ports: metrics},
	}
	return Policy(in, part, part, append(edges, more...), nil)
}

// Grown gives the settings with the sizes that the platform's volumes have where these are larger: a smaller profile makes no
// volume smaller.
func Grown(p *v1alpha1.RentoraPlatform, s Settings, observed map[string]Observed) Settings {
	for _, d := range []struct {
		component, part string
		data            *Data
	}{
		{Postgres, Postgres, &s.Postgres}, {Redis, Redis, &s.Redis}, {Typesense, Typesense, &s.Typesense},
		{Objects, Objects, &s.Objects}, {Kafka, Kafka, &s.Kafka}, {Monitoring, prometheus, &s.Prometheus},
	} {
		o := observed[d.component]
		claims := slices.Collect(maps.Values(o.Claims))
		if set := o.StatefulSets[Child(p, d.part)]; set != nil {
			for i := range set.Spec.VolumeClaimTemplates {
				claims = append(claims, &set.Spec.VolumeClaimTemplates[i])
			}
		}
		for _, c := range claims {
			size := c.Spec.Resources.Requests[corev1.ResourceStorage]
			if c.Labels[LabelName] == d.part && size.Cmp(d.data.Size) > 0 {
				d.data.Size = size.DeepCopy()
			}
		}
	}
	return s
}

// Grow gives the steps by which a data service comes to larger volumes: the claims get the new size, and the StatefulSet is
// made anew around its pods, because the size in it cannot be changed. Volumes never become smaller.
func Grow(in Input, o Observed, part string, d Data) (steps []Action) {
	for _, name := range slices.Sorted(maps.Keys(o.Claims)) {
		claim := o.Claims[name]
		size := claim.Spec.Resources.Requests[corev1.ResourceStorage]
		if claim.Labels[LabelName] == part && size.Cmp(d.Size) < 0 {
			steps = append(steps, Action{
				Name: fmt.Sprintf("The volume %s grows from %s to %s.", name, size.String(), d.Size.String()), Kind: Expand,
				Object: &corev1.PersistentVolumeClaim{
					TypeMeta:   metav1.TypeMeta{APIVersion: "v1", Kind: "PersistentVolumeClaim"},
					ObjectMeta: metav1.ObjectMeta{Name: name, Namespace: claim.Namespace},
					Spec:       corev1.PersistentVolumeClaimSpec{Resources: corev1.VolumeResourceRequirements{Requests: corev1.ResourceList{corev1.ResourceStorage: d.Size}}},
				},
			})
		}
	}
	if set := o.StatefulSets[Child(in.Platform, part)]; set != nil && set.DeletionTimestamp == nil && outgrown(set, d) {
		steps = append(steps, Action{
			Name: fmt.Sprintf("The StatefulSet %s is made anew around its pods, with volumes of %s.", set.Name, d.Size.String()), Kind: Orphan,
			Object: &appsv1.StatefulSet{
				TypeMeta:   metav1.TypeMeta{APIVersion: "apps/v1", Kind: "StatefulSet"},
				ObjectMeta: metav1.ObjectMeta{Name: set.Name, Namespace: set.Namespace},
			},
		})
	}
	return steps
}

func outgrown(set *appsv1.StatefulSet, d Data) bool {
	for _, claim := range set.Spec.VolumeClaimTemplates {
		size := claim.Spec.Resources.Requests[corev1.ResourceStorage]
		if claim.Name == DataVolume && size.Cmp(d.Size) != 0 {
			return true
		}
	}
	return false
}

// JudgeData judges a data service: its StatefulSet, and the volume that its pod may be waiting for.
func JudgeData(in Input, o Observed, part string) Readiness {
	r := JudgeStateful(in, o, part)
	// A volume that is made when its pod has a node is no cause while the pod has other reasons to have none.
	if r.Ready() || r.Reason != v1alpha1.ReasonProgressing && !strings.Contains(r.Message, "PersistentVolumeClaim") {
		return r
	}
	for _, name := range slices.Sorted(maps.Keys(o.Claims)) {
		if claim := o.Claims[name]; claim.Labels[LabelName] == part && claim.Status.Phase == corev1.ClaimPending {
			return Underway(v1alpha1.ReasonVolumePending, "%s waits for its volume: the claim %s is not bound yet%s.", part, name, class(claim))
		}
	}
	return r
}

func class(claim *corev1.PersistentVolumeClaim) string {
	if c := claim.Spec.StorageClassName; c != nil && *c != "" {
		return " (storage class " + *c + ")"
	}
	return ""
}

// HashFiles gives a short hash of a ConfigMap's files, for the annotation of the pods that read them.
func HashFiles(files map[string]string) string {
	var texts []string
	for _, name := range slices.Sorted(maps.Keys(files)) {
		texts = append(texts, name, files[name])
	}
	return Hash(texts...)
}
