package controllers_test

import (
	"context"
	"fmt"
	"net/http"
	"os"
	"slices"
	"strings"
	"sync"
	"sync/atomic"
	"testing"
	"time"

	corev1 "k8s.io/api/core/v1"
	rbacv1 "k8s.io/api/rbac/v1"
	apimeta "k8s.io/apimachinery/pkg/api/meta"
	"k8s.io/apimachinery/pkg/api/resource"
	metav1 "k8s.io/apimachinery/pkg/apis/meta/v1"
	"k8s.io/apimachinery/pkg/apis/meta/v1/unstructured"
	"k8s.io/client-go/rest"
	"k8s.io/client-go/util/retry"
	ctrl "sigs.k8s.io/controller-runtime"
	"sigs.k8s.io/controller-runtime/pkg/client"
	metricsserver "sigs.k8s.io/controller-runtime/pkg/metrics/server"
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
	seen      *requests // what the operator asked of the API server
	passes    atomic.Int64
	stop      context.CancelFunc
}

// newWorld starts an operator that watches a new namespace.
func newWorld(t *testing.T) *world {
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
	w := &world{T: t, Client: c, namespace: n.Name}
	w.grant()
	w.start()
	return w
}

// operator is whom the operator of the tests is to the API server.
const operator = "rentora-operator"

// grant gives the operator what config/rbac says in the namespace, and nothing else: a right that is missing there is missing here.
func (w *world) grant() {
	w.Helper()
	text, err := os.ReadFile("../config/rbac/role.yaml")
	if err != nil {
		w.Fatal(err)
	}
	role := &unstructured.Unstructured{}
	if err := yaml.Unmarshal(text, &role.Object); err != nil {
		w.Fatal(err)
	}
	if err := w.Apply(w.Context(), client.ApplyConfigurationFromUnstructured(role), client.FieldOwner("test"), client.ForceOwnership); err != nil {
		w.Fatal(err)
	}
	w.create(&rbacv1.RoleBinding{ObjectMeta: metav1.ObjectMeta{Name: operator, Namespace: w.namespace},
		RoleRef:  rbacv1.RoleRef{APIGroup: rbacv1.GroupName, Kind: "ClusterRole", Name: role.GetName()},
		Subjects: []rbacv1.Subject{{APIGroup: rbacv1.GroupName, Kind: rbacv1.UserKind, Name: operator}}})
}

// start runs the operator until the test ends or w.stop is called; it may be started again afterwards.
func (w *world) start() {
	w.Helper()
	w.seen = &requests{}
	own := rest.CopyConfig(config)
	own.Impersonate = rest.ImpersonationConfig{UserName: operator}
	own.Wrap(func(next http.RoundTripper) http.RoundTripper { return w.seen.through(next) })
	scheme, err := controllers.Scheme()
	if err != nil {
		w.Fatal(err)
	}
	m, err := ctrl.NewManager(own, ctrl.Options{Scheme: scheme, Cache: controllers.CacheOptions(w.namespace),
		Metrics: metricsserver.Options{BindAddress: "0"}, HealthProbeBindAddress: "0"})
	if err != nil {
		w.Fatal(err)
	}
	if _, err := controllers.Setup(m, controllers.Options{Defaults: golden.Defaults(), Name: fmt.Sprintf("%s-%d", w.namespace, time.Now().UnixNano()),
		Facts: w.facts}); err != nil {
		w.Fatal(err)
	}
	ctx, cancel := context.WithCancel(context.Background())
	ended := make(chan error, 1)
	go func() { ended <- m.Start(ctx) }()
	var once sync.Once
	w.stop = func() {
		once.Do(func() {
			cancel()
			if err := <-ended; err != nil {
				w.Errorf("the operator ended: %v", err)
			}
		})
	}
	w.Cleanup(w.stop)
}

// facts is asked once a pass, so that it counts them.
func (w *world) facts() component.Facts {
	w.passes.Add(1)
	return component.Facts{OperatorNamespace: "rentora-system"}
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

// requests counts what goes to the API server, watches apart.
type requests struct {
	mu  sync.Mutex
	all []string
}

type transport func(*http.Request) (*http.Response, error)

func (f transport) RoundTrip(r *http.Request) (*http.Response, error) { return f(r) }

func (q *requests) through(next http.RoundTripper) http.RoundTripper {
	return transport(func(r *http.Request) (*http.Response, error) {
		if r.URL.Query().Get("watch") != "true" {
			q.mu.Lock()
			q.all = append(q.all, r.Method+" "+r.URL.Path)
			q.mu.Unlock()
		}
		return next.RoundTrip(r)
	})
}

// since gives what was asked after the first n.
func (q *requests) since(n int) []string {
	q.mu.Lock()
	defer q.mu.Unlock()
	return slices.Clone(q.all[n:])
}

func (q *requests) count() int { return len(q.since(0)) }

var oneGi = resource.MustParse("1Gi")
