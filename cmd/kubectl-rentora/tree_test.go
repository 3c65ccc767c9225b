package main

import (
	"flag"
	"os"
	"path/filepath"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"
	corev1 "k8s.io/api/core/v1"
	metav1 "k8s.io/apimachinery/pkg/apis/meta/v1"

	"github.com/rentora/rentora/api/v1alpha1"
	"github.com/rentora/rentora/controllers/component"
)

var update = flag.Bool("update", false, "write the trees instead of comparing them")

func TestTree(t *testing.T) {
	t.Parallel()
	coloured := broken()
	for name, c := range map[string]struct {
		view     *view
		coloured bool
	}{
		"ready":    {view: healthy()},
		"broken":   {view: broken()},
		"coloured": {view: coloured, coloured: true},
		"fresh":    {view: &view{platform: stay()}},
		"stale":    {view: stale()},
		"paused":   {view: paused()},
		"deleting": {view: deleting()},
		"partly":   {view: partly()},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			got, path := tree(c.view, painter(c.coloured)), filepath.Join("testdata", name+".txt")
			if *update {
				if err := os.WriteFile(path, []byte(got), 0o644); err != nil {
					t.Fatal(err)
				}
				return
			}
			want, err := os.ReadFile(path)
			if err != nil {
				t.Fatalf("%v (go test -update writes it)", err)
			}
			if diff := cmp.Diff(string(want), got); diff != "" {
				t.Errorf("%s differs (-committed +drawn); go test -update writes it:\n%s", path, diff)
			}
		})
	}
}

func stay() *v1alpha1.RentoraPlatform {
	return &v1alpha1.RentoraPlatform{ObjectMeta: metav1.ObjectMeta{Name: "stay", Namespace: "rentals", Generation: 3}}
}

// observed is a platform as the operator tells it.
func observed(ready metav1.ConditionStatus, message string, components ...v1alpha1.ComponentStatus) *v1alpha1.RentoraPlatform {
	p := stay()
	p.Status = v1alpha1.RentoraPlatformStatus{
		ObservedGeneration: 3, Components: components,
		Conditions: []metav1.Condition{{Type: v1alpha1.ReadyCondition, Status: ready, Message: message}},
		Version:    v1alpha1.VersionStatus{Current: "1.0.0", Target: "1.0.0"},
		Endpoints:  v1alpha1.Endpoints{URL: "https://rentora.example.com"},
	}
	return p
}

func says(name string, state component.State, message string) v1alpha1.ComponentStatus {
	return v1alpha1.ComponentStatus{Name: name, State: string(state), Message: message}
}

func healthy() *view {
	return &view{
		platform: observed(metav1.ConditionTrue, "Everything runs.",
			says("access", component.IsReady, "access is in place."),
			says("postgres", component.IsReady, "postgres runs (1 of 1)."),
			says("redis", component.IsExternal, "my-redis names a Redis that somebody else runs."),
			says("migrate", component.IsReady, "The schema is at 1.0.0."),
			says("workers", component.IsReady, "5 groups run."),
			says("monitoring", component.IsOff, "monitoring.mode is None.")),
		workloads: map[string][]workload{
			"postgres": {{kind: "statefulset", name: "stay-postgres", ready: 1, desired: 1}},
			"migrate":  {{kind: "job", name: "stay-migrate-0123abcd", ready: 1, desired: 1}},
			"workers":  {{kind: "deployment", name: "stay-worker-media", ready: 2, desired: 2}, {kind: "deployment", name: "stay-worker-notify", ready: 1, desired: 1}},
		},
	}
}

func broken() *view {
	v := &view{platform: observed(metav1.ConditionFalse, "typesense: the image typesense/typesense:31 of stay-typesense-0 cannot be pulled: not found",
		says("postgres", component.IsProgressing, "postgres: stay-postgres-0 is starting."),
		says("typesense", component.IsFailed, "typesense: the image typesense/typesense:31 of stay-typesense-0 cannot be pulled: not found"),
		says("migrate", component.IsWaiting, "Waits for postgres and typesense.")), workloads: map[string][]workload{}}
	v.platform.Status.Version.Target = "1.1.0"
	one := int32(1)
	pods := []corev1.Pod{
		pod("stay-typesense-0", "typesense", corev1.ContainerStatus{Name: "typesense", Image: "typesense/typesense:31", State: corev1.ContainerState{
			Waiting: &corev1.ContainerStateWaiting{Reason: "ImagePullBackOff", Message: "not found"}}}),
		pod("stay-postgres-0", "postgres"),
		pod("stay-api-6d8f-x2x4q", "api", corev1.ContainerStatus{Name: "server", RestartCount: 7, State: corev1.ContainerState{
			Waiting: &corev1.ContainerStateWaiting{Reason: "CrashLoopBackOff"}}, LastTerminationState: corev1.ContainerState{
			Terminated: &corev1.ContainerStateTerminated{ExitCode: 1, Message: "dial tcp: lookup stay-redis.rentals.svc: no such \x1b[31mhost\n"}}}),
	}
	v.add(owner("stay-typesense", "typesense", "typesense"), "statefulset", 0, &one, pods)
	v.add(owner("stay-postgres", "postgres", "postgres"), "statefulset", 0, &one, pods)
	three := int32(3)
	v.add(owner("stay-api", "api", "api"), "deployment", 2, &three, pods) // the operator has not told of it yet
	return v
}

func stale() *view {
	v := healthy()
	v.platform.Generation = 4
	return v
}

func paused() *view {
	v := healthy()
	v.platform.Spec.Paused = true
	return v
}

func deleting() *view {
	v := healthy()
	v.platform.DeletionTimestamp = &metav1.Time{Time: time.Unix(0, 0)}
	v.platform.Status.Conditions[0].Status, v.platform.Status.Conditions[0].Message = metav1.ConditionFalse, "The platform is being taken down."
	return v
}

func partly() *view {
	v := healthy()
	v.workloads, v.unseen = nil, []string{"deployments", "pods"}
	return v
}

func owner(name, of, part string) *corev1.Pod {
	return &corev1.Pod{ObjectMeta: metav1.ObjectMeta{Name: name, Labels: map[string]string{component.LabelComponent: of, component.LabelName: part}}}
}

func pod(name, part string, containers ...corev1.ContainerStatus) corev1.Pod {
	p := *owner(name, part, part)
	p.Status = corev1.PodStatus{Phase: corev1.PodPending, ContainerStatuses: containers}
	return p
}
