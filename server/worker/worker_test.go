package worker_test

import (
	"context"
	"encoding/json"
	"errors"
	"io"
	"log/slog"
	"maps"
	"net"
	"net/http"
	"slices"
	"strings"
	"sync/atomic"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"
	"github.com/google/uuid"
	"github.com/jackc/pgx/v5"
	"github.com/prometheus/client_golang/prometheus"

	"github.com/rentora/rentora/server/config"
	"github.com/rentora/rentora/server/errs"
	"github.com/rentora/rentora/server/events"
	"github.com/rentora/rentora/server/media"
	"github.com/rentora/rentora/server/notify"
	"github.com/rentora/rentora/server/numbers"
	"github.com/rentora/rentora/server/ops"
	"github.com/rentora/rentora/server/postgres"
	"github.com/rentora/rentora/server/search"
	"github.com/rentora/rentora/server/testkit"
	"github.com/rentora/rentora/server/worker"
)

// running is a worker of a test.
type running struct {
	t    testing.TB
	base string
	stop func() error // may be called twice
}

// deps are those of a worker with a database of its own, and Kafka where nobody listens.
func deps(t testing.TB, groups ...string) worker.Deps {
	pool := testkit.DB(t)
	return worker.Deps{
		Config: &config.Config{
			HTTP:     config.HTTP{ShutdownTimeout: 5 * time.Second},
			Postgres: config.Postgres{URL: pool.Config().ConnString(), DirectURL: pool.Config().ConnString()},
			Kafka:    config.Kafka{Brokers: []string{"127.0.0.1:1"}, TopicPrefix: "t."},
			Worker:   config.Worker{Addr: "127.0.0.1:0", Groups: groups, HandlerTimeout: 5 * time.Second, MediaSlots: 1},
		},
		Pool: pool, Log: slog.New(slog.NewTextHandler(t.Output(), nil)), Registry: prometheus.NewRegistry(),
	}
}

func start(t testing.TB, d worker.Deps) *running {
	t.Helper()
	ctx, cancel := context.WithCancel(context.Background())
	at, ended := make(chan net.Addr, 1), make(chan error, 1)
	d.Listening = func(addr net.Addr) { at <- addr }
	go func() { ended <- worker.Run(ctx, d) }()
	r := &running{t: t}
	r.stop = func() error {
		cancel()
		err := <-ended
		ended <- err
		return err
	}
	t.Cleanup(func() { _ = r.stop() })
	select {
	case addr := <-at:
		r.base = "http://" + addr.String()
	case err := <-ended:
		ended <- err
		t.Fatal(err)
	}
	return r
}

func (r *running) get(path string) (int, string) {
	r.t.Helper()
	answer, err := http.Get(r.base + path)
	if err != nil {
		r.t.Fatal(err)
	}
	defer answer.Body.Close()
	body, err := io.ReadAll(answer.Body)
	if err != nil {
		r.t.Fatal(err)
	}
	return answer.StatusCode, string(body)
}

func TestAnEventGoesFromTheOutboxToItsHandler(t *testing.T) {
	t.Parallel()
	d := deps(t, "relay", "media")
	d.Config.Kafka = testkit.Kafka(t)
	got := make(chan media.UploadCompleted, 1)
	d.Subscriptions = []events.Subscription{events.On("media", func(_ context.Context, e media.UploadCompleted) error { got <- e; return nil })}
	r := start(t, d)
	want := media.UploadCompleted{UploadID: uuid.Must(uuid.NewV7())}
	if err := postgres.Tx(t.Context(), d.Pool, func(tx pgx.Tx) error { return events.Append(t.Context(), tx, want) }); err != nil {
		t.Fatal(err)
	}
	select {
	case e := <-got:
		if e != want {
			t.Errorf("%v, want %v", e, want)
		}
	case <-time.After(30 * time.Second):
		t.Fatal("nothing is handled in 30 s")
	}
	testkit.Eventually(t, 30*time.Second, func() error {
		if status, body := r.get("/readyz"); status != http.StatusOK {
			return errors.New(body)
		}
		return nil
	})
	_, metrics := r.get("/metrics")
	for _, name := range []string{"rentora_outbox_unpublished", "rentora_outbox_oldest_age_seconds", `rentora_events_published_total{topic="media"} 1`} {
		if !strings.Contains(metrics, name) {
			t.Errorf("no %s in %s", name, metrics)
		}
	}
	if err := r.stop(); err != nil {
		t.Error(err)
	}
}

