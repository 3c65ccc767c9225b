package deadletter_test

import (
	"context"
	"fmt"
	"log/slog"
	"sync/atomic"
	"testing"
	"time"

	"github.com/google/uuid"
	"github.com/jackc/pgx/v5"
	"github.com/jackc/pgx/v5/pgxpool"

	"github.com/rentora/rentora/server/deadletter"
	"github.com/rentora/rentora/server/errs"
	"github.com/rentora/rentora/server/events"
	"github.com/rentora/rentora/server/identity"
	"github.com/rentora/rentora/server/media"
	"github.com/rentora/rentora/server/page"
	"github.com/rentora/rentora/server/postgres"
	"github.com/rentora/rentora/server/testkit"
)

// desk is the service with people at it.
type desk struct {
	*deadletter.Service
	t              *testing.T
	pool           *pgxpool.Pool
	admin, support identity.Actor
}

func newDesk(t *testing.T) *desk {
	pool := testkit.DB(t)
	return &desk{Service: deadletter.New(pool, time.Now), t: t, pool: pool,
		admin: testkit.User(t, pool, identity.Admin), support: testkit.User(t, pool, identity.Support)}
}

// bury inserts a dead letter.
func (d *desk) bury(group, kind string, retriable bool) uuid.UUID {
	d.t.Helper()
	id := uuid.Must(uuid.NewV7())
	_, err := d.pool.Exec(d.t.Context(), `insert into dead_letters (id, consumer, event_id, topic, key, type, payload, occurred_at, error, attempts, retriable)
		values ($1, $2, $1, 'media', 'k', $3, '{"upload_id": "x"}', now(), 'boom', 6, $4)`, id, group, kind, retriable)
	if err != nil {
		d.t.Fatal(err)
	}
	return id
}

func (d *desk) count(sql string, args ...any) (n int) {
	d.t.Helper()
	if err := d.pool.QueryRow(d.t.Context(), sql, args...).Scan(&n); err != nil {
		d.t.Fatal(err)
	}
	return n
}

// consume runs a group until stop is called.
func (d *desk) consume(o events.ConsumerOptions) (stop func()) {
	d.t.Helper()
	consumer, err := events.NewConsumer(o)
	if err != nil {
		d.t.Fatal(err)
	}
	ctx, cancel := context.WithCancel(context.Background())
	ended := make(chan error, 1)
	go func() { ended <- consumer.Run(ctx) }()
	return func() {
		cancel()
		if err := <-ended; err != nil {
			d.t.Error(err)
		}
	}
}

func TestFromPoisonToTheRetryThatHandlesItOnce(t *testing.T) {
	t.Parallel()
	d, kafka := newDesk(t), testkit.Kafka(t)
	log := slog.New(slog.NewTextHandler(t.Output(), nil))
	options := func(group string, handler func(context.Context, media.UploadCompleted) error) events.ConsumerOptions {
		return events.ConsumerOptions{Group: group, Kafka: kafka, Pool: d.pool, Log: log, Subscriptions: []events.Subscription{events.On(group, handler)}}
	}
	ctx, cancel := context.WithCancel(context.Background())
	relayed := make(chan error, 1)
	go func() {
		relayed <- events.NewRelay(events.RelayOptions{DirectURL: d.pool.Config().ConnString(), Kafka: kafka, Log: log}).Run(ctx)
	}()
	t.Cleanup(func() { cancel(); <-relayed })
	var others, fixed atomic.Int32
	t.Cleanup(d.consume(options("notify", func(context.Context, media.UploadCompleted) error { others.Add(1); return nil })))
	stop := d.consume(options("media", func(context.Context, media.UploadCompleted) error { return errs.E(errs.Invalid, "a mistake of ours") }))
	event := media.UploadCompleted{UploadID: uuid.Must(uuid.NewV7())}
	if err := postgres.Tx(t.Context(), d.pool, func(tx pgx.Tx) error { return events.Append(t.Context(), tx, event) }); err != nil {
		t.Fatal(err)
	}
	open := events.Open
	var letter events.Letter
	testkit.Eventually(t, 30*time.Second, func() error {
		p, err := d.List(t.Context(), d.support, events.LetterFilter{Status: &open}, page.Request{})
		if err != nil || len(p.Items) != 1 {
			return fmt.Errorf("%d letters, %w", len(p.Items), err)
		}
		letter = p.Items[0]
		return nil
	})
	stop()
	got, err := d.Get(t.Context(), d.support, letter.ID)
	if err != nil || got.Group != "media" || got.Attempts != 1 || got.Error != "a mistake of ours" || string(got.Payload) != fmt.Sprintf(`{"upload_id": %q}`, event.UploadID) {
		t.Errorf("%+v %s, %v", got, got.Payload, err)
	}
	handled := make(chan media.UploadCompleted, 10)
	t.Cleanup(d.consume(options("media", func(_ context.Context, e media.UploadCompleted) error { fixed.Add(1); handled <- e; return nil })))
	if _, err := d.Retry(t.Context(), d.admin, letter.ID); err != nil {
		t.Fatal(err)
	}
	select {
	case e := <-handled:
		if e != event {
			t.Errorf("%v, want %v", e, event)
		}
	case <-time.After(30 * time.Second):
		t.Fatal("the retry is not handled in 30 s")
	}
	testkit.Eventually(t, 30*time.Second, func() error {
		if n := d.count("select count(*) from inbox where consumer = 'media'"); n != 1 {
			return fmt.Errorf("%d rows in the inbox", n)
		}
		return nil
	})
	if fixed.Load() != 1 || others.Load() != 1 {
		t.Errorf("handled %d times by its group and %d times by the other", fixed.Load(), others.Load())
	}
	if got, err := d.Get(t.Context(), d.admin, letter.ID); err != nil || got.Status != events.Retried || *got.ResolvedBy != d.admin.ID {
		t.Errorf("%+v, %v", got, err)
	}
}

