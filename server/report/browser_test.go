package report_test

import (
	"fmt"
	"strings"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"

	"github.com/rentora/rentora/server/report"
	"github.com/rentora/rentora/server/testkit"
)

var told = report.Browser{Kind: "script", Message: `"Jane" of jane@example.test cannot read 'photos' at /users/17?name=jane#bath`,
	Place: "/listings/[id]?q=jane", Release: "web-7", RequestID: "r1", Stack: `TypeError: "Jane" of jane@example.test
    at Gallery (https://rentora.example/_next/static/chunks/app-4bd1b696.js?v=17#x:1:20543)
    at async Object.load (webpack-internal:///./app/page.tsx:10:5)
    at https://jane:secret@rentora.example/_next/main.js:1:99
    at https://rentora.example/users/17?q=secret:3:4
    at Promise.all (index 3)
    at <anonymous>:1:2
render@https://rentora.example/_next/app.js:1:2
@https://rentora.example/b/0198c7a2-1111-7222-8333-944455556666/c.mjs:1:2
`}

func TestWhatABrowserTells(t *testing.T) {
	t.Parallel()
	r, _ := open(t, testkit.DB(t), "")
	for n := range 20 {
		again := told
		again.Message, again.RequestID = strings.ReplaceAll(told.Message, "17", fmt.Sprint(n)), fmt.Sprint("r", n)
		r.ReportBrowser(again)
	}
	r.ReportBrowser(report.Browser{Kind: "render", Message: told.Message, Place: told.Place, Release: "web-8"})
	list := await(t, r, func(list []report.Group) bool { return len(list) == 2 && list[0].Count+list[1].Count == 21 })
	group := list[0]
	if group.Kind != "script" {
		group = list[1]
	}
	want := report.Group{ID: group.ID, Source: "web", Kind: "script", Place: "/listings/[id]<query>", Count: 20,
		Message: "<text> of <email> cannot read <text> at /users/<n><query>", FirstSeen: group.FirstSeen, LastSeen: group.LastSeen,
		FirstRelease: "web-7", Release: "web-7", Route: "/listings/[id]<query>", RequestID: group.RequestID, Stack: strings.Join([]string{
			"TypeError: <text> of <email>",
			"at Gallery /_next/static/chunks/app-4bd1b696.js:1:20543",
			"at async Object.load /./app/page.tsx:10:5",
			"at /_next/main.js:1:99",
			"at /users/<n>:3:4",
			"at Promise.all (index <n>)",
			"at <anonymous>:1:2",
			"at render /_next/app.js:1:2",
			"at /b/<id>/c.mjs:1:2"}, "\n")}
	if diff := cmp.Diff(want, group); diff != "" {
		t.Error(diff)
	}
	if only := groupsOf(t, r, report.Filter{Source: new(report.Web)}); len(only) != 2 {
		t.Errorf("of browsers there are %+v", only)
	}
}

func TestOddReportsOfBrowsersAreKept(t *testing.T) {
	t.Parallel()
	r, _ := open(t, testkit.DB(t), "")
	r.ReportBrowser(report.Browser{Kind: "promise", Message: "\xff\x00", Place: "\xff\x00\n", Release: "w", Stack: strings.Repeat("ä\xff\x00:/ (@", 4000)})
	r.ReportBrowser(report.Browser{Kind: "render", Message: "m", Place: strings.Repeat("Form17", 100), Stack: strings.Repeat("\n\n f@/a.js:1:2", 2000)})
	for _, g := range await(t, r, func(list []report.Group) bool { return len(list) == 2 }) {
		if len(g.Stack) > 8<<10 || len(g.Place) > 200 {
			t.Errorf("a place of %d and a stack of %d bytes", len(g.Place), len(g.Stack))
		}
	}
}

// A flood of them keeps out nothing that is our own fault, and the table holds only so many.
func TestAFloodFromBrowsersIsBounded(t *testing.T) {
	t.Parallel()
	pool := testkit.DB(t)
	r, clock := open(t, pool, "")
	if _, err := pool.Exec(t.Context(), `insert into error_groups (id, fingerprint, source, kind, place, message, count, first_seen, last_seen, first_release, release, route)
		select gen_random_uuid(), 'f' || n, 'web', 'script', 'p', 'old ' || n, 1 + n % 2, $1::timestamptz + n * interval '1 s', $1::timestamptz + n * interval '1 s', 'v', 'v', '/'
		from generate_series(1, 1000) n`, clock.Now().Add(-time.Hour)); err != nil {
		t.Fatal(err)
	}
	word := func(n int) string {
		return strings.NewReplacer("0", "a", "1", "b", "2", "c", "3", "d", "4", "e", "5", "f", "6", "g", "7", "h", "8", "i", "9", "j").Replace(fmt.Sprint(n))
	}
	for n := range 5000 {
		r.ReportBrowser(report.Browser{Kind: "script", Message: "flood " + word(n), Place: "/"})
	}
	r.Report(report.Failure{Source: report.API, Route: "POST /bookings", Err: charge(1)})
	count := func(where string) (n int) {
		if err := pool.QueryRow(t.Context(), "select count(*) from error_groups where "+where).Scan(&n); err != nil {
			t.Fatal(err)
		}
		return n
	}
	testkit.Eventually(t, 10*time.Second, func() error {
		if web, flood, api := count("source = 'web'"), count("message like 'flood%'"), count("source = 'api'"); web != 1000 || flood == 0 || api != 1 {
			return fmt.Errorf("%d groups of browsers, %d of the flood, %d of the API", web, flood, api)
		}
		return nil
	})
	if seenOften := count("source = 'web' and count = 2"); seenOften != 500 {
		t.Errorf("%d of 500 groups that were seen more than once are left", seenOften)
	}
	if n := count("message = 'old 2'"); n != 0 {
		t.Error("the group that was seen once, and longest ago, is still there")
	}
}
