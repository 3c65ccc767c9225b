package controllers_test

import (
	"context"
	"errors"
	"fmt"
	"maps"
	"slices"
	"strings"
	"sync"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"
	appsv1 "k8s.io/api/apps/v1"
	eventsv1 "k8s.io/api/events/v1"
	"sigs.k8s.io/controller-runtime/pkg/client"

	"github.com/rentora/rentora/api/v1alpha1"
	"github.com/rentora/rentora/controllers"
	"github.com/rentora/rentora/controllers/lag"
)

// brokers is a Kafka that says what the test wants, and a clock that goes on with every look at it.
type brokers struct {
	mu      sync.Mutex
	lags    map[string]int64
	err     error
	looks   int
	asked   lag.Kafka
	groups  []string
	now     time.Time
	between time.Duration // of the clock, from look to look
}

func (b *brokers) read(_ context.Context, k lag.Kafka, groups []string) (map[string]int64, error) {
	b.mu.Lock()
	defer b.mu.Unlock()
	b.looks++
	b.asked, b.groups, b.now = k, groups, b.now.Add(b.between)
	return maps.Clone(b.lags), b.err
}

func (b *brokers) clock() time.Time {
	b.mu.Lock()
	defer b.mu.Unlock()
	return b.now
}

// say lets the brokers say something else, and gives the number of looks until then.
func (b *brokers) say(lags map[string]int64, err error, between time.Duration) int {
	b.mu.Lock()
	defer b.mu.Unlock()
	b.lags, b.err, b.between = lags, err, between
	return b.looks
}

func (b *brokers) count() int {
	b.mu.Lock()
	defer b.mu.Unlock()
	return b.looks
}

func (b *brokers) question() (lag.Kafka, []string) {
	b.mu.Lock()
	defer b.mu.Unlock()
	return b.asked, b.groups
}

// TestScaler follows the workers of one group through what Kafka says of it: nothing yet, much, nothing that can be read, little.
func TestScaler(t *testing.T) {
	t.Parallel()
	w, b := emptyWorld(t), &brokers{now: time.Now()}
	w.start(how{with: func(o *controllers.Options) { o.Lags, o.Now, o.LookEvery = b.read, b.clock, 20*time.Millisecond }})
	p, per := w.platform("stay"), int32(10)
	p.Spec.Workers.Groups = []v1alpha1.Worker{{Name: "notify", Autoscaling: &v1alpha1.LagScaling{Min: 2, Max: 4, Lag: &per}}}
	w.create(p)
	w.ready("stay")
	w.workers(b, 2, "it shall have two whatever waits", nil, nil, time.Second)
	w.workers(b, 4, "35 messages ask for four", map[string]int64{"notify": 35}, nil, time.Second)
	w.workers(b, 4, "a Kafka that cannot be read changes nothing", nil, errors.New("no brokers"), 10*time.Minute)
	w.workers(b, 4, "a group of which nothing is known stays as it is", map[string]int64{"media": 0}, nil, 10*time.Minute)
	w.workers(b, 4, "what nobody needs goes after three minutes", map[string]int64{"notify": 0}, nil, 100*time.Millisecond)
	w.workers(b, 2, "one by one, and never below two", map[string]int64{"notify": 0}, nil, 40*time.Second)
	w.settle("stay") // the reconciler lets the scaler have its way

	want := lag.Kafka{Brokers: []string{"stay-kafka." + w.namespace + ".svc:9092"}, Prefix: w.namespace + ".stay."}
	if got, groups := b.question(); !cmp.Equal(want, got) || !slices.Equal(groups, []string{"notify"}) {
		t.Errorf("it looks at the groups %v of %+v", groups, got)
	}
	w.until("every change is told", func() (bool, string) {
		notes := w.scaled(p)
		return strings.Contains(notes, "notify from 1 to 2 workers: the fewest that it shall have.") && strings.Contains(notes, "notify from 2 to 4 workers: 35 messages wait.") &&
			strings.Contains(notes, "notify from 3 to 2 workers: 0 messages wait."), notes
	})
	w.change(p, func() { p.Spec.Paused = true })
	w.until("the scaler leaves a paused platform alone", func() (bool, string) {
		before := b.count()
		w.nudgePaused("stay")
		return b.count() == before, ""
	})
}

// workers lets Kafka say something and wants so many workers, now and ten looks later.
func (w *world) workers(b *brokers, want int32, why string, lags map[string]int64, err error, between time.Duration) {
	w.Helper()
	before := b.say(lags, err, between)
	d := &appsv1.Deployment{}
	w.until(why, func() (bool, string) {
		w.exists(d, "stay-worker-notify")
		return *d.Spec.Replicas == want && b.count() > before+1, fmt.Sprintf("%d workers", *d.Spec.Replicas)
	})
	after := b.count()
	w.until("ten more looks", func() (bool, string) { return b.count() > after+10, "" })
	if w.exists(d, "stay-worker-notify"); *d.Spec.Replicas != want {
		w.Errorf("%s: %d workers after a while, not %d", why, *d.Spec.Replicas, want)
	}
}

// scaled gives what the events of scaling say.
func (w *world) scaled(p *v1alpha1.RentoraPlatform) string {
	w.Helper()
	var list eventsv1.EventList
	if err := w.List(w.Context(), &list, client.InNamespace(w.namespace)); err != nil {
		w.Fatal(err)
	}
	var notes []string
	for _, e := range list.Items {
		if e.Regarding.UID == p.UID && e.Reason == "Scaled" {
			notes = append(notes, e.Note)
		}
	}
	return strings.Join(notes, "\n")
}
