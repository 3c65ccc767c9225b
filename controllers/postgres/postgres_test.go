package postgres

import (
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"
	appsv1 "k8s.io/api/apps/v1"
	corev1 "k8s.io/api/core/v1"
	"k8s.io/apimachinery/pkg/api/resource"

	"github.com/rentora/rentora/api/v1alpha1"
	"github.com/rentora/rentora/controllers/component"
	"github.com/rentora/rentora/controllers/golden"
)

func TestGolden(t *testing.T) {
	t.Parallel()
	golden.Check(t, New())
}

func TestSizes(t *testing.T) {
	t.Parallel()
	memory := func(list string) corev1.ResourceList {
		return corev1.ResourceList{corev1.ResourceMemory: resource.MustParse(list)}
	}
	for name, c := range map[string]struct {
		resources corev1.ResourceRequirements
		disk      string
		want      map[string]string
	}{
		"small": {corev1.ResourceRequirements{Limits: memory("512Mi")}, "2Gi", map[string]string{
			"shared_buffers": "128MB", "effective_cache_size": "307MB", "work_mem": "4096kB", "maintenance_work_mem": "32MB",
			"max_connections": "200", "max_wal_size": "256MB", "min_wal_size": "80MB", "max_slot_wal_keep_size": "512MB"}},
		"large": {corev1.ResourceRequirements{Limits: memory("64Gi")}, "1Ti", map[string]string{
			"shared_buffers": "16384MB", "effective_cache_size": "39321MB", "work_mem": "65536kB", "maintenance_work_mem": "1024MB",
			"max_connections": "1000", "max_wal_size": "4096MB", "min_wal_size": "1024MB", "max_slot_wal_keep_size": "65536MB"}},
		"the limit counts": {corev1.ResourceRequirements{Requests: memory("1Gi"), Limits: memory("4Gi")}, "20Gi", map[string]string{"shared_buffers": "1024MB"}},
		"a request alone":  {corev1.ResourceRequirements{Requests: memory("1Gi")}, "20Gi", map[string]string{"shared_buffers": "256MB"}},
		"nothing":          {corev1.ResourceRequirements{}, "20Gi", map[string]string{"shared_buffers": "128MB"}},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			got := settings(sizes(component.Data{Size: resource.MustParse(c.disk), Resources: c.resources}))
			for name, want := range c.want {
				if got[name] != want {
					t.Errorf("%s is %s, not %s", name, got[name], want)
				}
			}
		})
	}
}

func settings(text string) map[string]string {
	all := map[string]string{}
	for line := range strings.Lines(text) {
		if name, value, ok := strings.Cut(strings.TrimSpace(line), " = "); ok {
			all[name] = value
		}
	}
	return all
}

// TestParameters wants the spec's to come last, in one order, and to end no line of their own.
func TestParameters(t *testing.T) {
	t.Parallel()
	got := given(map[string]string{"work_mem": "64MB", "application_name": "it's\nport = 1", "a.b": `c:\d`})
	want := "\n# From spec.postgres.parameters.\na.b = 'c:\\\\d'\napplication_name = 'it''s\\nport = 1'\nwork_mem = '64MB'\n"
	if diff := cmp.Diff(want, got); diff != "" {
		t.Errorf("(-want +got)\n%s", diff)
	}
	platform := golden.Platform(v1alpha1.Dev)
	platform.Spec.Postgres.Parameters = map[string]string{"shared_buffers": "1GB"}
	if got := settings(files(golden.Input(platform))["postgresql.conf"])["shared_buffers"]; got != "'1GB'" {
		t.Errorf("shared_buffers is %s", got)
	}
}

// TestRolls wants a new password or setting to roll the pod, and nothing else to.
func TestRolls(t *testing.T) {
	t.Parallel()
	annotations := func(change func(*component.Input)) map[string]string {
		in := golden.Input(golden.Platform(v1alpha1.Standard))
		change(&in)
		return pod(in).Annotations
	}
	before := annotations(func(*component.Input) {})
	secret := annotations(func(in *component.Input) {
		in.Secrets[component.PostgresAuth].Data["app-password"] = []byte("another")
	})
	setting := annotations(func(in *component.Input) {
		in.Platform.Spec.Postgres.Parameters = map[string]string{"work_mem": "1MB"}
	})
	other := annotations(func(in *component.Input) {
		in.Secrets[component.RedisAuth].Data["password"] = []byte("another")
		in.Platform.Spec.Kafka.Partitions = 12
	})
	if before[component.AnnotationSecrets] == secret[component.AnnotationSecrets] || before[component.AnnotationConfig] == setting[component.AnnotationConfig] {
		t.Error("a change does not roll the pod")
	}
	if diff := cmp.Diff(before, other); diff != "" {
		t.Errorf("somebody else's change rolls the pod: %s", diff)
	}
}

func TestReady(t *testing.T) {
	t.Parallel()
	inputs := golden.Inputs()
	running := &appsv1.StatefulSet{Status: appsv1.StatefulSetStatus{ReadyReplicas: 1, UpdatedReplicas: 1}}
	crashing := &corev1.Pod{Status: corev1.PodStatus{InitContainerStatuses: []corev1.ContainerStatus{{
		Name: "prepare", RestartCount: 4,
		State:                corev1.ContainerState{Waiting: &corev1.ContainerStateWaiting{Reason: "CrashLoopBackOff"}},
		LastTerminationState: corev1.ContainerState{Terminated: &corev1.ContainerStateTerminated{ExitCode: 1, Message: "prepare: the data was written by Postgres 17, and this image has Postgres 18."}},
	}}}}
	crashing.Name = "stay-postgres-0"
	for name, c := range map[string]struct {
		in   component.Input
		o    component.Observed
		want component.Readiness
	}{
		"external": {inputs["external"], component.Observed{}, component.Elsewhere("Somebody else runs Postgres; its address stands in the Secret my-postgres.")},
		"runs":     {inputs["dev"], component.Observed{StatefulSets: map[string]*appsv1.StatefulSet{"stay-postgres": running}}, component.Good("postgres runs (1 of 1).")},
		"its last words": {inputs["dev"], component.Observed{StatefulSets: map[string]*appsv1.StatefulSet{"stay-postgres": {}}, Pods: map[string][]*corev1.Pod{"postgres": {crashing}}},
			component.Failed(v1alpha1.ReasonCrashLooping, "postgres: the container prepare of stay-postgres-0 ends again and again (4 restarts), the last time with exit code 1: prepare: the data was written by Postgres 17, and this image has Postgres 18.")},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			if diff := cmp.Diff(c.want, New().Ready(c.in, c.o)); diff != "" {
				t.Errorf("(-want +got)\n%s", diff)
			}
		})
	}
}
