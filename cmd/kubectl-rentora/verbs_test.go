package main

import (
	"bytes"
	"context"
	"os"
	"path/filepath"
	"strings"
	"testing"

	appsv1 "k8s.io/api/apps/v1"
	corev1 "k8s.io/api/core/v1"
	rbacv1 "k8s.io/api/rbac/v1"
	apimeta "k8s.io/apimachinery/pkg/api/meta"
	metav1 "k8s.io/apimachinery/pkg/apis/meta/v1"
	"k8s.io/client-go/rest"
	"sigs.k8s.io/controller-runtime/pkg/client"
	"sigs.k8s.io/yaml"

	"github.com/rentora/rentora/api/v1alpha1"
	"github.com/rentora/rentora/controllers/component"
	"github.com/rentora/rentora/hack/apiserver"
)

// config reaches a real API server, with all rights.
var config *rest.Config

func TestMain(m *testing.M) { os.Exit(apiserver.Main(m, &config)) }

// place is a namespace with one platform.
type place struct {
	*connection
	t *testing.T
}

func newPlace(t *testing.T, names ...string) *place {
	t.Helper()
	all, err := connect(rest.CopyConfig(config), "")
	if err != nil {
		t.Fatal(err)
	}
	namespace := &corev1.Namespace{ObjectMeta: metav1.ObjectMeta{GenerateName: "verbs-"}}
	if err := all.client.Create(t.Context(), namespace); err != nil {
		t.Fatal(err)
	}
	all.namespace = namespace.Name
	p := &place{all, t}
	for _, name := range names {
		p.create(&v1alpha1.RentoraPlatform{
			ObjectMeta: metav1.ObjectMeta{Name: name, Namespace: namespace.Name},
			Spec:       v1alpha1.RentoraPlatformSpec{Domain: "rentora.example.com", Mail: v1alpha1.Mail{Host: "smtp.example.com", From: "a@example.com"}},
		})
	}
	return p
}

func (p *place) create(o client.Object) {
	p.t.Helper()
	if err := p.client.Create(p.t.Context(), o); err != nil {
		p.t.Fatal(err)
	}
}

func (p *place) platform(name string) *v1alpha1.RentoraPlatform {
	p.t.Helper()
	got, err := p.the(p.t.Context(), name)
	if err != nil {
		p.t.Fatal(err)
	}
	return got
}

// run runs the program as a user sees it, and gives what it printed, what it complained of, and its exit code.
func (p *place) run(args ...string) (string, string, int) {
	p.t.Helper()
	return execute(p.t.Context(), func() (*connection, error) { return p.connection, nil }, args...)
}

// as gives the same place as a user with one of the roles of config/rbac in it sees it.
func (p *place) as(role string) *place {
	p.t.Helper()
	user := role + "-of-" + p.namespace
	p.create(&rbacv1.RoleBinding{
		ObjectMeta: metav1.ObjectMeta{Name: role, Namespace: p.namespace},
		RoleRef:    rbacv1.RoleRef{APIGroup: rbacv1.GroupName, Kind: "ClusterRole", Name: role},
		Subjects:   []rbacv1.Subject{{APIGroup: rbacv1.GroupName, Kind: "User", Name: user}},
	})
	theirs := rest.CopyConfig(config)
	theirs.Impersonate = rest.ImpersonationConfig{UserName: user}
	c, err := connect(theirs, p.namespace)
	if err != nil {
		p.t.Fatal(err)
	}
	return &place{c, p.t}
}

func execute(ctx context.Context, connect func() (*connection, error), args ...string) (string, string, int) {
	var out, complaints bytes.Buffer
	root := program(&out)
	root.RemoveCommand(root.Commands()...)
	root.AddCommand(statusCommand(connect), pauseCommand(connect), resumeCommand(connect), logsCommand(connect))
	root.SetArgs(args)
	code := exitCode(root.ExecuteContext(ctx), &complaints)
	return out.String(), complaints.String(), code
}

func wants(t *testing.T, what, got string, parts ...string) {
	t.Helper()
	for _, part := range parts {
		if !strings.Contains(got, part) {
			t.Errorf("%s lacks %q:\n%s", what, part, got)
		}
	}
}

func TestStatus(t *testing.T) {
	t.Parallel()
	p := newPlace(t, "stay")
	labels := map[string]string{component.LabelPlatform: "stay", component.LabelComponent: "api", component.LabelName: "api"}
	template := corev1.PodTemplateSpec{ObjectMeta: metav1.ObjectMeta{Labels: labels}, Spec: corev1.PodSpec{Containers: []corev1.Container{{Name: "server", Image: "server"}}}}
	p.create(&appsv1.Deployment{
		ObjectMeta: metav1.ObjectMeta{Name: "stay-api", Namespace: p.namespace, Labels: labels},
		Spec:       appsv1.DeploymentSpec{Selector: &metav1.LabelSelector{MatchLabels: labels}, Template: template},
	})
	p.create(&corev1.Pod{ObjectMeta: metav1.ObjectMeta{Name: "stay-api-x", Namespace: p.namespace, Labels: labels}, Spec: template.Spec})

	out, _, code := p.run("status")
	wants(t, "the tree", out, p.namespace+"/stay  not ready", "has not looked at it yet", "deployment/stay-api 0/1", "… stay-api-x is starting.")
	if code != 1 {
		t.Errorf("want exit code 1 before it is ready, got %d", code)
	}

	ready := p.platform("stay")
	ready.Status.ObservedGeneration = ready.Generation
	ready.Status.Components = []v1alpha1.ComponentStatus{{Name: "api", State: string(component.IsReady), Message: "api runs (1 of 1)."}}
	apimeta.SetStatusCondition(&ready.Status.Conditions, metav1.Condition{Type: v1alpha1.ReadyCondition, Status: metav1.ConditionTrue, Reason: v1alpha1.ReasonReady})
	if err := p.client.Status().Update(t.Context(), ready); err != nil {
		t.Fatal(err)
	}
	out, complaints, code := p.run("status", "stay")
	wants(t, "the tree", out, p.namespace+"/stay  ready", "✓ api  api runs (1 of 1).")
	if code != 0 || complaints != "" {
		t.Errorf("want exit code 0 and no complaint, got %d and %q", code, complaints)
	}
}