func TestReadinessNamesWhatIsMissing(t *testing.T) {
	t.Parallel()
	d := deps(t, "scheduler")
	d.Checks = []ops.Check{{Name: "search", Probe: func(context.Context) error { return errors.New("away") }}}
	r := start(t, d)
	status, body := r.get("/readyz")
	var got struct {
		Status  string
		Missing []string
	}
	if err := json.Unmarshal([]byte(body), &got); err != nil {
		t.Fatal(err)
	}
	if diff := cmp.Diff([]string{"kafka", "search"}, got.Missing); diff != "" || status != http.StatusServiceUnavailable || got.Status != "not ready" {
		t.Errorf("%d %s", status, body)
	}
	if strings.Contains(body, "away") {
		t.Error("the cause is told to everybody")
	}
	if status, _ := r.get("/livez"); status != http.StatusOK {
		t.Errorf("livez %d, though the process lives", status)
	}
}

func TestGroupsThatMakeNoSenseAreRefused(t *testing.T) {
	t.Parallel()
	for _, groups := range [][]string{{"relay", "tea"}, nil, {""}} {
		d := deps(t, groups...)
		d.Subscriptions = everything()
		err := worker.Run(t.Context(), d)
		if !errs.Is(err, errs.Invalid) || !strings.Contains(err.Error(), "relay, scheduler, notify, cache, media, numbers, search") {
			t.Errorf("%v: %v, want the groups that there are", groups, err)
		}
	}
	d := deps(t, "scheduler")
	d.Config.Worker.Addr = "256.0.0.1:1"
	if err := worker.Run(t.Context(), d); err == nil || !strings.Contains(err.Error(), "RENTORA_WORKER_ADDR") {
		t.Errorf("%v, want the variable's name", err)
	}
}

func everything() []events.Subscription {
	return worker.Subscriptions(worker.Handlers{Notify: (*notify.Service)(nil), Media: (*media.Service)(nil), Search: (*search.Service)(nil), Numbers: (*numbers.Counter)(nil)})
}

func TestTheEventMapIsSound(t *testing.T) {
	t.Parallel()
	groups := map[string][]events.Subscription{}
	for _, s := range everything() {
		groups[s.Group] = append(groups[s.Group], s)
	}
	for group, subscriptions := range groups {
		if _, err := events.NewConsumer(events.ConsumerOptions{Group: group, Subscriptions: subscriptions, Log: slog.Default()}); err != nil {
			t.Error(err)
		}
		for _, s := range subscriptions {
			if !slices.Contains(events.Topics, events.TopicOf(s.Type)) {
				t.Errorf("%s is of no topic", s.Type)
			}
		}
	}
	if diff := cmp.Diff(slices.Sorted(maps.Keys(groups)), slices.Sorted(slices.Values(events.Groups))); diff != "" {
		t.Errorf("the groups with retry topics are not those of the map: %s", diff)
	}
	if len(groups) != 5 {
		t.Errorf("%d groups", len(groups))
	}
}

