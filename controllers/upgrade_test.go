package controllers_test

import (
	"fmt"
	"strings"
	"testing"

	appsv1 "k8s.io/api/apps/v1"
	batchv1 "k8s.io/api/batch/v1"
	corev1 "k8s.io/api/core/v1"
	apimeta "k8s.io/apimachinery/pkg/api/meta"
	metav1 "k8s.io/apimachinery/pkg/apis/meta/v1"
	"sigs.k8s.io/controller-runtime/pkg/client"

	"github.com/rentora/rentora/api/v1alpha1"
	"github.com/rentora/rentora/controllers/component"
)

// TestUpgrade changes the version: nothing rolls before the migration is through, nothing at all when it fails, and back is
// guarded.
func TestUpgrade(t *testing.T) {
	t.Parallel()
	w := newWorld(t)
	w.create(w.platform("stay"))
	w.ready("stay")
	p := w.read("stay")
	w.change(p, func() { p.Spec.Version = "1.1.0" })
	job := w.migration("example.test/rentora/server:1.1.0")
	w.wantImage("example.test/rentora/server:1.0.0", "before the migration is through")
	w.fail(job, "2026-11-28 ERROR column \"x\" already exists")
	c := w.condition("stay", v1alpha1.StalledCondition, metav1.ConditionTrue, v1alpha1.ReasonMigrationFailed)
	if !strings.Contains(c.Message, "already exists") {
		t.Errorf("the condition lacks the last words of the migration: %s", c.Message)
	}
	w.wantImage("example.test/rentora/server:1.0.0", "after a failed migration")
	if got := w.read("stay").Status.Version; got.Current != "1.0.0" || got.Target != "1.1.0" || got.Migration != "Failed" || got.Migrated != "1.0.0" {
		t.Errorf("the version's status after a failed migration: %+v", got)
	}
	p = w.read("stay")
	w.change(p, func() { p.Spec.Version = "1.2.0" })
	w.complete(w.migration("example.test/rentora/server:1.2.0"))
	w.until("the API gets its image", func() (bool, string) {
		return w.runs("stay-api") == "example.test/rentora/server:1.2.0", w.runs("stay-api")
	})
	w.nudge("stay", 2)
	if got := w.runs("stay-web"); got != "example.test/rentora/web:1.0.0" {
		t.Errorf("before an API of its version is ready, the web runs %s", got)
	}
	if got := w.ready("stay").Status.Version; got.Current != "1.2.0" || got.Migration != "Complete" {
		t.Errorf("the version's status after an upgrade: %+v", got)
	}
	w.wantImage("example.test/rentora/server:1.2.0", "after the migration")
	p = w.read("stay")
	w.change(p, func() { p.Spec.Version = "1.1.5" })
	c = w.condition("stay", v1alpha1.StalledCondition, metav1.ConditionTrue, v1alpha1.ReasonDowngradeBlocked)
	if !strings.Contains(c.Message, "allowDowngrade") {
		t.Errorf("the condition does not say the way out: %s", c.Message)
	}
	w.wantImage("example.test/rentora/server:1.2.0", "while the downgrade is blocked")
	w.change(p, func() { p.Spec.AllowDowngrade = true })
	w.migration("example.test/rentora/server:1.1.5")
	w.ready("stay")
	w.wantImage("example.test/rentora/server:1.1.5", "after a permitted downgrade")
	w.wantHistory("stay", "1.0.0 Created", "1.0.0 Migrated", "1.0.0 RolledOut", "1.1.0 MigrationFailed",
		"1.2.0 Migrated", "1.2.0 RolledOut", "1.1.5 Migrated", "1.1.5 RolledOut")
}

// migration waits for the Job that runs an image.
func (w *world) migration(image string) *batchv1.Job {
	w.Helper()
	var jobs batchv1.JobList
	var found *batchv1.Job
	w.until("a Job migrates with "+image, func() (bool, string) {
		if err := w.List(w.Context(), &jobs, client.InNamespace(w.namespace), client.MatchingLabels{component.LabelComponent: component.Migrate}); err != nil {
			w.Fatal(err)
		}
		for i := range jobs.Items {
			if jobs.Items[i].Spec.Template.Spec.Containers[0].Image == image {
				found = &jobs.Items[i]
			}
		}
		return found != nil, fmt.Sprintf("%d Jobs", len(jobs.Items))
	})
	return found
}

func (w *world) wantImage(image, when string) {
	w.Helper()
	w.nudge("stay", 2)
	for _, name := range []string{"stay-api", "stay-jobs", "stay-worker-notify", "stay-web"} {
		d, image := &appsv1.Deployment{}, image
		if name == "stay-web" { // the web of the same version
			image = strings.Replace(image, "/server:", "/web:", 1)
		}
		if !w.exists(d, name) {
			w.Errorf("%s: there is no %s", when, name)
		} else if got := d.Spec.Template.Spec.Containers[0].Image; got != image {
			w.Errorf("%s: %s runs %s, not %s", when, name, got, image)
		}
	}
}

func (w *world) runs(deployment string) string {
	w.Helper()
	d := &appsv1.Deployment{}
	if !w.exists(d, deployment) {
		return "nothing"
	}
	return d.Spec.Template.Spec.Containers[0].Image
}

// complete ends a Job well, and nothing else becomes ready.
func (w *world) complete(j *batchv1.Job) {
	w.Helper()
	now := metav1.Now()
	j.Status = batchv1.JobStatus{StartTime: &now, CompletionTime: &now, Succeeded: 1, Conditions: []batchv1.JobCondition{
		{Type: batchv1.JobSuccessCriteriaMet, Status: corev1.ConditionTrue, Reason: "CompletionsReached", LastTransitionTime: now},
		{Type: batchv1.JobComplete, Status: corev1.ConditionTrue, LastTransitionTime: now}}}
	if err := w.Status().Update(w.Context(), j); err != nil {
		w.Fatal(err)
	}
}

