package report_test

import (
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"log/slog"
	"net/http"
	"net/http/httptest"
	"strings"
	"sync"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"
	"github.com/google/uuid"
	"github.com/jackc/pgx/v5/pgxpool"
	"github.com/prometheus/client_golang/prometheus"

	"github.com/rentora/rentora/server/config"
	"github.com/rentora/rentora/server/errs"
	"github.com/rentora/rentora/server/identity"
	"github.com/rentora/rentora/server/page"
	"github.com/rentora/rentora/server/report"
	"github.com/rentora/rentora/server/testkit"
)

// clock is told the time.
type clock struct {
	mu  sync.Mutex
	now time.Time
}

func (c *clock) Now() time.Time {
	c.mu.Lock()
	defer c.mu.Unlock()
	return c.now
}

func (c *clock) add(d time.Duration) {
	c.mu.Lock()
	defer c.mu.Unlock()
	c.now = c.now.Add(d)
}

func open(t *testing.T, pool *pgxpool.Pool, dsn string) (*report.Reporter, *clock) {
	t.Helper()
	c := &clock{now: time.Date(2026, 3, 1, 12, 0, 0, 0, time.UTC)}
	r, err := report.Open(report.Options{Pool: pool, Registry: prometheus.NewRegistry(), Log: slog.New(slog.DiscardHandler), Now: c.Now,
		Release: "v1", Errors: config.Errors{SentryDSN: dsn}})
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(sync.OnceFunc(r.Close))
	return r, c
}

func groupsOf(t *testing.T, r *report.Reporter, f report.Filter) []report.Group {
	t.Helper()
	p, err := r.List(t.Context(), f, page.Request{})
	if err != nil {
		t.Fatal(err)
	}
	return p.Items
}

func await(t *testing.T, r *report.Reporter, ok func([]report.Group) bool) (list []report.Group) {
	t.Helper()
	testkit.Eventually(t, 10*time.Second, func() error {
		if list = groupsOf(t, r, report.Filter{}); !ok(list) {
			return fmt.Errorf("the groups are %+v", list)
		}
		return nil
	})
	return list
}

func charge(n int) error {
	return errs.E(errs.Internal, "the charge failed").Because(fmt.Errorf("account %d of jane@example.test refused %q", n, "a secret"))
}

func TestOneCauseIsOneGroup(t *testing.T) {
	t.Parallel()
	r, _ := open(t, testkit.DB(t), "")
	for n := range 300 {
		r.Report(report.Failure{Source: report.API, Route: "POST /bookings", RequestID: fmt.Sprint("r", n), Err: charge(n)})
	}
	r.Report(report.Failure{Source: report.Worker, Route: "job sweep", Err: errors.New("nobody classified 17 of these")})
	list := await(t, r, func(list []report.Group) bool { return len(list) == 2 && list[0].Count+list[1].Count == 301 })
	group := list[0]
	if group.Source != report.API {
		group = list[1]
	}
	want := report.Group{ID: group.ID, Source: "api", Kind: "internal", Place: "server/report_test.charge", Count: 300,
		Message: "the charge failed: account <n> of <email> refused <text>", FirstSeen: group.FirstSeen, LastSeen: group.LastSeen,
		FirstRelease: "v1", Release: "v1", Route: "POST /bookings", RequestID: group.RequestID}
	if diff := cmp.Diff(want, group); diff != "" {
		t.Error(diff)
	}
	if only := groupsOf(t, r, report.Filter{Source: new(report.Worker)}); len(only) != 1 || only[0].Place != "job sweep" {
		t.Errorf("of the worker there are %+v", only)
	}
}

