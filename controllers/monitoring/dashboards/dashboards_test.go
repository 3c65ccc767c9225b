package dashboards_test

import (
	"flag"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"github.com/rentora/rentora/controllers/monitoring/dashboards"
)

var update = flag.Bool("update", false, "write the dashboards instead of comparing them")

func TestCommittedFiles(t *testing.T) {
	t.Parallel()
	for _, d := range dashboards.All() {
		got, err := d.JSON()
		if err != nil {
			t.Fatal(err)
		}
		if *update {
			if err := os.WriteFile(d.File(), []byte(got), 0o644); err != nil {
				t.Fatal(err)
			}
		}
		want, err := os.ReadFile(d.File())
		if err != nil {
			t.Fatalf("%v (go test -update writes it)", err)
		}
		if diff := cmp.Diff(string(want), got); diff != "" {
			t.Errorf("%s differs (-committed +made); go test -update writes it:\n%s", d.File(), diff)
		}
	}
	files, err := filepath.Glob("*.json")
	if err != nil || len(files) != len(dashboards.All()) {
		t.Errorf("%d files for %d dashboards: %v %v", len(files), len(dashboards.All()), files, err)
	}
}

// What Grafana would refuse or not show.
func TestSchema(t *testing.T) {
	t.Parallel()
	args := []string{"run", "."}
	for _, d := range dashboards.All() {
		path, err := filepath.Abs(d.File())
		if err != nil {
			t.Fatal(err)
		}
		args = append(args, path)
	}
	cmd := exec.CommandContext(t.Context(), "go", args...)
	cmd.Dir = filepath.Join("..", "..", "..", "hack", "grafana")
	if said, err := cmd.CombinedOutput(); err != nil {
		t.Errorf("%v\n%s", err, said)
	}
}

// The check itself must see what is wrong.
func TestSchemaRefuses(t *testing.T) {
	t.Parallel()
	good, err := os.ReadFile("rentora-overview.json")
	if err != nil {
		t.Fatal(err)
	}
	for what, change := range map[string][2]string{
		"unknown option of a panel": {`"colorMode": "value"`, `"colourMode": "value"`},
		"unknown field of a query":  {`"legendFormat"`, `"legend"`},
		"width that is a word":      {`"w": 24`, `"w": "all"`},
	} {
		path := filepath.Join(t.TempDir(), "bad.json")
		if err := os.WriteFile(path, []byte(strings.Replace(string(good), change[0], change[1], 1)), 0o644); err != nil {
			t.Fatal(err)
		}
		cmd := exec.CommandContext(t.Context(), "go", "run", ".", path)
		cmd.Dir = filepath.Join("..", "..", "..", "hack", "grafana")
		if said, err := cmd.CombinedOutput(); err == nil {
			t.Errorf("%s: it is called valid: %s", what, said)
		}
	}
}

func TestEveryPanelExplainsItself(t *testing.T) {
	t.Parallel()
	names := map[string]bool{}
	for _, d := range dashboards.All() {
		if names[d.Name] {
			t.Errorf("two dashboards are called %s", d.Name)
		}
		names[d.Name] = true
		for _, row := range d.Rows {
			for _, p := range row.Panels {
				if p.Title == "" || p.About == "" || !strings.HasSuffix(p.About, ".") || p.Unit == "" || len(p.Queries) == 0 {
					t.Errorf("%s, %s: the panel %q lacks a title, a sentence, a unit or a query", d.Name, row.Title, p.Title)
				}
				for _, q := range p.Queries {
					ofOne := strings.Contains(q.Expr, "{@") || strings.Contains(q.Expr, `job="operator"`) || strings.Contains(q.Expr, "ALERTS{")
					if !ofOne || strings.Contains(q.Scoped(), "@") {
						t.Errorf("%s, %s: the query %s does not choose the platform", d.Name, p.Title, q.Expr)
					}
				}
			}
		}
	}
}