// fail ends a Job badly, with a pod that has last words.
func (w *world) fail(j *batchv1.Job, words string) {
	w.Helper()
	pod := &corev1.Pod{ObjectMeta: metav1.ObjectMeta{Name: j.Name + "-x", Namespace: w.namespace, Labels: j.Spec.Template.Labels}, Spec: *j.Spec.Template.Spec.DeepCopy()}
	w.create(pod)
	pod.Status = corev1.PodStatus{Phase: corev1.PodFailed, ContainerStatuses: []corev1.ContainerStatus{{Name: j.Spec.Template.Spec.Containers[0].Name,
		Image: "x", ImageID: "x", State: corev1.ContainerState{Terminated: &corev1.ContainerStateTerminated{ExitCode: 1, Message: words}}}}}
	if err := w.Status().Update(w.Context(), pod); err != nil {
		w.Fatal(err)
	}
	now := metav1.Now()
	j.Status = batchv1.JobStatus{StartTime: &now, Failed: 1, Conditions: []batchv1.JobCondition{
		{Type: batchv1.JobFailureTarget, Status: corev1.ConditionTrue, Reason: "BackoffLimitExceeded", LastTransitionTime: now},
		{Type: batchv1.JobFailed, Status: corev1.ConditionTrue, Reason: "BackoffLimitExceeded", Message: "Job has reached the specified backoff limit", LastTransitionTime: now}}}
	if err := w.Status().Update(w.Context(), j); err != nil {
		w.Fatal(err)
	}
}

// TestBroughtSecrets names a Secret that does not exist yet, lacks a key, is whole, and changes.
func TestBroughtSecrets(t *testing.T) {
	t.Parallel()
	w := newWorld(t)
	p := w.platform("stay")
	p.Spec.Mail.SecretRef = &v1alpha1.SecretRef{Name: "my-mail"}
	w.create(p)
	c := w.condition("stay", v1alpha1.StalledCondition, metav1.ConditionTrue, v1alpha1.ReasonSecretMissing)
	if want := "the Secret my-mail does not exist."; !strings.Contains(c.Message, want) {
		t.Errorf("the condition says %q", c.Message)
	}
	mine := &corev1.Secret{ObjectMeta: metav1.ObjectMeta{Name: "my-mail", Namespace: w.namespace}, Data: map[string][]byte{"username": []byte("mailer")}}
	w.create(mine)
	w.until("the condition names the key", func() (bool, string) {
		c := apimeta.FindStatusCondition(w.read("stay").Status.Conditions, v1alpha1.StalledCondition)
		return strings.Contains(c.Message, "the Secret my-mail has no password."), c.Message
	})
	w.change(mine, func() { mine.Data["password"] = []byte("first") })
	w.ready("stay")
	hash := func() string {
		d := &appsv1.Deployment{}
		w.exists(d, "stay-worker-notify")
		return d.Spec.Template.Annotations[component.AnnotationSecrets]
	}
	before := hash()
	w.change(mine, func() { mine.Data["password"] = []byte("second\n") }) // as from a file
	w.until("the pods roll", func() (bool, string) { return hash() != before, before })
	var env corev1.Secret
	if w.exists(&env, "stay-server-env"); string(env.Data["RENTORA_SMTP_PASSWORD"]) != "second" {
		t.Error("the pods read another password than the Secret has")
	}
	// Without the Secret nothing is rendered from half of the credentials: what runs goes on as it is.
	before = hash()
	if err := w.Delete(t.Context(), mine); err != nil {
		t.Fatal(err)
	}
	w.condition("stay", v1alpha1.StalledCondition, metav1.ConditionTrue, v1alpha1.ReasonSecretMissing)
	w.nudge("stay", 3)
	if w.exists(&env, "stay-server-env"); string(env.Data["RENTORA_SMTP_PASSWORD"]) != "second" || hash() != before {
		t.Error("the programs were changed although their credentials are not whole")
	}
}

// TestForeign leaves an object alone that has a name of ours and was made by somebody else.
func TestForeign(t *testing.T) {
	t.Parallel()
	w := newWorld(t)
	theirs := &corev1.ConfigMap{ObjectMeta: metav1.ObjectMeta{Name: "stay-postgres", Namespace: w.namespace}, Data: map[string]string{"theirs": "yes"}}
	w.create(theirs)
	w.create(w.platform("stay"))
	c := w.condition("stay", "PostgresReady", metav1.ConditionFalse, v1alpha1.ReasonApplyFailed)
	if !strings.Contains(c.Message, "ConfigMap stay-postgres exists and was not made by the operator") {
		t.Errorf("the condition says %q", c.Message)
	}
	if w.exists(theirs, theirs.Name); len(theirs.Data) != 1 {
		t.Error("an object of somebody else was changed")
	}
}

// TestTwoInOneNamespace keeps two platforms apart.
func TestTwoInOneNamespace(t *testing.T) {
	t.Parallel()
	w := newWorld(t)
	w.create(w.platform("north"))
	other := w.platform("south")
	other.Spec.Domain = "south.example.test"
	w.create(other)
	w.ready("north")
	w.ready("south")
	w.delete("south")
	w.settle("north")
	w.ready("north")
	for _, name := range []string{"north-api", "north-jobs"} {
		if !w.exists(&appsv1.Deployment{}, name) {
			t.Errorf("%s went with the other platform", name)
		}
	}
}
