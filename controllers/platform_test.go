package controllers_test

import (
	"fmt"
	"slices"
	"strings"
	"testing"

	appsv1 "k8s.io/api/apps/v1"
	batchv1 "k8s.io/api/batch/v1"
	corev1 "k8s.io/api/core/v1"
	networkingv1 "k8s.io/api/networking/v1"
	policyv1 "k8s.io/api/policy/v1"
	apierrors "k8s.io/apimachinery/pkg/api/errors"
	"k8s.io/apimachinery/pkg/api/resource"
	metav1 "k8s.io/apimachinery/pkg/apis/meta/v1"
	"sigs.k8s.io/controller-runtime/pkg/client"

	"github.com/rentora/rentora/api/v1alpha1"
	"github.com/rentora/rentora/controllers/component"
)

// TestPlatform follows one platform from its resource to ready, through nothing happening, changes by strangers and by its
// owner, to its end.
func TestPlatform(t *testing.T) {
	t.Parallel()
	w := newWorld(t)
	w.create(w.platform("stay"))
	w.condition("stay", "MigrateReady", metav1.ConditionFalse, v1alpha1.ReasonWaiting)
	if w.exists(&appsv1.Deployment{}, "stay-api") {
		t.Error("the API was created before the schema was migrated")
	}
	p := w.ready("stay")
	if p.Status.Version.Current != "1.0.0" || p.Status.API != "1/1" || p.Status.Web != "1/1" || p.Status.Endpoints.API != "http://rentora.example.test/api/v1" {
		t.Errorf("the status of a platform that runs: %+v, api %q, web %q, %+v", p.Status.Version, p.Status.API, p.Status.Web, p.Status.Endpoints)
	}
	for _, step := range []struct {
		name string
		do   func(*testing.T, *world)
	}{
		{"steady", steady}, {"restored", restored}, {"reverted", reverted}, {"pruned", pruned}, {"without the web", withoutWeb}, {"another image", anotherImage}, {"grown", grown}, {"paused", pausedAndResumed}, {"credentials stay", credentialsStay},
	} {
		if !t.Run(step.name, func(t *testing.T) { step.do(t, w) }) {
			return
		}
	}
}

func (w *world) exists(o client.Object, name string) bool {
	w.Helper()
	err := w.Get(w.Context(), client.ObjectKey{Namespace: w.namespace, Name: name}, o)
	if err != nil && !apierrors.IsNotFound(err) {
		w.Fatal(err)
	}
	return err == nil
}

// nudge makes the operator look n times although nothing changed.
func (w *world) nudge(name string, n int) {
	w.Helper()
	for i := range n {
		before := w.passes.Load()
		p := w.read(name)
		w.change(p, func() { p.Annotations = map[string]string{"example.test/nudge": fmt.Sprint(i)} })
		w.until("the operator looks", func() (bool, string) { return w.passes.Load() > before, "" })
	}
}

// settle waits until the operator asks nothing more.
func (w *world) settle(name string) {
	w.Helper()
	w.until("nothing more is asked", func() (bool, string) {
		before := w.seen.count()
		w.nudge(name, 3)
		return w.seen.count() == before, strings.Join(w.seen.since(before), "\n")
	})
}

// steady wants no write and no read past the caches from passes over a platform that is as it should be.
func steady(t *testing.T, w *world) {
	w.settle("stay")
	before := w.seen.count()
	w.nudge("stay", 20)
	if asked := w.seen.since(before); len(asked) > 0 {
		t.Errorf("20 passes in steady state asked the API server:\n%s", strings.Join(asked, "\n"))
	}
}

