package controllers_test

import (
	"fmt"
	"os"
	"strings"
	"sync/atomic"
	"testing"
	"time"

	corev1 "k8s.io/api/core/v1"
	rbacv1 "k8s.io/api/rbac/v1"
	apimeta "k8s.io/apimachinery/pkg/api/meta"
	metav1 "k8s.io/apimachinery/pkg/apis/meta/v1"
	"k8s.io/apimachinery/pkg/apis/meta/v1/unstructured"
	"k8s.io/client-go/util/retry"
	"sigs.k8s.io/controller-runtime/pkg/client"
	"sigs.k8s.io/yaml"

	"github.com/rentora/rentora/api/v1alpha1"
	"github.com/rentora/rentora/controllers"
	"github.com/rentora/rentora/controllers/component"
	"github.com/rentora/rentora/controllers/golden"
	"github.com/rentora/rentora/hack/apiserver"
)

// patience of a test on a busy machine.
const patience = 3 * time.Minute

// world is one namespace with an operator of its own, and a client that is not the operator's.
type world struct {
	*testing.T
	client.Client
	namespace string
	passes    atomic.Int64
	cluster   atomic.Pointer[component.Facts] // what the operator is told of the cluster
	changed   chan struct{}                   // tells the operator that it is told otherwise
	*replica                                  // that was started last
}

// newWorld starts an operator that watches a new namespace.
func newWorld(t *testing.T) *world {
	t.Helper()
	w := emptyWorld(t)
	w.start()
	return w
}

// emptyWorld makes a new namespace, in which an operator may be started.
func emptyWorld(t *testing.T) *world {
	t.Helper()
	scheme, err := controllers.Scheme()
	if err != nil {
		t.Fatal(err)
	}
	c, err := client.New(config, client.Options{Scheme: scheme})
	if err != nil {
		t.Fatal(err)
	}
	n := &corev1.Namespace{ObjectMeta: metav1.ObjectMeta{GenerateName: "world-"}}
	if err := c.Create(t.Context(), n); err != nil {
		t.Fatal(err)
	}
	w := &world{T: t, Client: c, namespace: n.Name, changed: make(chan struct{})}
	w.cluster.Store(&component.Facts{OperatorNamespace: "rentora-system"})
	w.grant()
	return w
}

// operator is whom the operator of the tests is to the API server.
const operator = "rentora-operator"

// grant gives the operator what config/rbac says in the namespace, and nothing else: a right that is missing there is missing here.
func (w *world) grant() {
	w.Helper()
	for _, file := range []string{"role.yaml", "leader_election.yaml"} {
		text, err := os.ReadFile("../config/rbac/" + file)
		if err != nil {
			w.Fatal(err)
		}
		first, _, _ := strings.Cut(string(text), "\n---\n") // the second binds it
		role := &unstructured.Unstructured{}
		if err := yaml.Unmarshal([]byte(first), &role.Object); err != nil {
			w.Fatal(err)
		}
		if role.GetKind() == "Role" {
			role.SetNamespace(w.namespace)
		}
		if err := w.Apply(w.Context(), client.ApplyConfigurationFromUnstructured(role), client.FieldOwner("test"), client.ForceOwnership); err != nil {
			w.Fatal(err)
		}
		w.create(&rbacv1.RoleBinding{ObjectMeta: metav1.ObjectMeta{Name: role.GetName(), Namespace: w.namespace},
			RoleRef:  rbacv1.RoleRef{APIGroup: rbacv1.GroupName, Kind: role.GetKind(), Name: role.GetName()},
			Subjects: []rbacv1.Subject{{APIGroup: rbacv1.GroupName, Kind: rbacv1.UserKind, Name: operator}}})
	}
}

// facts is asked once a pass, so that it counts them.
func (w *world) facts() component.Facts {
	w.passes.Add(1)
	return *w.cluster.Load()
}

// platform gives a platform of the profile dev that has all it needs.
func (w *world) platform(name string) *v1alpha1.RentoraPlatform {
	p := golden.Platform(v1alpha1.Dev)
	p.ObjectMeta = metav1.ObjectMeta{Name: name, Namespace: w.namespace}
	p.Spec.TLS, p.Spec.Mail.SecretRef = nil, nil
	return p
}

func (w *world) create(o client.Object) {
	w.Helper()
	if err := w.Create(w.Context(), o); err != nil {
		w.Fatal(err)
	}
}

// change applies a change to the newest version of an object.
func (w *world) change(o client.Object, how func()) {
	w.Helper()
	err := retry.RetryOnConflict(retry.DefaultRetry, func() error {
		if err := w.Get(w.Context(), client.ObjectKeyFromObject(o), o); err != nil {
			return err
		}
		how()
		return w.Update(w.Context(), o)
	})
	if err != nil {
		w.Fatal(err)
	}
}

// until waits for a condition to hold; why says what is missing when it never does.
func (w *world) until(what string, holds func() (bool, string)) {
	w.Helper()
	tick := time.NewTicker(20 * time.Millisecond)
	defer tick.Stop()
	for end := time.Now().Add(patience); ; <-tick.C {
		ok, why := holds()
		if ok {
			return
		}
		if time.Now().After(end) {
			w.Fatalf("still not: %s\n%s", what, why)
		}
	}
}

// condition waits for a platform's condition and gives it.
func (w *world) condition(name, kind string, status metav1.ConditionStatus, reason string) (found metav1.Condition) {
	w.Helper()
	w.until(fmt.Sprintf("%s is %s because of %s", kind, status, reason), func() (bool, string) {
		p := w.read(name)
		c := apimeta.FindStatusCondition(p.Status.Conditions, kind)
		if c != nil && c.Status == status && (reason == "" || c.Reason == reason) && c.ObservedGeneration == p.Generation {
			found = *c
			return true, ""
		}
		return false, conditions(p)
	})
	return found
}

func conditions(p *v1alpha1.RentoraPlatform) string {
	var b strings.Builder
	for _, c := range p.Status.Conditions {
		fmt.Fprintf(&b, "%s=%s %s: %s\n", c.Type, c.Status, c.Reason, c.Message)
	}
	return b.String()
}

func (w *world) read(name string) *v1alpha1.RentoraPlatform {
	w.Helper()
	var p v1alpha1.RentoraPlatform
	if err := w.Get(w.Context(), client.ObjectKey{Namespace: w.namespace, Name: name}, &p); err != nil {
		w.Fatal(err)
	}
	return &p
}

// ready waits until all of a platform runs; nodes does what nodes would meanwhile.
func (w *world) ready(name string) *v1alpha1.RentoraPlatform {
	w.Helper()
	w.until(name+" is ready", func() (bool, string) {
		w.nodes(name)
		p := w.read(name)
		return apimeta.IsStatusConditionTrue(p.Status.Conditions, v1alpha1.ReadyCondition) && p.Status.ObservedGeneration == p.Generation && p.Status.Version.Current != "", conditions(p)
	})
	return w.read(name)
}

// nodes makes every workload of a platform as ready as it wants to be.
func (w *world) nodes(platform string) {
	w.Helper()
	if err := apiserver.Nodes(w.Context(), w.Client, w.namespace, map[string]string{component.LabelPlatform: platform}); err != nil {
		w.Fatal(err)
	}
}
