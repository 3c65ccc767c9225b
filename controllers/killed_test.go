package controllers_test

import (
	"maps"
	"net/http"
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"
	appsv1 "k8s.io/api/apps/v1"
	corev1 "k8s.io/api/core/v1"
	apimeta "k8s.io/apimachinery/pkg/api/meta"
	"k8s.io/apimachinery/pkg/api/resource"

	"github.com/rentora/rentora/api/v1alpha1"
	"github.com/rentora/rentora/controllers/component"
)

// lives are the writes after which the operator is killed, in turn: the last one is written, and it never hears of it.
var lives = []int{1, 2, 3, 5, 8, 13}

// TestKilledOperator kills the operator again and again while a platform comes up and while it goes, and wants what a quiet one
// makes, with the credentials that were minted first, and in the end nothing.
func TestKilledOperator(t *testing.T) {
	t.Parallel()
	quiet := newWorld(t)
	quiet.create(quiet.platform("stay"))
	quiet.ready("stay")
	quiet.settle("stay")
	want := quiet.alike(quiet.objects("stay"))

	w := emptyWorld(t)
	w.create(w.platform("stay"))
	minted := map[string]map[string]string{}
	deaths := w.killed(lives, func() bool {
		w.nodes("stay")
		return apimeta.IsStatusConditionTrue(w.read("stay").Status.Conditions, v1alpha1.ReadyCondition)
	}, func() { w.sameCredentials(minted) })
	if deaths < 8 || len(minted) < 6 {
		t.Errorf("the operator was killed %d times and minted %d Secrets", deaths, len(minted))
	}
	w.start()
	w.ready("stay")
	w.settle("stay")
	if diff := cmp.Diff(want, w.alike(w.objects("stay"))); diff != "" {
		t.Errorf("a killed operator makes something else (-quiet +killed):\n%s", diff)
	}
	if diff := cmp.Diff([]string{"1.0.0 Created", "1.0.0 Migrated", "1.0.0 RolledOut"}, w.history("stay")); diff != "" {
		t.Errorf("the history differs (-want +got):\n%s", diff)
	}

	claim := w.claim("stay", component.Postgres, resource.MustParse("2Gi"))
	p := w.read("stay")
	w.change(p, func() { p.Spec.DeletionPolicy = v1alpha1.Delete })
	w.settle("stay")
	w.stop()
	if err := w.Delete(t.Context(), p); err != nil {
		t.Fatal(err)
	}
	if deaths := w.killed([]int{1}, func() bool { return !w.exists(&v1alpha1.RentoraPlatform{}, "stay") }, func() {}); deaths < 5 {
		t.Errorf("the operator was killed %d times while the platform went", deaths)
	}
	for name, o := range w.objects("stay") {
		if len(o.GetOwnerReferences()) == 0 { // the garbage collector takes the others
			t.Errorf("%s outlives a platform that says Delete", name)
		}
	}
	if w.exists(claim, claim.Name) && claim.DeletionTimestamp == nil { // no controller takes the volume's own finalizer away
		t.Error("the volume outlives a platform that says Delete")
	}
}

// killed starts operators that are cut off after so many writes, one after the other, until it is done, and says how many died.
func (w *world) killed(lives []int, done func() bool, after func()) (deaths int) {
	w.Helper()
	for n := 0; !done(); n++ {
		r := w.start(how{writes: lives[n%len(lives)]})
		w.until("the operator is killed or done", func() (bool, string) {
			return done() || r.seen.dead(), strings.Join(r.seen.since(0), "\n")
		})
		if r.seen.dead() {
			deaths++
		}
		r.stop()
		after()
	}
	return deaths
}

// sameCredentials wants every Secret that was minted to stay as it was seen first.
func (w *world) sameCredentials(seen map[string]map[string]string) {
	w.Helper()
	for _, c := range []component.Credential{component.PostgresAuth, component.RedisAuth, component.TypesenseAuth, component.ObjectsAuth, component.KafkaAuth, component.Keys} {
		var s corev1.Secret
		name := "stay-" + string(c)
		if !w.exists(&s, name) {
			continue
		}
		data := map[string]string{}
		for key, value := range s.Data {
			data[key] = string(value)
		}
		if seen[name] == nil {
			seen[name] = data
		} else if !maps.Equal(seen[name], data) {
			w.Errorf("the Secret %s was minted anew", name)
		}
	}
}

// TestHandover kills the operator that leads and ends the one that follows it in order: at each moment one alone acts, and the
// next one soon.
func TestHandover(t *testing.T) {
	t.Parallel()
	w := emptyWorld(t)
	first := w.start(how{elects: true})
	w.create(w.platform("stay"))
	w.ready("stay")
	w.settle("stay")
	second := w.start(how{elects: true})
	w.until("the second one stands by", func() (bool, string) { return second.seen.leases() > 2, "" })

	w.image("example.test/redis:first")
	if wrote := second.seen.written(); len(wrote) > 0 {
		t.Errorf("beside the one that leads another one wrote:\n%s", strings.Join(wrote, "\n"))
	}
	began := time.Now()
	first.seen.kill()
	w.asks("example.test/redis:second")
	w.until("the second one acts", func() (bool, string) { return len(second.seen.written()) > 0, "" })
	if !first.over() {
		t.Error("the second one acts while the first one still means to lead")
	}
	w.image("example.test/redis:second")
	if took := time.Since(began); took > 30*time.Second {
		t.Errorf("the operator that was killed was followed after %s", took)
	}

	third := w.start(how{elects: true})
	w.until("the third one stands by", func() (bool, string) { return third.seen.leases() > 2, "" })
	began = time.Now()
	second.stop()
	w.image("example.test/redis:third")
	if took := time.Since(began); took > 15*time.Second {
		t.Errorf("the operator that ended in order was followed after %s", took)
	}
	w.ready("stay")
	w.settle("stay")
	w.wantHistory("stay", "1.0.0 Created", "1.0.0 Migrated", "1.0.0 RolledOut")
}

// asks makes the platform ask for an image of Redis, so that whoever leads has something to do.
func (w *world) asks(image string) {
	w.Helper()
	p := w.read("stay")
	w.change(p, func() { p.Spec.Images.Redis = image })
}

// image makes the platform ask for an image of Redis and waits until it is what the StatefulSet runs.
func (w *world) image(image string) {
	w.Helper()
	w.asks(image)
	w.until("Redis gets "+image, func() (bool, string) {
		s := &appsv1.StatefulSet{}
		w.exists(s, "stay-redis")
		got := s.Spec.Template.Spec.Containers[0].Image
		return got == image, got
	})
}

func (r *replica) over() bool {
	select {
	case <-r.ended:
		return true
	default:
		return false
	}
}

// written gives what was written, the lease apart.
func (q *requests) written() []string {
	return slices.DeleteFunc(q.since(0), func(r string) bool { return strings.HasPrefix(r, http.MethodGet+" ") })
}