func TestOneSchedulerRunsTheJobsAndAnotherTakesOver(t *testing.T) {
	t.Parallel()
	d := deps(t, "scheduler")
	var first, second atomic.Int32
	job := func(n *atomic.Int32) []worker.Job {
		return []worker.Job{{Name: "count", Every: time.Millisecond, Run: func(context.Context) error { n.Add(1); return nil }}}
	}
	d.Jobs = job(&first)
	a := start(t, d)
	reaches(t, &first, 3)
	other := d
	other.Registry, other.Jobs = prometheus.NewRegistry(), job(&second)
	start(t, other)
	reaches(t, &first, 20)
	if n := second.Load(); n != 0 {
		t.Errorf("the second scheduler ran %d jobs beside the first", n)
	}
	if _, metrics := a.get("/metrics"); !strings.Contains(metrics, `rentora_jobs_total{job="count",result="done"}`) {
		t.Error("the runs are not counted")
	}
	if err := a.stop(); err != nil {
		t.Error(err)
	}
	reaches(t, &second, 3)
}

func TestASchedulerThatLosesItsConnectionTakesTheLockAgain(t *testing.T) {
	t.Parallel()
	d := deps(t, "scheduler")
	begun := make(chan struct{}, 100)
	d.Jobs = []worker.Job{{Name: "long", Every: time.Millisecond, Run: func(ctx context.Context) error {
		begun <- struct{}{}
		<-ctx.Done() // the loss of the lock must end it, or the next one never begins in time
		return ctx.Err()
	}}}
	d.Config.Worker.HandlerTimeout = time.Hour
	start(t, d)
	for range 2 {
		select {
		case <-begun:
		case <-time.After(30 * time.Second):
			t.Fatal("the job does not begin in 30 s")
		}
		if _, err := d.Pool.Exec(t.Context(), "select pg_terminate_backend(pid) from pg_stat_activity where application_name = 'rentora-lock' and datname = current_database()"); err != nil {
			t.Fatal(err)
		}
	}
}

func TestAJobThatFailsOrPanicsRunsAgain(t *testing.T) {
	t.Parallel()
	d := deps(t, "scheduler")
	var runs atomic.Int32
	d.Jobs = []worker.Job{{Name: "moody", Every: time.Millisecond, Run: func(context.Context) error {
		switch runs.Add(1) {
		case 1:
			return errors.New("not today")
		case 2:
			panic("a mistake of ours")
		}
		return nil
	}}}
	r := start(t, d)
	reaches(t, &runs, 4)
	if _, metrics := r.get("/metrics"); !strings.Contains(metrics, `rentora_jobs_total{job="moody",result="error"} 2`) {
		t.Errorf("not two errors in %s", metrics)
	}
}

func TestAStopIsShortWhateverAJobDoes(t *testing.T) {
	t.Parallel()
	d := deps(t, "scheduler")
	d.Config.HTTP.ShutdownTimeout = 100 * time.Millisecond
	begun, release := make(chan struct{}), make(chan struct{})
	t.Cleanup(func() { close(release) })
	d.Jobs = []worker.Job{{Name: "deaf", Every: time.Hour, Run: func(context.Context) error {
		close(begun)
		<-release
		return nil
	}}}
	r := start(t, d)
	<-begun
	began := time.Now()
	if err := r.stop(); err != nil || time.Since(began) > 10*time.Second {
		t.Errorf("stopped after %s: %v", time.Since(began), err)
	}
}

// due is an Expirer with so many bookings whose time is up.
type due struct{ left int }

func (d *due) ExpireDue(_ context.Context, limit int) (int, error) {
	n := min(limit, d.left)
	d.left -= n
	return n, nil
}

func TestTheExpiryLeavesNothingBehind(t *testing.T) {
	t.Parallel()
	for _, left := range []int{0, 1, 200, 1001} {
		d := &due{left}
		if err := worker.ExpireDue(d).Run(t.Context()); err != nil || d.left != 0 {
			t.Errorf("of %d, %d are left: %v", left, d.left, err)
		}
	}
}

func reaches(t testing.TB, n *atomic.Int32, want int32) {
	t.Helper()
	testkit.Eventually(t, 30*time.Second, func() error {
		if n.Load() < want {
			return errors.New("too few runs")
		}
		return nil
	})
}