// TestCountsBeginAtNothing wants the count of a source before its first failure: Prometheus sees no rise in what has no first value.
func TestCountsBeginAtNothing(t *testing.T) {
	t.Parallel()
	registry := prometheus.NewRegistry()
	r, err := report.Open(report.Options{Pool: testkit.DB(t), Registry: registry, Log: slog.New(slog.DiscardHandler), Now: time.Now})
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(r.Close)
	r.Sees(report.API, report.Web)
	r.Report(report.Failure{Source: report.API, Route: "POST /bookings", Err: charge(1)})
	families, err := registry.Gather()
	if err != nil {
		t.Fatal(err)
	}
	got := map[string]float64{}
	for _, family := range families {
		for _, m := range family.GetMetric() {
			if family.GetName() == "rentora_errors_total" {
				got[m.GetLabel()[0].GetValue()] = m.GetCounter().GetValue()
			}
		}
	}
	if diff := cmp.Diff(map[string]float64{"api": 1, "web": 0}, got); diff != "" {
		t.Errorf("counts by source (-want +got):\n%s", diff)
	}
	(*report.Reporter)(nil).Sees(report.Worker)
}

func explode() (err error) {
	defer func() { err = errs.Recovered(recover()) }()
	panic(fmt.Sprintf("account %d of jane@example.test is broken", 17))
}

func TestAPanicHasItsPlaceAndStack(t *testing.T) {
	t.Parallel()
	r, _ := open(t, testkit.DB(t), "")
	r.Report(report.Failure{Source: report.Worker, Route: "notify bookings.requested", Err: fmt.Errorf("wrapped: %w", explode())})
	g := await(t, r, func(list []report.Group) bool { return len(list) == 1 })[0]
	if g.Kind != "panic" || g.Place != "server/report_test.explode" || g.Message != "panic: account <n> of <email> is broken" ||
		!strings.Contains(g.Stack, "report_test.go:") || strings.Contains(g.Stack, "0x") {
		t.Errorf("the group is %+v", g)
	}
}

func TestResolvedUntilSeenAgain(t *testing.T) {
	t.Parallel()
	pool := testkit.DB(t)
	r, clock := open(t, pool, "")
	admin := testkit.User(t, pool, identity.Admin)
	r.Report(report.Failure{Source: report.API, Route: "GET /listings", Err: charge(1)})
	g := await(t, r, func(list []report.Group) bool { return len(list) == 1 })[0]
	by := report.Resolver{ID: admin.ID, Role: "admin"}
	for range 2 {
		clock.add(time.Minute)
		resolved, err := r.Resolve(t.Context(), by, g.ID)
		if err != nil || resolved.Open() || *resolved.ResolvedBy != admin.ID {
			t.Fatalf("%+v, %v", resolved, err)
		}
	}
	if list := groupsOf(t, r, report.Filter{Open: new(true)}); len(list) != 0 {
		t.Errorf("open are %+v", list)
	}
	clock.add(time.Minute)
	r.Report(report.Failure{Source: report.API, Route: "GET /listings", Err: charge(2)})
	await(t, r, func(list []report.Group) bool { return len(list) == 1 && list[0].Open() && list[0].Count == 2 })
	if _, err := r.Resolve(t.Context(), by, uuid.New()); errs.KindOf(err) != errs.NotFound {
		t.Errorf("resolving what is not there: %v", err)
	}
	var deeds int
	if err := pool.QueryRow(t.Context(), "select count(*) from audit_log where action = 'error.resolve'").Scan(&deeds); err != nil || deeds != 1 {
		t.Errorf("%d deeds are recorded, %v", deeds, err)
	}
	clock.add(100 * 24 * time.Hour)
	if n, err := r.Sweep(t.Context(), 10); n != 1 || err != nil {
		t.Errorf("swept %d, %v", n, err)
	}
}

// A database that is away must cost a request nothing and a stop little.
func TestADatabaseThatIsAwayBlocksNobody(t *testing.T) {
	t.Parallel()
	pool, err := pgxpool.New(t.Context(), "postgres://nobody@127.0.0.1:1/none")
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(pool.Close)
	r, _ := open(t, pool, "")
	began := time.Now()
	for n := range 10_000 {
		r.Report(report.Failure{Source: report.API, Route: "GET /listings", Err: fmt.Errorf("%s", strings.Repeat("x", n%700))})
	}
	if took := time.Since(began); took > 2*time.Second {
		t.Errorf("10,000 reports took %s", took)
	}
	r.Close()
	if took := time.Since(began); took > 10*time.Second {
		t.Errorf("the end took %s", took)
	}
}

