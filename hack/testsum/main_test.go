package main

import (
	"os"
	"path/filepath"
	"strings"
	"testing"
)

// Each case is a module with packages a and, where needed, b, tested by the real go test.
var cases = map[string]struct {
	files   map[string]string
	figures string   // how the last line begins
	says    []string // what else must be in the report
	silent  []string // what must not be
}{
	"all pass": {
		files:   map[string]string{"a/a_test.go": pass},
		figures: "tests: 3 passed, 0 failed, 1 skipped in ",
		says:    []string{"ok    a "},
		silent:  []string{"chatter", "FAIL", "failed:"},
	},
	"a subtest fails": {
		files: map[string]string{
			"a/a_test.go": pass,
			"b/b_test.go": `package b
import "testing"
func TestTop(t *testing.T) {
	t.Run("good", func(t *testing.T) { t.Log("quiet") })
	t.Run("bad", func(t *testing.T) { t.Error("the sum is 5") })
}`,
		},
		figures: "tests: 4 passed, 1 failed, 1 skipped in ",
		says:    []string{"ok    a ", "FAIL  b ", "the sum is 5", "failed:\n  b TestTop/bad\n"},
		silent:  []string{"quiet", "=== RUN"},
	},
	"a package does not build": {
		files: map[string]string{
			"a/a_test.go": pass,
			"b/b_test.go": "package b\nimport \"testing\"\nfunc TestIt(t *testing.T) { missing() }\n",
		},
		figures: "tests: 3 passed, 1 failed, 1 skipped in ",
		says:    []string{"undefined: missing", "failed:\n  b: does not build\n"},
	},
	"a package does not parse": {
		files:   map[string]string{"a/a_test.go": pass, "b/b_test.go": "package b\nfunc {\n"},
		figures: "tests: 3 passed, 1 failed, 1 skipped in ",
		says:    []string{"expected", "failed:\n  b: does not build\n"},
	},
	"a test panics": {
		files: map[string]string{"b/b_test.go": `package b
import "testing"
func TestGood(t *testing.T) {}
func TestBad(t *testing.T) { panic("out of rooms") }
func TestNever(t *testing.T) {}`},
		figures: "tests: 1 passed, 1 failed, 0 skipped in ",
		says:    []string{"panic: out of rooms", "goroutine ", "failed:\n  b TestBad\n"},
	},
	"TestMain gives up": {
		files: map[string]string{"b/b_test.go": `package b
import ("fmt"; "os"; "testing")
func TestMain(m *testing.M) { fmt.Println("no database"); os.Exit(3) }
func TestIt(t *testing.T) {}`},
		figures: "tests: 0 passed, 1 failed, 0 skipped in ",
		says:    []string{"no database", "failed:\n  b: failed outside its tests\n"},
	},
	"an import that no module provides": {
		files: map[string]string{
			"a/a_test.go": pass,
			"b/b_test.go": "package b\nimport _ \"example.test/absent\"\n",
		},
		figures: "tests: 3 passed, 1 failed, 1 skipped in ",
		says:    []string{"example.test/absent"},
	},
	"no package at all": {
		files:   map[string]string{},
		figures: "tests: 0 passed, 1 failed, 0 skipped in ",
		says:    []string{"failed:\n  go test itself"},
	},
}

const pass = `package a
import "testing"
func TestOne(t *testing.T) { t.Log("chatter") }
func TestTwo(t *testing.T) {
	t.Run("x", func(t *testing.T) {})
	t.Run("y", func(t *testing.T) {})
	t.Run("z", func(t *testing.T) { t.SkipNow() })
}`

func TestSummary(t *testing.T) {
	t.Parallel()
	for name, c := range cases {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			var out strings.Builder
			ok, err := run(t.Context(), writeModule(t, c.files), []string{"./..."}, &out)
			if err != nil {
				t.Fatal(err)
			}
			report := out.String()
			lines := strings.Split(strings.TrimSpace(report), "\n")
			if last := lines[len(lines)-1]; !strings.HasPrefix(last, c.figures) {
				t.Errorf("the last line is %q, want it to begin %q", last, c.figures)
			}
			if want := strings.Contains(c.figures, " 0 failed"); ok != want {
				t.Errorf("ok = %t, want %t", ok, want)
			}
			for _, s := range c.says {
				if !strings.Contains(report, s) {
					t.Errorf("the report does not say %q", s)
				}
			}
			for _, s := range c.silent {
				if strings.Contains(report, s) {
					t.Errorf("the report says %q", s)
				}
			}
			if t.Failed() {
				t.Log(report)
			}
		})
	}
}

func writeModule(t *testing.T, files map[string]string) string {
	t.Helper()
	dir := t.TempDir()
	write(t, filepath.Join(dir, "go.mod"), "module "+module+"\n\ngo 1.26\n")
	for name, content := range files {
		write(t, filepath.Join(dir, name), content)
	}
	return dir
}

func write(t *testing.T, path, content string) {
	t.Helper()
	if err := os.MkdirAll(filepath.Dir(path), 0o755); err != nil {
		t.Fatal(err)
	}
	if err := os.WriteFile(path, []byte(content), 0o644); err != nil {
		t.Fatal(err)
	}
}
