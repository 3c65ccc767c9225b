package migrate_test

import (
	"strings"
	"testing"
	"time"

	batchv1 "k8s.io/api/batch/v1"
	corev1 "k8s.io/api/core/v1"
	metav1 "k8s.io/apimachinery/pkg/apis/meta/v1"

	"github.com/rentora/rentora/api/v1alpha1"
	"github.com/rentora/rentora/controllers/component"
	"github.com/rentora/rentora/controllers/golden"
	"github.com/rentora/rentora/controllers/migrate"
)

func input() component.Input { return golden.Input(golden.Platform(v1alpha1.Standard)) }

// job gives the one that is wanted.
func job(t *testing.T, in component.Input) *batchv1.Job {
	t.Helper()
	objects, err := migrate.New().Desired(in)
	if err != nil {
		t.Fatal(err)
	}
	return objects[0].(*batchv1.Job)
}

func finished(kind batchv1.JobConditionType, message string) batchv1.JobStatus {
	return batchv1.JobStatus{Conditions: []batchv1.JobCondition{{Type: kind, Status: corev1.ConditionTrue, Message: message}}}
}

// pod of a Job whose container ended so long ago, or waits.
func pod(of string, state corev1.ContainerState) *corev1.Pod {
	phase := corev1.PodFailed
	if state.Waiting != nil {
		phase = corev1.PodPending
	}
	return &corev1.Pod{ObjectMeta: metav1.ObjectMeta{Name: of + "-x", Labels: map[string]string{batchv1.JobNameLabel: of}},
		Status: corev1.PodStatus{Phase: phase, ContainerStatuses: []corev1.ContainerStatus{{Name: "migrate", Image: "example.test/server", State: state}}}}
}

func ended(code int32, words string, ago time.Duration) corev1.ContainerState {
	return corev1.ContainerState{Terminated: &corev1.ContainerStateTerminated{ExitCode: code, Message: words, FinishedAt: metav1.NewTime(time.Now().Add(-ago))}}
}

func TestVerdicts(t *testing.T) {
	t.Parallel()
	in := input()
	name := job(t, in).Name
	waiting := corev1.ContainerState{Waiting: &corev1.ContainerStateWaiting{Reason: "ImagePullBackOff", Message: "no such image"}}
	for what, c := range map[string]struct {
		status  *batchv1.JobStatus
		pods    []*corev1.Pod
		refused map[string]string
		state   component.State
		reason  string
		says    []string
	}{
		"nothing yet":      {nil, nil, nil, component.IsProgressing, v1alpha1.ReasonMigrationRunning, []string{"1.0.0", "about to begin"}},
		"it runs":          {&batchv1.JobStatus{Active: 1}, nil, nil, component.IsProgressing, v1alpha1.ReasonMigrationRunning, []string{"runs"}},
		"its second try":   {&batchv1.JobStatus{Active: 1, Failed: 1}, []*corev1.Pod{pod(name, ended(1, "rentora: no", 0))}, nil, component.IsProgressing, v1alpha1.ReasonMigrationRunning, []string{"1 of 3", "rentora: no"}},
		"no image":         {&batchv1.JobStatus{Active: 1}, []*corev1.Pod{pod(name, waiting)}, nil, component.IsFailed, v1alpha1.ReasonImagePull, []string{"no such image"}},
		"no pod":           {&batchv1.JobStatus{}, nil, map[string]string{name: "exceeded quota"}, component.IsFailed, v1alpha1.ReasonQuotaExceeded, []string{"exceeded quota"}},
		"done":             {new(finished(batchv1.JobComplete, "")), nil, nil, component.IsReady, v1alpha1.ReasonReady, []string{"1.0.0"}},
		"about to be done": {new(finished(batchv1.JobSuccessCriteriaMet, "")), nil, nil, component.IsProgressing, v1alpha1.ReasonMigrationRunning, nil},
		"failed": {new(finished(batchv1.JobFailed, "backoff")), []*corev1.Pod{pod(name, ended(1, "the older", time.Hour)), pod(name, ended(2, "rentora: column is missing", time.Minute)),
			pod("another-job", ended(1, "somebody else's", 0))}, nil, component.IsFailed, v1alpha1.ReasonMigrationFailed, []string{"column is missing", "exit code 2", "delete the Job " + name}},
		"too slow": {new(finished(batchv1.JobFailed, "Job was active longer than specified deadline")), nil, nil, component.IsFailed, v1alpha1.ReasonMigrationFailed, []string{"longer than specified deadline"}},
	} {
		o := component.Observed{Jobs: map[string]*batchv1.Job{}, Pods: map[string][]*corev1.Pod{component.Migrate: c.pods}, Refused: c.refused}
		// One of the version before that is done says nothing about this one.
		o.Jobs["stay-migrate-old"] = &batchv1.Job{ObjectMeta: metav1.ObjectMeta{Name: "stay-migrate-old"}, Status: finished(batchv1.JobComplete, "")}
		if c.status != nil {
			o.Jobs[name] = &batchv1.Job{ObjectMeta: metav1.ObjectMeta{Name: name}, Status: *c.status}
		}
		got := migrate.New().Ready(in, o)
		if got.State != c.state || got.Reason != c.reason {
			t.Errorf("%s: %+v", what, got)
		}
		for _, words := range c.says {
			if !strings.Contains(got.Message, words) {
				t.Errorf("%s: %q does not say %q", what, got.Message, words)
			}
		}
	}
}

// A Job cannot be changed: what would change it makes another one, and nothing else does.
func TestAJobIsNamedByAllThatItIsMadeOf(t *testing.T) {
	t.Parallel()
	first := job(t, input()).Name
	if again := job(t, input()).Name; again != first {
		t.Errorf("%s and %s", first, again)
	}
	if len(first) > 63-len("-abcde") {
		t.Errorf("%s is too long for a label of its pods", first)
	}
	for what, change := range map[string]func(*component.Input){
		"the version":        func(in *component.Input) { in.Settings.Version = "1.1.0" },
		"the image":          func(in *component.Input) { in.Settings.Images.Server += "-fixed" },
		"another platform":   func(in *component.Input) { in.Platform.UID = "another" },
		"the owner's log-in": func(in *component.Input) { in.Secrets[component.PostgresAuth].Data["owner-password"] = []byte("new") },
		"where its pod runs": func(in *component.Input) { in.Platform.Spec.API.NodeSelector = map[string]string{"pool": "a"} },
		"where the events go": func(in *component.Input) {
			in.Platform.Spec.Kafka.Mode, in.Platform.Spec.Kafka.Brokers = v1alpha1.External, []string{"kafka.example.test:9092"}
		},
	} {
		in := input()
		change(&in)
		if name := job(t, in).Name; name == first {
			t.Errorf("%s changed, and the Job is the same", what)
		}
	}
	for what, change := range map[string]func(*component.Input){
		"replicas of the API": func(in *component.Input) { in.Settings.API.Max++ },
		"monitoring":          func(in *component.Input) { in.Platform.Spec.Monitoring.Mode = v1alpha1.NoMonitoring },
	} {
		in := input()
		change(&in)
		if name := job(t, in).Name; name != first {
			t.Errorf("%s changed, and the Job is another one", what)
		}
	}
}

func TestAMigrationWithoutItsSecretsSaysSo(t *testing.T) {
	t.Parallel()
	in := input()
	delete(in.Secrets, component.PostgresAuth)
	if got := migrate.New().Ready(in, component.Observed{}); got.Reason != v1alpha1.ReasonSecretMissing || !strings.Contains(got.Message, "stay-postgres-auth") {
		t.Errorf("%+v", got)
	}
}