func TestStatusOfSeveral(t *testing.T) {
	t.Parallel()
	p := newPlace(t, "one", "two")
	out, _, _ := p.run("status")
	wants(t, "the trees", out, p.namespace+"/one", "\n\n"+p.namespace+"/two")
	elsewhere := newPlace(t)
	out, _, _ = elsewhere.run("status", "-A")
	wants(t, "the trees of all namespaces", out, p.namespace+"/one", p.namespace+"/two")
	_, complaints, code := elsewhere.run("status")
	wants(t, "the complaint", complaints, "the namespace "+elsewhere.namespace+" has no platform (-A looks in all namespaces)")
	if code != 2 {
		t.Errorf("want exit code 2, got %d", code)
	}
	_, complaints, _ = p.run("logs", "api")
	wants(t, "the complaint", complaints, "has several platforms; name one of them: one, two")
}

func TestPause(t *testing.T) {
	t.Parallel()
	p := newPlace(t, "stay")
	for _, step := range []struct {
		verb, says string
		paused     bool
	}{
		{"pause", "/stay is paused: the operator leaves it as it is\n", true},
		{"pause", "/stay is paused: the operator leaves it as it is already\n", true},
		{"resume", "/stay is resumed\n", false},
		{"resume", "/stay is resumed already\n", false},
	} {
		out, complaints, code := p.run(step.verb, "stay")
		wants(t, step.verb, out+complaints, p.namespace+step.says)
		if got := p.platform("stay").Spec.Paused; got != step.paused || code != 0 {
			t.Errorf("after %s it is paused: %t, exit code %d", step.verb, got, code)
		}
	}
	_, complaints, code := p.run("pause", "other")
	wants(t, "the complaint", complaints, `"other" not found`)
	if code != 2 {
		t.Errorf("want exit code 2, got %d", code)
	}
}

// The program has the rights of its user, and those are the roles that config/rbac has for people.
func TestRightsAreTheUsers(t *testing.T) {
	t.Parallel()
	p := newPlace(t, "stay")
	for _, role := range roles(t) {
		if err := client.IgnoreAlreadyExists(p.client.Create(t.Context(), &role)); err != nil {
			t.Fatal(err)
		}
	}
	viewer, editor := p.as("rentora-viewer"), p.as("rentora-editor")

	out, _, code := viewer.run("status")
	wants(t, "a viewer's tree", out, "/stay  not ready", "You may not list deployments, statefulsets, jobs, pods here: these are not shown.")
	if code != 1 {
		t.Errorf("want exit code 1, got %d", code)
	}
	_, complaints, code := viewer.run("pause", "stay")
	wants(t, "the complaint", complaints, "cannot patch resource \"rentoraplatforms\"")
	if code != 2 || p.platform("stay").Spec.Paused {
		t.Errorf("a viewer paused the platform, exit code %d", code)
	}
	_, complaints, _ = viewer.run("status", "-A")
	wants(t, "the complaint", complaints, "at the cluster scope")

	if _, complaints, code := editor.run("pause", "stay"); code != 0 || !p.platform("stay").Spec.Paused {
		t.Errorf("an editor could not pause the platform: %s", complaints)
	}
}

func roles(t *testing.T) (all []rbacv1.ClusterRole) {
	t.Helper()
	text, err := os.ReadFile(filepath.Join("..", "..", "config", "rbac", "users.yaml"))
	if err != nil {
		t.Fatal(err)
	}
	for _, document := range strings.Split(string(text), "\n---\n") {
		var role rbacv1.ClusterRole
		if err := yaml.UnmarshalStrict([]byte(document), &role); err != nil {
			t.Fatal(err)
		}
		all = append(all, role)
	}
	return all
}

func TestLogsNamesWhatThereIs(t *testing.T) {
	t.Parallel()
	p := newPlace(t, "stay")
	p.create(&corev1.Pod{
		ObjectMeta: metav1.ObjectMeta{Name: "stay-worker-media-x", Namespace: p.namespace, Labels: map[string]string{
			component.LabelPlatform: "stay", component.LabelComponent: "workers", component.LabelName: "worker-media"}},
		Spec: corev1.PodSpec{Containers: []corev1.Container{{Name: "server", Image: "server"}}},
	})
	_, complaints, code := p.run("logs", "database")
	wants(t, "the complaint", complaints, `has no pods of "database"; it has those of: worker-media, workers`)
	if code != 2 {
		t.Errorf("want exit code 2, got %d", code)
	}
	for _, name := range []string{"workers", "worker-media"} {
		pods, err := p.podsOf(t.Context(), p.platform("stay"), name)
		if err != nil || len(pods) != 1 {
			t.Errorf("%s has %d pods, %v", name, len(pods), err)
		}
	}
}
