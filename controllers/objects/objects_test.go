package objects

import (
	"slices"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"
	appsv1 "k8s.io/api/apps/v1"
	batchv1 "k8s.io/api/batch/v1"
	corev1 "k8s.io/api/core/v1"

	"github.com/rentora/rentora/api/v1alpha1"
	"github.com/rentora/rentora/controllers/component"
	"github.com/rentora/rentora/controllers/golden"
)

func TestGolden(t *testing.T) {
	t.Parallel()
	golden.Check(t, New())
}

// TestJobName wants the user to be made anew when anything of it changes, and a name that fits into a label.
func TestJobName(t *testing.T) {
	t.Parallel()
	name := func(change func(*component.Input)) string {
		in := golden.Input(golden.Platform(v1alpha1.Dev))
		change(&in)
		files, err := usersFiles(in)
		if err != nil {
			t.Fatal(err)
		}
		return jobName(in, files)
	}
	var names []string
	for _, change := range []func(*component.Input){
		func(*component.Input) {},
		func(in *component.Input) { in.Secrets[component.ObjectsAuth].Data["secret-key"] = []byte("another") },
		func(in *component.Input) { in.Platform.Spec.ObjectStorage.BucketPrefix = "pictures-" },
		func(in *component.Input) { in.Platform.Name = strings.Repeat("x", 32) },
	} {
		names = append(names, name(change))
	}
	if n := len(slices.Compact(slices.Sorted(slices.Values(names)))); n != len(names) {
		t.Errorf("two of these are the same: %v", names)
	}
	if long := names[len(names)-1]; len(long) > 63 {
		t.Errorf("%s has %d characters", long, len(long))
	}
	if again := name(func(in *component.Input) { in.Platform.Spec.Domain = "another.example.test" }); again != names[0] {
		t.Error("another domain makes the user anew")
	}
}

func TestPolicy(t *testing.T) {
	t.Parallel()
	in := golden.Input(golden.Platform(v1alpha1.Dev))
	for prefix, want := range map[string]string{"": `"arn:aws:s3:::stay-*/*"`, "pictures": `"arn:aws:s3:::pictures*/*"`, `"x`: `"arn:aws:s3:::\"x*/*"`} {
		in.Platform.Spec.ObjectStorage.BucketPrefix = prefix
		if text, err := policy(in); err != nil || !strings.Contains(text, want) {
			t.Errorf("%q: no %s in\n%s(%v)", prefix, want, text, err)
		}
	}
}

// TestSecretsStayInside wants the keys in no manifest: pods read them from their Secret.
func TestSecretsStayInside(t *testing.T) {
	t.Parallel()
	in := golden.Input(golden.Platform(v1alpha1.Dev))
	text := string(golden.Render(t, New(), in))
	for _, key := range []string{"root-password", "secret-key"} {
		if strings.Contains(text, in.Secrets.Value(component.ObjectsAuth, key)) {
			t.Errorf("the %s stands in\n%s", key, text)
		}
	}
}

// TestCORS wants browsers of the platform's own pages to be let in, by the scheme that they have.
func TestCORS(t *testing.T) {
	t.Parallel()
	in := golden.Input(golden.Platform(v1alpha1.Dev))
	origin := func() string {
		env := minio(in).Env
		return env[slices.IndexFunc(env, func(e corev1.EnvVar) bool { return e.Name == "MINIO_API_CORS_ALLOW_ORIGIN" })].Value
	}
	if got := origin(); got != "https://rentora.example.test" {
		t.Errorf("with TLS: %s", got)
	}
	in.Platform.Spec.TLS = nil
	if got := origin(); got != "http://rentora.example.test" {
		t.Errorf("without TLS: %s", got)
	}
}

func TestReady(t *testing.T) {
	t.Parallel()
	inputs := golden.Inputs()
	in := inputs["dev"]
	files, err := usersFiles(in)
	if err != nil {
		t.Fatal(err)
	}
	name := jobName(in, files)
	job := func(kind batchv1.JobConditionType, message string) *batchv1.Job {
		j := &batchv1.Job{}
		if kind != "" {
			j.Status.Conditions = []batchv1.JobCondition{{Type: kind, Status: corev1.ConditionTrue, Message: message}}
		}
		return j
	}
	stuck := &corev1.Pod{Status: corev1.PodStatus{ContainerStatuses: []corev1.ContainerStatus{{
		Name: "users", RestartCount: 2, State: corev1.ContainerState{Waiting: &corev1.ContainerStateWaiting{Reason: "CrashLoopBackOff"}},
		LastTerminationState: corev1.ContainerState{Terminated: &corev1.ContainerStateTerminated{ExitCode: 1, Message: "users: the object store did not do as asked after 60 tries."}},
	}}}}
	stuck.Name = "stay-objects-users-x"
	up := map[string]*appsv1.StatefulSet{"stay-objects": {Status: appsv1.StatefulSetStatus{ReadyReplicas: 1, UpdatedReplicas: 1}}}
	jobs := func(j *batchv1.Job) map[string]*batchv1.Job { return map[string]*batchv1.Job{name: j} }
	for what, c := range map[string]struct {
		in   component.Input
		o    component.Observed
		want component.Readiness
	}{
		"external":     {inputs["external"], component.Observed{}, component.Elsewhere("Somebody else runs the object store, at https://s3.example.test.")},
		"server first": {in, component.Observed{Jobs: jobs(job("", ""))}, component.Underway(v1alpha1.ReasonProgressing, "objects is about to be created.")},
		"no job":       {in, component.Observed{StatefulSets: up}, component.Underway(v1alpha1.ReasonProgressing, "objects runs; the Job that makes its user is about to be created.")},
		"an old job": {in, component.Observed{StatefulSets: up, Jobs: map[string]*batchv1.Job{"stay-objects-users-old": job(batchv1.JobComplete, "")}},
			component.Underway(v1alpha1.ReasonProgressing, "objects runs; the Job that makes its user is about to be created.")},
		"at it":    {in, component.Observed{StatefulSets: up, Jobs: jobs(job("", ""))}, component.Underway(v1alpha1.ReasonProgressing, "objects runs; its user is being made.")},
		"complete": {in, component.Observed{StatefulSets: up, Jobs: jobs(job(batchv1.JobComplete, ""))}, component.Good("objects runs, and the application has its user there.")},
		"failed": {in, component.Observed{StatefulSets: up, Jobs: jobs(job(batchv1.JobFailed, "Job has reached the specified backoff limit"))},
			component.Failed(v1alpha1.ReasonCrashLooping, "objects runs, but the application's user could not be made (Job has reached the specified backoff limit); delete the Job %s and it is tried anew.", name)},
		"its last words": {in, component.Observed{StatefulSets: up, Jobs: jobs(job("", "")), Pods: map[string][]*corev1.Pod{usersPart: {stuck}}},
			component.Failed(v1alpha1.ReasonCrashLooping, "objects runs, but its user is not made yet: the container users of stay-objects-users-x ends again and again (2 restarts), the last time with exit code 1: users: the object store did not do as asked after 60 tries.")},
	} {
		t.Run(what, func(t *testing.T) {
			t.Parallel()
			if diff := cmp.Diff(c.want, New().Ready(c.in, c.o)); diff != "" {
				t.Errorf("(-want +got)\n%s", diff)
			}
		})
	}
}
