package monitoring_test

import (
	"os"
	"path/filepath"
	"regexp"
	"slices"
	"strings"
	"testing"

	"sigs.k8s.io/yaml"
)

const (
	runbooks = "../../docs/runbooks"
	address  = "https://github.com/rentora/rentora/blob/main/docs/runbooks/"
)

// alert is an alerting rule as its file has it.
type alert struct {
	Alert       string            `json:"alert"`
	Expr        string            `json:"expr"`
	Labels      map[string]string `json:"labels"`
	Annotations map[string]string `json:"annotations"`
}

func alerts(t *testing.T) (all []alert) {
	t.Helper()
	paths, err := filepath.Glob("rules/*.yaml")
	if err != nil {
		t.Fatal(err)
	}
	for _, path := range paths {
		text, err := os.ReadFile(path)
		if err != nil {
			t.Fatal(err)
		}
		var file struct {
			Groups []struct {
				Rules []alert `json:"rules"`
			} `json:"groups"`
		}
		if err := yaml.Unmarshal(text, &file); err != nil {
			t.Fatal(err)
		}
		for _, g := range file.Groups {
			all = append(all, slices.DeleteFunc(g.Rules, func(a alert) bool { return a.Alert == "" })...)
		}
	}
	return all
}

// page is one runbook.
type page struct {
	name, text string
	queries    []string // its blocks of promql
}

var promql = regexp.MustCompile("(?s)```promql\n(.*?)```")

func pages(t *testing.T) (all []page) {
	t.Helper()
	paths, err := filepath.Glob(runbooks + "/*.md")
	if err != nil {
		t.Fatal(err)
	}
	for _, path := range paths {
		text, err := os.ReadFile(path)
		if err != nil {
			t.Fatal(err)
		}
		p := page{name: strings.TrimSuffix(filepath.Base(path), ".md"), text: string(text)}
		for _, block := range promql.FindAllStringSubmatch(p.text, -1) {
			p.queries = append(p.queries, block[1])
		}
		all = append(all, p)
	}
	return all
}

// chapters are what every page has.
var chapters = []string{"## What it means", "## What people notice", "## What to look at", "## How to mend it", "## How to prevent it"}

func TestEveryPageHasAnAlert(t *testing.T) {
	t.Parallel()
	names := map[string]bool{}
	for _, a := range alerts(t) {
		names[a.Alert] = true
	}
	for _, p := range pages(t) {
		if p.name == "README" {
			continue
		}
		if !names[p.name] {
			t.Errorf("%s.md is the page of no alert", p.name)
		}
		if !strings.HasPrefix(p.text, "# "+p.name+"\n") {
			t.Errorf("%s.md does not begin with the alert's name", p.name)
		}
		at := 0
		for _, c := range chapters {
			next := strings.Index(p.text[at:], c+"\n")
			if next < 0 {
				t.Errorf("%s.md has no %q, or not in its place", p.name, c)
				break
			}
			at += next
		}
		if !strings.Contains(p.text, "kubectl ") || len(p.queries) == 0 {
			t.Errorf("%s.md lacks a command or a query", p.name)
		}
	}
}

func TestEveryAlertHasAPage(t *testing.T) {
	t.Parallel()
	known := map[string]bool{}
	index := ""
	for _, p := range pages(t) {
		known[p.name] = true
		if p.name == "README" {
			index = p.text
		}
	}
	for _, a := range alerts(t) {
		if !known[a.Alert] {
			t.Errorf("the alert %s has no page in docs/runbooks", a.Alert)
		}
		if !strings.Contains(index, "("+a.Alert+".md)") {
			t.Errorf("the index of the runbooks does not name %s", a.Alert)
		}
		if got := a.Annotations["runbook_url"]; got != address+a.Alert+".md" {
			t.Errorf("%s: runbook_url is %q", a.Alert, got)
		}
		if !slices.Contains([]string{"critical", "warning", "info"}, a.Labels["severity"]) {
			t.Errorf("%s: severity is %q", a.Alert, a.Labels["severity"])
		}
		for _, sentence := range []string{a.Annotations["summary"], a.Annotations["description"]} {
			if !strings.HasSuffix(sentence, ".") {
				t.Errorf("%s: %q is no sentence", a.Alert, sentence)
			}
		}
	}
}

// TestEveryAlertIsTested holds that some test sees it fire. That it does not always fire the same tests see, because each of
// them names all that fire.
func TestEveryAlertIsTested(t *testing.T) {
	t.Parallel()
	paths, err := filepath.Glob("rules/tests/*.yaml")
	if err != nil {
		t.Fatal(err)
	}
	var tests strings.Builder
	for _, path := range paths {
		text, err := os.ReadFile(path)
		if err != nil {
			t.Fatal(err)
		}
		tests.Write(text)
	}
	for _, a := range alerts(t) {
		if !strings.Contains(tests.String(), `{alertname="`+a.Alert+`",severity="`+a.Labels["severity"]+`"`) {
			t.Errorf("no test in rules/tests sees %s fire as %s", a.Alert, a.Labels["severity"])
		}
	}
}