// restored deletes children one after the other; TestProfiles deletes all of them at once.
func restored(t *testing.T, w *world) {
	for _, child := range []struct {
		name string
		o    client.Object
	}{
		{"stay-postgres", &appsv1.StatefulSet{}}, {"stay-api", &appsv1.Deployment{}}, {"stay-redis", &corev1.Service{}},
		{"stay-access", &corev1.ServiceAccount{}}, {"stay-server-env", &corev1.Secret{}}, {"stay-kafka", &networkingv1.NetworkPolicy{}},
		{"stay-typesense", &policyv1.PodDisruptionBudget{}}, {"stay-redis-auth", &corev1.Secret{}},
		{"stay-web", &appsv1.Deployment{}},
		{"stay-publish", &networkingv1.Ingress{}}, // although neither the database nor the API is ready again
	} {
		name, o := child.name, child.o
		if !w.exists(o, name) {
			t.Errorf("there is no %T %s", o, name)
			continue
		}
		was := o.GetUID()
		if err := w.Delete(t.Context(), o); err != nil {
			t.Fatal(err)
		}
		w.until(name+" is there again", func() (bool, string) { return w.exists(o, name) && o.GetUID() != was, "" })
	}
	w.ready("stay")
}

// reverted edits what the operator rendered, and adds what it did not.
func reverted(t *testing.T, w *world) {
	d := &appsv1.Deployment{ObjectMeta: metav1.ObjectMeta{Name: "stay-api", Namespace: w.namespace}}
	w.change(d, func() {
		d.Spec.Template.Spec.Containers[0].Image = "example.test/other:1"
		d.Spec.Template.Spec.Containers[0].SecurityContext.ReadOnlyRootFilesystem = nil
		d.Labels["example.test/theirs"] = "stays"
	})
	w.until("the image is ours again", func() (bool, string) {
		w.exists(d, d.Name)
		c := d.Spec.Template.Spec.Containers[0]
		return c.Image == "example.test/rentora/server:1.0.0" && c.SecurityContext.ReadOnlyRootFilesystem != nil && *c.SecurityContext.ReadOnlyRootFilesystem, c.Image
	})
	if d.Labels["example.test/theirs"] != "stays" {
		t.Error("a label of somebody else was taken away")
	}
	s := &corev1.Service{ObjectMeta: metav1.ObjectMeta{Name: "stay-postgres", Namespace: w.namespace}}
	w.change(s, func() { s.Spec.Selector = map[string]string{"app": "other"} })
	w.until("the selector is ours again", func() (bool, string) {
		w.exists(s, s.Name)
		return s.Spec.Selector[component.LabelName] == "postgres", fmt.Sprint(s.Spec.Selector)
	})
	n := len(s.Spec.Selector)
	w.change(s, func() { s.Spec.Selector["example.test/one"] = "more" }) // which no pod has
	w.until("the selector selects again", func() (bool, string) {
		w.exists(s, s.Name)
		return len(s.Spec.Selector) == n, fmt.Sprint(s.Spec.Selector)
	})
	w.ready("stay")
	w.settle("stay")
}

// pruned switches a component off.
func pruned(t *testing.T, w *world) {
	if !w.exists(&appsv1.StatefulSet{}, "stay-prometheus") {
		t.Fatal("no Prometheus runs")
	}
	p := w.read("stay")
	w.change(p, func() { p.Spec.Monitoring.Mode = v1alpha1.NoMonitoring })
	w.until("nothing of the monitoring is left", func() (bool, string) {
		var configs corev1.ConfigMapList
		if err := w.List(t.Context(), &configs, client.InNamespace(w.namespace), client.MatchingLabels{component.LabelComponent: component.Monitoring}); err != nil {
			t.Fatal(err)
		}
		return !w.exists(&appsv1.StatefulSet{}, "stay-prometheus") && len(configs.Items) == 0, fmt.Sprintf("%d ConfigMaps", len(configs.Items))
	})
	w.ready("stay")
	w.settle("stay")
}

