package main

import (
	"fmt"
	"io"
	"sort"
	"strings"
	"time"
)

const module = "github.com/rentora/rentora"

// summary counts and prints. A test with subtests is not counted beside them.
type summary struct {
	w        io.Writer
	packages map[string]*pkg
	builds   map[string][]string // compiler output by import path

	passed, failed, skipped int
	failures                []string
}

func newSummary(w io.Writer) *summary {
	return &summary{w: w, packages: map[string]*pkg{}, builds: map[string][]string{}}
}

// pkg is one package's tests, in the order in which they started.
type pkg struct {
	path        string
	verdict     string // empty while it runs
	elapsed     float64
	failedBuild string
	output      []string // of the package itself, not of a test
	tests       []*testcase
	byName      map[string]*testcase
}

func (s *summary) pkg(path string) *pkg {
	p, ok := s.packages[path]
	if !ok {
		p = &pkg{path: path, byName: map[string]*testcase{}}
		s.packages[path] = p
	}
	return p
}

func (p *pkg) test(name string) *testcase {
	t, ok := p.byName[name]
	if !ok {
		t = &testcase{name: name}
		p.byName[name] = t
		p.tests = append(p.tests, t)
		if cut := strings.LastIndexByte(name, '/'); cut >= 0 {
			p.test(name[:cut]).parent = true
		}
	}
	return t
}

// name is the package as one writes it in this repository.
func (p *pkg) name() string {
	if name := strings.TrimPrefix(p.path, module); name != "" {
		return strings.TrimPrefix(name, "/")
	}
	return "."
}

// finish closes what never said how it ended, and prints the figures. goErr is go test's own verdict:
// when it failed and no test or build did, that is a failure too.
func (s *summary) finish(goErr error, took time.Duration) {
	for _, path := range sortedKeys(s.packages) {
		if p := s.packages[path]; p.verdict == "" {
			p.verdict = "fail"
			p.output = append(p.output, "the package's tests stopped without a result\n")
			s.report(p)
		}
	}
	if s.failed == 0 && (goErr != nil || len(s.packages) == 0) {
		s.fail("go test itself: " + reason(goErr))
	}
	if len(s.failures) > 0 {
		fmt.Fprintf(s.w, "\nfailed:\n  %s\n", strings.Join(s.failures, "\n  "))
	}
	fmt.Fprintf(s.w, "\ntests: %d passed, %d failed, %d skipped in %s\n", s.passed, s.failed, s.skipped, took.Round(time.Second))
}

func (s *summary) fail(what string) {
	s.failed++
	s.failures = append(s.failures, what)
}

func reason(err error) string {
	if err == nil {
		return "it found no package"
	}
	return err.Error()
}

func sortedKeys(m map[string]*pkg) []string {
	keys := make([]string, 0, len(m))
	for key := range m {
		keys = append(keys, key)
	}
	sort.Strings(keys)
	return keys
}
