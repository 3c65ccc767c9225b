package monitoring_test

import (
	"fmt"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"testing"

	"sigs.k8s.io/yaml"

	"github.com/rentora/rentora/api/v1alpha1"
	"github.com/rentora/rentora/controllers/golden"
	"github.com/rentora/rentora/controllers/monitoring"
	"github.com/rentora/rentora/hack/promtool"
)

// judge runs one of the programs and gives what it says.
func judge(t *testing.T, program string, args ...string) string {
	t.Helper()
	path, err := promtool.Path(t.Context(), program)
	if err != nil {
		t.Fatal(err)
	}
	said, err := exec.CommandContext(t.Context(), path, args...).CombinedOutput()
	if err != nil {
		t.Errorf("%s %s: %v\n%s", program, strings.Join(args, " "), err, said)
	}
	return string(said)
}

func write(t *testing.T, name, text string) string {
	t.Helper()
	path := filepath.Join(t.TempDir(), name)
	if err := os.WriteFile(path, []byte(text), 0o600); err != nil {
		t.Fatal(err)
	}
	return path
}

// TestRules runs the unit tests of the rules: when each alert fires, and when not.
func TestRules(t *testing.T) {
	t.Parallel()
	tests, err := filepath.Glob("rules/tests/*.yaml")
	if err != nil || len(tests) == 0 {
		t.Fatalf("no tests of rules: %v", err)
	}
	for _, test := range tests {
		t.Run(filepath.Base(test), func(t *testing.T) {
			t.Parallel()
			judge(t, promtool.Promtool, "test", "rules", test)
		})
	}
}

// The configuration as it is rendered, with the rules beside it. Debian's promtool knows no Kubernetes, so that pods are given to
// it as an address; what asks Kubernetes is held by the committed manifests alone.
func TestPrometheusConfig(t *testing.T) {
	t.Parallel()
	for name, in := range golden.Inputs() {
		folder := t.TempDir()
		for file, text := range files(t, in, "stay-prometheus") {
			if file == "prometheus.yml" {
				text = withoutKubernetes(t, strings.ReplaceAll(text, "/etc/prometheus/", folder+"/"))
			}
			if err := os.WriteFile(filepath.Join(folder, file), []byte(text), 0o600); err != nil {
				t.Fatal(err)
			}
		}
		if said := judge(t, promtool.Promtool, "check", "config", filepath.Join(folder, "prometheus.yml")); !strings.Contains(said, "5 rule files found") {
			t.Errorf("%s: %s", name, said)
		}
	}
}

func withoutKubernetes(t *testing.T, text string) string {
	t.Helper()
	var config map[string]any
	if err := yaml.Unmarshal([]byte(text), &config); err != nil {
		t.Fatal(err)
	}
	asked := 0
	for _, job := range config["scrape_configs"].([]any) {
		job := job.(map[string]any)
		if _, asks := job["kubernetes_sd_configs"]; asks {
			delete(job, "kubernetes_sd_configs")
			job["static_configs"] = []any{map[string]any{"targets": []string{"pod.example.test:8082"}}}
			asked++
		}
	}
	if asked != 1 {
		t.Errorf("%d jobs ask Kubernetes for pods", asked)
	}
	changed, err := yaml.Marshal(config)
	if err != nil {
		t.Fatal(err)
	}
	return string(changed)
}

func TestAlertmanagerConfig(t *testing.T) {
	t.Parallel()
	plain := golden.Input(golden.Platform(v1alpha1.Standard))
	judge(t, promtool.Amtool, "check-config", write(t, "plain.yml", files(t, plain, "stay-alertmanager")["alertmanager.yml"]))
	judge(t, promtool.Amtool, "check-config", write(t, "all.yml", files(t, withEverything(plain), "stay-alertmanager")["alertmanager.yml"]))
}

// TestQueriesParse lets promtool read every query, those of dashboards and runbooks dressed as rules.
func TestQueriesParse(t *testing.T) {
	t.Parallel()
	queries, err := monitoring.Queries()
	if err != nil {
		t.Fatal(err)
	}
	if len(queries) < 100 {
		t.Errorf("only %d queries", len(queries))
	}
	for _, p := range pages(t) {
		for _, expr := range p.queries {
			queries = append(queries, monitoring.Query{Source: p.name + ".md", Expr: expr})
		}
	}
	var dressed []any
	for i, q := range queries {
		dressed = append(dressed, map[string]any{"record": fmt.Sprintf("query:%d", i), "expr": q.Expr})
	}
	text, err := yaml.Marshal(map[string]any{"groups": []any{map[string]any{"name": "queries", "rules": dressed}}})
	if err != nil {
		t.Fatal(err)
	}
	judge(t, promtool.Promtool, "check", "rules", write(t, "queries.yaml", string(text)))
}