// TestSentry takes an event as a server of that protocol does: an envelope of lines of JSON.
func TestSentry(t *testing.T) {
	t.Parallel()
	var mu sync.Mutex
	var events []map[string]any
	var all strings.Builder
	server := httptest.NewServer(http.HandlerFunc(func(_ http.ResponseWriter, req *http.Request) {
		body, _ := io.ReadAll(req.Body)
		mu.Lock()
		defer mu.Unlock()
		all.Write(body)
		for line := range strings.Lines(string(body)) {
			var event map[string]any
			if req.URL.Path == "/api/7/envelope/" && json.Unmarshal([]byte(line), &event) == nil && event["exception"] != nil {
				events = append(events, event)
			}
		}
	}))
	t.Cleanup(server.Close)
	r, _ := open(t, testkit.DB(t), strings.Replace(server.URL, "http://", "http://public@", 1)+"/7")
	for n := range 50 {
		r.Report(report.Failure{Source: report.API, Route: "POST /bookings", RequestID: "r1", Err: charge(n)})
	}
	r.Report(report.Failure{Source: report.Worker, Route: "job sweep", Err: explode()})
	await(t, r, func(list []report.Group) bool { return len(list) == 2 })
	testkit.Eventually(t, 10*time.Second, func() error {
		mu.Lock()
		defer mu.Unlock()
		if len(events) != 2 {
			return fmt.Errorf("%d events, want one for each group: %s", len(events), all.String())
		}
		return nil
	})
	mu.Lock()
	defer mu.Unlock()
	for _, private := range []string{"jane@example.test", "a secret"} {
		if strings.Contains(all.String(), private) {
			t.Errorf("%q left the house", private)
		}
	}
	if text := all.String(); !strings.Contains(text, "server/report_test.charge") || !strings.Contains(text, `"release":"v1"`) || !strings.Contains(text, "report_test.explode") {
		t.Errorf("the events say too little: %s", text)
	}
}

func TestScrub(t *testing.T) {
	t.Parallel()
	for message, want := range map[string]string{
		"dial tcp 127.0.0.1:5432: connect refused":                                        "dial tcp <n>: connect refused",
		"no user jane.doe+x@example.test there":                                           "no user <email> there",
		`invalid input syntax for type uuid: "me"`:                                        "invalid input syntax for type uuid: <text>",
		"booking 0198c7a2-1111-7222-8333-944455556666 is gone":                            "booking <id> is gone",
		"get http://user:pass@host/path?token=1: timeout":                                 "get <url> timeout",
		"bearer eyJhbGciOiJFZERTQSJ9.eyJzdWIiOiIxMjM0NTY3ODkwIn0.abcdefghijk0123456789 x": "bearer <token> x",
		"get /search?q=jane%20doe&page=2 failed":                                          "get /search<query> failed",
		"see /help#jane":                                                                  "see /help<query>",
		"cannot open ?token=secret here":                                                  "cannot open <query> here",
		"can't read 'secret' and ‘another’, nor “a third”":                                "can't read <text> and <text>, nor <text>",
		"name 'O''Brien' 'b'":                                                             "name <text> <text>",
		"no user jane%40example.test":                                                     "no user <email>",
		"first line\nsecond jane":                                                         "first line",
	} {
		if got := report.Scrub(message); got != want {
			t.Errorf("%q became %q, want %q", message, got, want)
		}
	}
	if got := report.Scrub(strings.Repeat("ä", 10_000)); len(got) > 300 {
		t.Errorf("%d bytes", len(got))
	}
}
