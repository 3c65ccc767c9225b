package main

import (
	"fmt"
	"os"
	"regexp"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"github.com/rentora/rentora/server/contract"
)

const report = `{"Initialize":{"seed":1}}
{"ScenarioFinished":{"status":"skip","recorder":{"label":"GET /a"}}}
{"ScenarioFinished":{"status":"failure","recorder":{"label":"GET /a","cases":{"1":{"value":{"method":"GET","path":"/a"}},"2":{"value":{"method":"GET","path":"/a"}}},
 "checks":{"1":[{"name":"not_a_server_error","status":"success"}],"2":[{"name":"not_a_server_error","status":"failure","failure_info":{"failure":{"title":"Server error","message":"500\nno"}}}]}}}}
{"ScenarioFinished":{"status":"success","recorder":{"label":"Stateful tests","cases":{"3":{"value":{"method":"POST","path":"/b"}}},"checks":{}}}}
{"NonFatalError":{"label":"POST /b","value":{"type":"Timeout","message":"15 s"}}}
`

func TestReportIsCounted(t *testing.T) {
	t.Parallel()
	o, err := readOutcome(strings.NewReader(report+`{"EngineFinished":{}}`), "guest")
	if err != nil {
		t.Fatal(err)
	}
	if diff := cmp.Diff(map[string]int{"GET /a": 2, "POST /b": 1}, o.cases); diff != "" {
		t.Error(diff)
	}
	if diff := cmp.Diff(map[string]int{"GET /a": 1, "POST /b": 1}, o.failures); diff != "" {
		t.Error(diff)
	}
	var out strings.Builder
	if failed := table(&out, []string{"GET /a", "POST /b", "GET /never"}, []*outcome{o}); failed != 3 {
		t.Errorf("%d failed, want 3:\n%s", failed, out.String())
	}
	for _, want := range []string{"2 (1)", "GET /a as guest: not_a_server_error: Server error: 500 · no\n", "\nfuzz: 0 passed, 3 failed\n"} {
		if !strings.Contains(out.String(), want) {
			t.Errorf("no %q in:\n%s", want, out.String())
		}
	}
}

func TestAReportThatBreaksOffIsAnError(t *testing.T) {
	t.Parallel()
	for _, broken := range []string{"", report, report + `{"EngineFin`} {
		if _, err := readOutcome(strings.NewReader(broken), "guest"); err == nil {
			t.Errorf("no error for %q", broken)
		}
	}
}

func TestOperationsAreThoseOfTheContract(t *testing.T) {
	t.Parallel()
	list, err := operations()
	if err != nil {
		t.Fatal(err)
	}
	if len(list) < 40 || !strings.Contains(strings.Join(list, "\n"), "PATCH /listings/{listing_id}\n") {
		t.Errorf("%d operations: %v", len(list), list)
	}
}

// A 401 to everything is what a lost session looks like; of an operation that needs none it says nothing.
func TestAllAnswersWithoutASessionAreAFailure(t *testing.T) {
	t.Parallel()
	answered := func(label string, statuses ...int) string {
		var cases, interactions []string
		method, path, _ := strings.Cut(label, " ")
		for i, status := range statuses {
			cases = append(cases, fmt.Sprintf(`"%d":{"value":{"method":%q,"path":%q}}`, i, method, path))
			interactions = append(interactions, fmt.Sprintf(`"%d":{"response":{"status_code":%d}}`, i, status))
		}
		return fmt.Sprintf(`{"ScenarioFinished":{"recorder":{"label":%q,"cases":{%s},"interactions":{%s}}}}`+"\n", label, strings.Join(cases, ","), strings.Join(interactions, ","))
	}
	o, err := readOutcome(strings.NewReader(answered("GET /users/me", 401, 401)+answered("POST /auth/login", 401, 401)+answered("GET /bookings", 401, 403)+`{"EngineFinished":{}}`), "guest")
	if err != nil {
		t.Fatal(err)
	}
	if err := o.wantSession(); err != nil {
		t.Fatal(err)
	}
	if diff := cmp.Diff(map[string]int{"GET /users/me": 1}, o.failures); diff != "" {
		t.Error(diff)
	}
}

// roles.py names operations that end sessions. One that the contract does not have protects nothing.
func TestOperationsOfTheHooksAreThoseOfTheContract(t *testing.T) {
	t.Parallel()
	hooks, err := os.ReadFile("roles.py")
	if err != nil {
		t.Fatal(err)
	}
	spec, err := contract.GetSpec()
	if err != nil {
		t.Fatal(err)
	}
	ids := map[string]bool{}
	for _, item := range spec.Paths.Map() {
		for _, op := range item.Operations() {
			ids[op.OperationID] = true
		}
	}
	for _, set := range []string{"SPENDABLE", "AIMED"} {
		line := regexp.MustCompile(`(?m)^` + set + ` = \{(.+)\}$`).FindSubmatch(hooks)
		if line == nil {
			t.Fatalf("no %s in roles.py", set)
		}
		for quoted := range strings.SplitSeq(string(line[1]), ", ") {
			if id := strings.Trim(quoted, `"`); !ids[id] {
				t.Errorf("%s names %s, which the contract does not have", set, id)
			}
		}
	}
}
