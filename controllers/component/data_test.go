package component

import (
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"
	appsv1 "k8s.io/api/apps/v1"
	corev1 "k8s.io/api/core/v1"
	"k8s.io/apimachinery/pkg/api/resource"
	metav1 "k8s.io/apimachinery/pkg/apis/meta/v1"

	"github.com/rentora/rentora/api/v1alpha1"
)

func claim(name, part, size string, phase corev1.PersistentVolumeClaimPhase) *corev1.PersistentVolumeClaim {
	c := &corev1.PersistentVolumeClaim{ObjectMeta: metav1.ObjectMeta{Name: name, Namespace: "rentals", Labels: map[string]string{LabelName: part}}}
	c.Spec.Resources.Requests = corev1.ResourceList{corev1.ResourceStorage: resource.MustParse(size)}
	c.Spec.StorageClassName, c.Status.Phase = ptr("fast"), phase
	return c
}

func observedData(size string, claims ...*corev1.PersistentVolumeClaim) Observed {
	set := &appsv1.StatefulSet{ObjectMeta: metav1.ObjectMeta{Name: "stay-postgres", Namespace: "rentals"}}
	template := *claim(DataVolume, Postgres, size, "")
	set.Spec.VolumeClaimTemplates = []corev1.PersistentVolumeClaim{template}
	o := Observed{StatefulSets: map[string]*appsv1.StatefulSet{set.Name: set}, Claims: map[string]*corev1.PersistentVolumeClaim{}}
	for _, c := range claims {
		o.Claims[c.Name] = c
	}
	return o
}

func stay() Input {
	return Input{Platform: &v1alpha1.RentoraPlatform{ObjectMeta: metav1.ObjectMeta{Name: "stay", Namespace: "rentals"}}}
}

// TestGrow wants claims to grow and never to shrink, and the StatefulSet to be made anew whenever its size is another one.
func TestGrow(t *testing.T) {
	t.Parallel()
	for name, c := range map[string]struct {
		o    Observed
		want []string
	}{
		"nothing yet":     {Observed{}, nil},
		"as wanted":       {observedData("20Gi", claim("data-stay-postgres-0", Postgres, "20Gi", corev1.ClaimBound)), nil},
		"written another": {observedData("20480Mi", claim("data-stay-postgres-0", Postgres, "20480Mi", corev1.ClaimBound)), nil},
		"too small": {observedData("5Gi", claim("data-stay-postgres-0", Postgres, "5Gi", corev1.ClaimBound), claim("data-stay-redis-0", Redis, "1Gi", corev1.ClaimBound)),
			[]string{"Expand data-stay-postgres-0 20Gi", "Orphan stay-postgres 0"}},
		"half way":  {observedData("5Gi", claim("data-stay-postgres-0", Postgres, "20Gi", corev1.ClaimBound)), []string{"Orphan stay-postgres 0"}},
		"too large": {observedData("50Gi", claim("data-stay-postgres-0", Postgres, "50Gi", corev1.ClaimBound)), []string{"Orphan stay-postgres 0"}},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			var got []string
			for _, a := range Grow(stay(), c.o, Postgres, Data{Size: resource.MustParse("20Gi")}) {
				size := resource.Quantity{}
				if p, ok := a.Object.(*corev1.PersistentVolumeClaim); ok {
					size = p.Spec.Resources.Requests[corev1.ResourceStorage]
				}
				got = append(got, string(a.Kind)+" "+a.Object.GetName()+" "+size.String())
				if a.Disruptive || a.Object.GetNamespace() != "rentals" || a.Object.GetObjectKind().GroupVersionKind().Kind == "" || !strings.HasSuffix(a.Name, ".") {
					t.Errorf("the action is %+v", a)
				}
			}
			if diff := cmp.Diff(c.want, got); diff != "" {
				t.Errorf("(-want +got)\n%s", diff)
			}
		})
	}
}