// withoutWeb switches the site off and on again: the API alone answers at the domain meanwhile.
func withoutWeb(t *testing.T, w *world) {
	leads := func() (ways []string) {
		i := &networkingv1.Ingress{}
		w.exists(i, "stay-publish")
		for _, path := range i.Spec.Rules[0].HTTP.Paths {
			ways = append(ways, path.Path+" "+path.Backend.Service.Name)
		}
		return ways
	}
	for _, c := range []struct {
		on   bool
		ways []string
	}{{false, []string{"/ stay-api"}}, {true, []string{"/api stay-api", "/.well-known/jwks.json stay-api", "/livez stay-api", "/readyz stay-api", "/ stay-web"}}} {
		p := w.read("stay")
		w.change(p, func() { p.Spec.Web.Enabled = &c.on })
		w.until("the address leads to what is there", func() (bool, string) {
			w.nodes("stay") // to a site, once it was ready
			ways := leads()
			return slices.Equal(ways, c.ways) && w.exists(&appsv1.Deployment{}, "stay-web") == c.on && w.exists(&corev1.Service{}, "stay-web") == c.on, fmt.Sprint(ways) + conditions(w.read("stay"))
		})
		p = w.ready("stay")
		if (p.Status.Web != "") != c.on || (p.Status.Version.WebImage != "") != c.on {
			t.Errorf("on is %t and the status says web %q and %+v", c.on, p.Status.Web, p.Status.Version)
		}
		w.settle("stay")
	}
}

// anotherImage changes what every kind of workload runs, after passes in which nothing was to be done.
func anotherImage(t *testing.T, w *world) {
	w.settle("stay")
	p := w.read("stay")
	w.change(p, func() {
		p.Spec.Images.Redis, p.Spec.Images.Kafka = "example.test/redis:next", "example.test/kafka:next"
	})
	for name, image := range map[string]string{"stay-redis": "example.test/redis:next", "stay-kafka": "example.test/kafka:next"} {
		s := &appsv1.StatefulSet{}
		w.until(name+" gets the image", func() (bool, string) {
			w.exists(s, name)
			c := s.Spec.Template.Spec.Containers[0]
			return c.Image == image, c.Image
		})
	}
	w.ready("stay")
	w.settle("stay")
}

// grown asks for a larger volume. The StatefulSet is made anew around its pods, and at no moment is anything said to have failed.
func grown(t *testing.T, w *world) {
	size := resource.MustParse("3Gi")
	old := &appsv1.StatefulSet{}
	w.exists(old, "stay-postgres")
	p := w.read("stay")
	w.change(p, func() { p.Spec.Postgres.Storage.Size = &size })
	going := &appsv1.StatefulSet{}
	w.until("the StatefulSet goes", func() (bool, string) {
		return w.exists(going, "stay-postgres") && going.DeletionTimestamp != nil, ""
	})
	if c := w.condition("stay", "PostgresReady", metav1.ConditionFalse, v1alpha1.ReasonProgressing); !strings.Contains(c.Message, "made anew") {
		t.Errorf("the condition says %q", c.Message)
	}
	w.change(going, func() { going.Finalizers = nil }) // the garbage collector has orphaned the pods
	anew := &appsv1.StatefulSet{}
	w.until("it is made anew", func() (bool, string) { return w.exists(anew, "stay-postgres") && anew.UID != old.UID, "" })
	if got := anew.Spec.VolumeClaimTemplates[0].Spec.Resources.Requests.Storage(); got.Cmp(size) != 0 {
		t.Errorf("the new one asks for %s", got)
	}
	w.ready("stay")
}

// pausedAndResumed deletes something while the operator is told to leave all as it is.
func pausedAndResumed(t *testing.T, w *world) {
	p := w.read("stay")
	w.change(p, func() { p.Spec.Paused = true })
	w.condition("stay", v1alpha1.PausedCondition, metav1.ConditionTrue, v1alpha1.ReasonPaused)
	s := &corev1.Service{}
	if !w.exists(s, "stay-redis") {
		t.Fatal("there is no Service of Redis")
	}
	if err := w.Delete(t.Context(), s); err != nil {
		t.Fatal(err)
	}
	w.nudgePaused("stay")
	if w.exists(s, "stay-redis") {
		t.Error("a paused operator acted")
	}
	p = w.read("stay")
	w.change(p, func() { p.Spec.Paused = false })
	w.until("the Service is there again", func() (bool, string) { return w.exists(s, "stay-redis"), "" })
	w.ready("stay")
	w.settle("stay")
	w.wantHistory("stay", "1.0.0 Created", "1.0.0 Migrated", "1.0.0 RolledOut", "1.0.0 Paused", "1.0.0 Resumed")
}