func TestADeedIsDoneOnceAndRecorded(t *testing.T) {
	t.Parallel()
	d := newDesk(t)
	retried, discarded, damaged := d.bury("media", "media.upload_completed", true), d.bury("media", "media.upload_completed", true), d.bury("media", "unreadable", false)
	steps := []struct {
		what string
		deed func() (events.Letter, error)
		kind errs.Kind // empty: it works
	}{
		{"support retries", func() (events.Letter, error) { return d.Retry(t.Context(), d.support, retried) }, errs.Forbidden},
		{"support discards", func() (events.Letter, error) { return d.Discard(t.Context(), d.support, retried, "why") }, errs.Forbidden},
		{"retry", func() (events.Letter, error) { return d.Retry(t.Context(), d.admin, retried) }, ""},
		{"retry again", func() (events.Letter, error) { return d.Retry(t.Context(), d.admin, retried) }, errs.Conflict},
		{"discard what is retried", func() (events.Letter, error) { return d.Discard(t.Context(), d.admin, retried, "why") }, errs.Conflict},
		{"discard", func() (events.Letter, error) { return d.Discard(t.Context(), d.admin, discarded, "a test's mail") }, ""},
		{"retry what is discarded", func() (events.Letter, error) { return d.Retry(t.Context(), d.admin, discarded) }, errs.Conflict},
		{"retry what is no event", func() (events.Letter, error) { return d.Retry(t.Context(), d.admin, damaged) }, errs.Unprocessable},
		{"retry nothing", func() (events.Letter, error) { return d.Retry(t.Context(), d.admin, uuid.New()) }, errs.NotFound},
		{"discard nothing", func() (events.Letter, error) { return d.Discard(t.Context(), d.admin, uuid.New(), "why") }, errs.NotFound},
	}
	for _, s := range steps {
		if _, err := s.deed(); (s.kind == "" && err != nil) || (s.kind != "" && !errs.Is(err, s.kind)) {
			t.Errorf("%s: %v, want %q", s.what, err, s.kind)
		}
	}
	if n := d.count("select count(*) from outbox where topic = 'media.retry-1' and event_id = $1", retried); n != 1 {
		t.Errorf("the event was sent %d times", n)
	}
	if n := d.count("select count(*) from outbox"); n != 1 {
		t.Errorf("%d events were sent", n)
	}
	if n := d.count("select count(*) from audit_log where target_type = 'dead_letter' and actor_id = $1 and action in ('dead_letter.retry', 'dead_letter.discard')", d.admin.ID); n != 2 {
		t.Errorf("%d entries of the audit log", n)
	}
}

func TestManyAreRetriedWithinBounds(t *testing.T) {
	t.Parallel()
	d := newDesk(t)
	for range 5 {
		d.bury("media", "media.upload_completed", true)
		d.bury("notify", "bookings.requested", true)
	}
	d.bury("media", "unreadable", false)
	group := "media"
	for _, want := range []struct {
		n    int
		more bool
	}{{3, true}, {2, false}, {0, false}} {
		n, more, err := d.RetryAll(t.Context(), d.admin, events.LetterFilter{Group: &group}, 3)
		if err != nil || n != want.n || more != want.more {
			t.Errorf("%d, %v, %v; want %v", n, more, err, want)
		}
	}
	if n := d.count("select count(*) from outbox where topic <> 'media.retry-1'"); n != 0 {
		t.Errorf("%d events of other groups were sent", n)
	}
	for _, limit := range []int{0, -1, 1001} {
		if _, _, err := d.RetryAll(t.Context(), d.admin, events.LetterFilter{}, limit); !errs.Is(err, errs.Invalid) {
			t.Errorf("limit %d: %v", limit, err)
		}
	}
	if _, _, err := d.RetryAll(t.Context(), d.support, events.LetterFilter{}, 1); !errs.Is(err, errs.Forbidden) {
		t.Error(err)
	}
	p, err := d.List(t.Context(), d.admin, events.LetterFilter{Group: &group}, page.Request{Limit: 4})
	if err != nil || len(p.Items) != 4 || p.Next == "" {
		t.Errorf("%d items, next %q, %v", len(p.Items), p.Next, err)
	}
	if rest, err := d.List(t.Context(), d.admin, events.LetterFilter{Group: &group}, page.Request{Limit: 4, Cursor: p.Next}); err != nil || len(rest.Items) != 2 || rest.Next != "" {
		t.Errorf("%d items, next %q, %v", len(rest.Items), rest.Next, err)
	}
	for _, role := range []identity.Role{identity.Guest, identity.Host} {
		if _, err := d.List(t.Context(), testkit.User(t, d.pool, role), events.LetterFilter{}, page.Request{}); !errs.Is(err, errs.Forbidden) {
			t.Errorf("%s looks: %v", role, err)
		}
	}
}
