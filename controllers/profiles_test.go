package controllers_test

import (
	"maps"
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"
	corev1 "k8s.io/api/core/v1"
	apimeta "k8s.io/apimachinery/pkg/api/meta"
	metav1 "k8s.io/apimachinery/pkg/apis/meta/v1"

	"github.com/rentora/rentora/api/v1alpha1"
	"github.com/rentora/rentora/controllers"
	"github.com/rentora/rentora/controllers/component"
	"github.com/rentora/rentora/controllers/golden"
)

// TestProfiles brings up a platform of every kind of which the manifests are committed: what is made is what they say, then nothing
// is asked of the API server any more, and all of it comes back when somebody deletes it.
func TestProfiles(t *testing.T) {
	t.Parallel()
	for name, in := range golden.Inputs() {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			w := newWorld(t)
			w.cluster.Store(&in.Facts)
			p := in.Platform
			p.ObjectMeta = metav1.ObjectMeta{Name: "stay", Namespace: w.namespace}
			if name == "ha" { // what no committed manifest has
				p.Spec.Monitoring.Grafana.Enabled = true
				p.Spec.Monitoring.Alerts.WebhookSecretRef = &v1alpha1.SecretRef{Name: "my-alerts"}
				p.Spec.CredentialsSecretRef = &v1alpha1.SecretRef{Name: "my-keys"}
				w.create(&corev1.Secret{ObjectMeta: metav1.ObjectMeta{Name: "my-keys", Namespace: w.namespace}, Data: in.Secrets[component.Keys].Data})
				in.Secrets[component.AlertsAuth] = component.Secret{Name: "my-alerts", Data: map[string][]byte{"url": []byte("https://alerts.example.test")}}
			}
			w.bring(in)
			w.create(p)
			w.ready("stay")
			w.settle("stay")
			before := w.seen.count()
			w.nudge("stay", 10)
			if asked := w.seen.since(before); len(asked) > 0 {
				t.Errorf("10 passes in steady state asked the API server:\n%s", strings.Join(asked, "\n"))
			}
			in.Platform = w.read("stay")
			if diff := cmp.Diff(wanted(t, in), slices.Sorted(maps.Keys(w.objects("stay")))); diff != "" {
				t.Errorf("other objects are there than are desired (-desired +there):\n%s", diff)
			}
			w.restored("stay")
			if name == "ha" {
				highlyAvailable(t, w)
			}
		})
	}
}

// bring makes the Secrets that the user of a golden platform brings along.
func (w *world) bring(in component.Input) {
	w.Helper()
	for _, s := range in.Secrets {
		if !strings.HasPrefix(s.Name, "stay-") {
			w.create(&corev1.Secret{ObjectMeta: metav1.ObjectMeta{Name: s.Name, Namespace: w.namespace}, Data: s.Data})
		}
	}
	if tls := in.Platform.Spec.TLS; tls != nil {
		w.create(&corev1.Secret{ObjectMeta: metav1.ObjectMeta{Name: tls.SecretName, Namespace: w.namespace}, Type: corev1.SecretTypeTLS,
			Data: certified(w.T, time.Now().Add(90*24*time.Hour))})
	}
}

// wanted names all that the components desire for a platform, and the Secrets that are minted for it.
func wanted(t *testing.T, in component.Input) (names []string) {
	t.Helper()
	in.Settings = component.Resolve(in.Platform, golden.Defaults())
	for _, c := range controllers.Components() {
		objects, err := c.Desired(in)
		if err != nil {
			t.Fatal(err)
		}
		for _, o := range objects {
			name := o.GetObjectKind().GroupVersionKind().Kind + " " + o.GetName()
			names = append(names, unhashed(name))
		}
	}
	for _, s := range in.Secrets {
		if strings.HasPrefix(s.Name, "stay-") {
			names = append(names, "Secret "+s.Name)
		}
	}
	slices.Sort(names)
	return slices.Compact(names)
}

// highlyAvailable hands the databases of a platform of the profile ha over to somebody else, one by one: as long as one is single,
// the platform says so.
func highlyAvailable(t *testing.T, w *world) {
	c := w.condition("stay", v1alpha1.AvailableHA, metav1.ConditionFalse, v1alpha1.ReasonNotHighlyAvailable)
	if want := "A single instance serves postgres, redis, typesense, objects, kafka: run it elsewhere (mode External) to survive its loss without an interruption."; c.Message != want {
		t.Errorf("the condition says %q", c.Message)
	}
	external := golden.Inputs()["external"].Platform.Spec
	external.Postgres.AcknowledgeModeChange, external.Redis.AcknowledgeModeChange = true, true
	external.ObjectStorage.AcknowledgeModeChange, external.Kafka.AcknowledgeModeChange = true, true
	p := w.read("stay")
	w.change(p, func() {
		p.Spec.Postgres, p.Spec.Redis, p.Spec.Typesense, p.Spec.ObjectStorage = external.Postgres, external.Redis, external.Typesense, external.ObjectStorage
	})
	w.until("Kafka alone is single", func() (bool, string) {
		c := apimeta.FindStatusCondition(w.read("stay").Status.Conditions, v1alpha1.AvailableHA)
		return c.Status == metav1.ConditionFalse && strings.HasPrefix(c.Message, "A single instance serves kafka: "), c.Message
	})
	w.change(p, func() { p.Spec.Kafka = external.Kafka })
	w.condition("stay", v1alpha1.AvailableHA, metav1.ConditionTrue, v1alpha1.ReasonHighlyAvailable)
	w.change(p, func() { p.Spec.Profile = v1alpha1.Standard })
	w.until("a platform that is not meant to be highly available says nothing of it", func() (bool, string) {
		p := w.read("stay")
		return apimeta.FindStatusCondition(p.Status.Conditions, v1alpha1.AvailableHA) == nil, conditions(p)
	})
}