// nudgePaused changes a resource that is paused until the operator has answered: passes are not counted then, but the status
// follows the generation.
func (w *world) nudgePaused(name string) {
	w.Helper()
	p := w.read(name)
	w.change(p, func() { p.Spec.AllowDowngrade = !p.Spec.AllowDowngrade })
	w.condition(name, v1alpha1.PausedCondition, metav1.ConditionTrue, v1alpha1.ReasonPaused)
}

// credentialsStay deletes the platform and makes it again: what opens the volumes is what it was.
func credentialsStay(t *testing.T, w *world) {
	var before, after corev1.Secret
	w.exists(&before, "stay-postgres-auth")
	claim := w.claim("stay", component.Postgres, resource.MustParse("3Gi")) // as it was grown to
	w.delete("stay")
	if !w.exists(&after, "stay-postgres-auth") || string(after.Data["owner-password"]) != string(before.Data["owner-password"]) {
		t.Error("the credentials did not outlive the platform")
	}
	if !w.exists(claim, claim.Name) || claim.DeletionTimestamp != nil {
		t.Error("the volume did not outlive the platform")
	}
	w.sweep("stay")
	w.create(w.platform("stay"))
	w.ready("stay")
	if w.exists(&after, "stay-postgres-auth"); string(after.Data["owner-password"]) != string(before.Data["owner-password"]) {
		t.Error("the platform's second life has other credentials than its volumes")
	}
	p := w.read("stay")
	w.change(p, func() { p.Spec.DeletionPolicy = v1alpha1.Delete })
	w.delete("stay")
	w.until("nothing that opens or holds data is left", func() (bool, string) {
		gone := !w.exists(claim, claim.Name) || claim.DeletionTimestamp != nil // no controller takes the volume's own finalizer away
		return !w.exists(&after, "stay-postgres-auth") && !w.exists(&after, "stay-keys") && gone, ""
	})
}

// delete deletes a platform and waits until it is gone.
func (w *world) delete(name string) {
	w.Helper()
	p := w.read(name)
	if err := w.Delete(w.Context(), p); err != nil {
		w.Fatal(err)
	}
	w.until(name+" is gone", func() (bool, string) { return !w.exists(&v1alpha1.RentoraPlatform{}, name), "" })
}

// sweep deletes what a platform owned, as the garbage collector would.
func (w *world) sweep(name string) {
	w.Helper()
	for _, o := range []client.Object{&appsv1.Deployment{}, &appsv1.StatefulSet{}, &batchv1.Job{}, &corev1.Service{}, &corev1.ConfigMap{}, &corev1.ServiceAccount{}, &networkingv1.NetworkPolicy{}, &networkingv1.Ingress{}, &policyv1.PodDisruptionBudget{}} {
		if err := w.DeleteAllOf(w.Context(), o, client.InNamespace(w.namespace), client.MatchingLabels{component.LabelPlatform: name}, client.PropagationPolicy(metav1.DeletePropagationBackground)); err != nil {
			w.Fatal(err)
		}
	}
	var secrets corev1.SecretList
	if err := w.List(w.Context(), &secrets, client.InNamespace(w.namespace), client.MatchingLabels{component.LabelPlatform: name}); err != nil {
		w.Fatal(err)
	}
	for i := range secrets.Items {
		if len(secrets.Items[i].OwnerReferences) > 0 {
			if err := w.Delete(w.Context(), &secrets.Items[i]); client.IgnoreNotFound(err) != nil {
				w.Fatal(err)
			}
		}
	}
}
