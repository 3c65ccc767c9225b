package monitoring_test

import (
	"os"
	"regexp"
	"slices"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"github.com/rentora/rentora/controllers/monitoring"
)

// measured is one metric of testdata/metrics.tsv.
type measured struct {
	labels []string
	kind   string
	source string
}

// known reads the list of the metrics that there are.
func known(t *testing.T) map[string]measured {
	t.Helper()
	text, err := os.ReadFile("testdata/metrics.tsv")
	if err != nil {
		t.Fatal(err)
	}
	all := map[string]measured{}
	for line := range strings.Lines(string(text)) {
		line = strings.TrimSuffix(line, "\n")
		if line == "" || strings.HasPrefix(line, "#") {
			continue
		}
		fields := strings.Split(line, "\t")
		if len(fields) != 4 || all[fields[0]].kind != "" {
			t.Fatalf("testdata/metrics.tsv: %q has not four fields, or stands twice", line)
		}
		m := measured{kind: fields[1], source: fields[3]}
		if fields[2] != "" {
			m.labels = strings.Split(fields[2], ",")
		}
		all[fields[0]] = m
	}
	return all
}

// TestListIsTrue holds what the list says of our own programs against their source.
func TestListIsTrue(t *testing.T) {
	t.Parallel()
	listed, found := map[string]measured{}, ours(t)
	for name, m := range known(t) {
		if slices.Contains([]string{"server", "operator", "measure"}, m.source) {
			listed[name] = m
		}
	}
	if diff := cmp.Diff(found, listed, cmp.AllowUnexported(measured{})); diff != "" {
		t.Errorf("testdata/metrics.tsv differs from what is registered (-registered +listed):\n%s", diff)
	}
}

// given are the labels that a series has from being scraped.
var given = []string{"job", "part", "pod", "container", "namespace", "platform", "instance"}

// TestQueriesAskForWhatThereIs holds every name and label in rules, dashboards and runbooks against the list.
func TestQueriesAskForWhatThereIs(t *testing.T) {
	t.Parallel()
	queries, err := monitoring.Queries()
	if err != nil {
		t.Fatal(err)
	}
	for _, p := range pages(t) {
		for _, expr := range p.queries {
			queries = append(queries, monitoring.Query{Source: p.name + ".md", Expr: expr})
		}
	}
	list := series(t, queries)
	for _, q := range queries {
		asked, grouped := parse(q.Expr)
		if len(asked) == 0 {
			t.Errorf("%s, %s: no metric in %s", q.Source, q.Name, q.Expr)
		}
		var labels []string
		for _, s := range asked {
			of, there := list[s.name]
			if !there {
				t.Errorf("%s, %s: there is no metric %s", q.Source, q.Name, s.name)
			}
			for _, l := range s.labels {
				if !slices.Contains(of, l) {
					t.Errorf("%s, %s: %s has no label %s", q.Source, q.Name, s.name, l)
				}
			}
			labels = append(labels, of...)
		}
		for _, l := range grouped {
			if !slices.Contains(labels, l) && !strings.Contains(q.Expr, `label_replace(`) {
				t.Errorf("%s, %s: nothing in %s has a label %s", q.Source, q.Name, q.Expr, l)
			}
		}
	}
}

// series gives the labels of every series by name: the list's, with the three of a histogram; what rules record; and what
// Prometheus makes itself.
func series(t *testing.T, queries []monitoring.Query) map[string][]string {
	t.Helper()
	all := map[string][]string{"up": given, "ALERTS": {"alertname", "alertstate", "severity", "component", "namespace", "platform"}}
	for name, m := range known(t) {
		labels := slices.Concat(m.labels, given)
		if slices.Contains(m.labels, "job") { // the scrape's own comes first
			labels = append(labels, "exported_job")
		}
		if m.kind != "histogram" {
			all[name] = labels
			continue
		}
		all[name+"_sum"], all[name+"_count"], all[name+"_bucket"] = labels, labels, append(labels, "le")
	}
	for _, q := range queries {
		if strings.HasPrefix(q.Name, "rentora:") {
			all[q.Name] = []string{"namespace", "platform", "group"}
		}
	}
	return all
}

// selected is a metric in a query, with the labels by which series are chosen.
type selected struct {
	name   string
	labels []string
}

var (
	quoted   = regexp.MustCompile(`"(?:\\.|[^"\\])*"`)
	remark   = regexp.MustCompile(`#[^\n]*`)
	ranges   = regexp.MustCompile(`\[[^\]]*\]`)
	grouping = regexp.MustCompile(`\b(?:by|on|without|ignoring|group_left|group_right)\s*\(([^)]*)\)`)
	called   = regexp.MustCompile(`\b[a-z_0-9]+\s*\(`)
	word     = regexp.MustCompile(`([a-zA-Z_:][a-zA-Z0-9_:]*)\s*(\{[^}]*\})?`)
	matcher  = regexp.MustCompile(`(\w+)\s*(?:=~|!~|!=|=)`)
	number   = regexp.MustCompile(`\b\d[0-9a-zA-Z_.]*`)
)

// parse finds the metrics of a query and the labels by which it groups. That the query is one, promtool has said.
func parse(expr string) (asked []selected, grouped []string) {
	expr = ranges.ReplaceAllString(quoted.ReplaceAllString(remark.ReplaceAllString(expr, ""), `""`), "")
	for _, g := range grouping.FindAllStringSubmatch(expr, -1) {
		for l := range strings.SplitSeq(g[1], ",") {
			if l = strings.TrimSpace(l); l != "" {
				grouped = append(grouped, l)
			}
		}
	}
	expr = called.ReplaceAllString(grouping.ReplaceAllString(expr, " "), "(")
	for _, w := range word.FindAllStringSubmatch(number.ReplaceAllString(expr, ""), -1) {
		if slices.Contains([]string{"and", "or", "unless", "bool", "offset", "by", "on"}, w[1]) {
			continue
		}
		s := selected{name: w[1]}
		for _, m := range matcher.FindAllStringSubmatch(w[2], -1) {
			s.labels = append(s.labels, m[1])
		}
		asked = append(asked, s)
	}
	return asked, grouped
}

func TestParse(t *testing.T) {
	t.Parallel()
	asked, grouped := parse(`sum by (namespace, job_name) (rate(a_total{x="sum(b)",y=~"c"}[5m])) / on () max_over_time(c:d[1h:1m]) > 3 * 14.4e1 # e_f
		and histogram_quantile(0.9, g_bucket) or vector(0) unless h{i!="j"} offset 5m`)
	want := []selected{{"a_total", []string{"x", "y"}}, {"c:d", nil}, {"g_bucket", nil}, {"h", []string{"i"}}}
	if diff := cmp.Diff(want, asked, cmp.AllowUnexported(selected{})); diff != "" {
		t.Errorf("(-want +got)\n%s", diff)
	}
	if diff := cmp.Diff([]string{"namespace", "job_name"}, grouped); diff != "" {
		t.Errorf("(-want +got)\n%s", diff)
	}
}