func TestJudgeData(t *testing.T) {
	t.Parallel()
	unschedulable := func(why string) *corev1.Pod {
		p := &corev1.Pod{ObjectMeta: metav1.ObjectMeta{Name: "stay-postgres-0"}}
		p.Status.Conditions = []corev1.PodCondition{{Type: corev1.PodScheduled, Status: corev1.ConditionFalse, Reason: corev1.PodReasonUnschedulable, Message: why}}
		return p
	}
	pending := claim("data-stay-postgres-0", Postgres, "20Gi", corev1.ClaimPending)
	waits := "postgres waits for its volume: the claim data-stay-postgres-0 is not bound yet (storage class fast)."
	for name, c := range map[string]struct {
		pod    *corev1.Pod
		claims []*corev1.PersistentVolumeClaim
		reason string
		says   string
	}{
		"starts":             {nil, []*corev1.PersistentVolumeClaim{claim("data-stay-postgres-0", Postgres, "20Gi", corev1.ClaimBound)}, v1alpha1.ReasonProgressing, "postgres: 0 of 1 pods are ready."},
		"no volume":          {nil, []*corev1.PersistentVolumeClaim{pending}, v1alpha1.ReasonVolumePending, waits},
		"no volume, no node": {unschedulable("pod has unbound immediate PersistentVolumeClaims."), []*corev1.PersistentVolumeClaim{pending}, v1alpha1.ReasonVolumePending, waits},
		"no node":            {unschedulable("2 Insufficient memory."), []*corev1.PersistentVolumeClaim{pending}, v1alpha1.ReasonUnschedulable, "postgres: no node takes stay-postgres-0: 2 Insufficient memory."},
		"somebody else's":    {nil, []*corev1.PersistentVolumeClaim{claim("data-stay-redis-0", Redis, "1Gi", corev1.ClaimPending)}, v1alpha1.ReasonProgressing, "postgres: 0 of 1 pods are ready."},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			o := observedData("20Gi", c.claims...)
			if c.pod != nil {
				o.Pods = map[string][]*corev1.Pod{Postgres: {c.pod}}
			}
			if got := JudgeData(stay(), o, Postgres); got.Reason != c.reason || got.Message != c.says {
				t.Errorf("%s: %s", got.Reason, got.Message)
			}
		})
	}
}

func TestMemory(t *testing.T) {
	t.Parallel()
	list := func(m string) corev1.ResourceList {
		return corev1.ResourceList{corev1.ResourceMemory: resource.MustParse(m)}
	}
	for name, c := range map[string]struct {
		r    corev1.ResourceRequirements
		want int64
	}{
		"limit":   {corev1.ResourceRequirements{Limits: list("2Gi"), Requests: list("1Gi")}, 2 << 30},
		"request": {corev1.ResourceRequirements{Requests: list("1Gi")}, 1 << 30},
		"zero":    {corev1.ResourceRequirements{Limits: list("0")}, 512 << 20},
		"nothing": {corev1.ResourceRequirements{}, 512 << 20},
	} {
		if got := Memory(c.r, "512Mi"); got != c.want {
			t.Errorf("%s: %d, not %d", name, got, c.want)
		}
	}
}

// TestGuard wants the server's parts to reach the service and Prometheus its metrics, and nothing to go out.
func TestGuard(t *testing.T) {
	t.Parallel()
	policy := Guard(stay(), Postgres, PortPostgres, []int32{PortMeasure})
	if n := len(policy.Spec.Egress); n != 0 || len(policy.Spec.PolicyTypes) != 2 {
		t.Errorf("%d ways out, of %v", n, policy.Spec.PolicyTypes)
	}
	if diff := cmp.Diff([]string{"api", "jobs", "migrate", "worker-cache", "worker-media", "worker-notify", "worker-numbers", "worker-search"},
		policy.Spec.Ingress[0].From[0].PodSelector.MatchExpressions[0].Values); diff != "" {
		t.Errorf("(-want +got)\n%s", diff)
	}
	if got := policy.Spec.Ingress[1].Ports[0].Port.IntValue(); got != PortMeasure {
		t.Errorf("Prometheus reaches %d", got)
	}
}

// TestGrown wants the size of the largest volume, of the part's own alone.
func TestGrown(t *testing.T) {
	t.Parallel()
	for name, c := range map[string]struct {
		o    Observed
		want string
	}{
		"nothing yet":       {Observed{}, "2Gi"},
		"as large":          {observedData("2Gi", claim("data-stay-postgres-0", Postgres, "2048Mi", corev1.ClaimBound)), "2Gi"},
		"smaller":           {observedData("1Gi", claim("data-stay-postgres-0", Postgres, "1Gi", corev1.ClaimBound)), "2Gi"},
		"a larger claim":    {observedData("2Gi", claim("data-stay-postgres-0", Postgres, "20Gi", corev1.ClaimBound)), "20Gi"},
		"a larger set":      {observedData("20Gi"), "20Gi"},
		"somebody else's":   {observedData("2Gi", claim("data-stay-postgres-0", "backup", "50Gi", corev1.ClaimBound)), "2Gi"},
		"one of two larger": {observedData("2Gi", claim("data-stay-postgres-0", Postgres, "3Gi", corev1.ClaimBound), claim("data-stay-postgres-1", Postgres, "4Gi", corev1.ClaimBound)), "4Gi"},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			before := Settings{Postgres: Data{Size: resource.MustParse("2Gi")}, Redis: Data{Size: resource.MustParse("1Gi")}}
			after := Grown(stay().Platform, before, map[string]Observed{Postgres: c.o, Redis: {}})
			if got := after.Postgres.Size.String(); got != c.want || after.Redis.Size.String() != "1Gi" || before.Postgres.Size.String() != "2Gi" {
				t.Errorf("the volume has %s, not %s; Redis has %s", got, c.want, after.Redis.Size.String())
			}
		})
	}
}
