package main

import (
	"bufio"
	"encoding/json"
	"fmt"
	"io"
	"strings"
)

// event is one line of `go test -json`; see `go doc test2json` and `go help buildjson`.
type event struct {
	Action      string
	Package     string
	Test        string
	Output      string
	Elapsed     float64 // seconds
	ImportPath  string  // of a build event
	FailedBuild string  // ImportPath of the build that kept a package from running
}

// read takes events until the stream ends. A line that is none (go itself speaking) is passed on as it is.
func (s *summary) read(r io.Reader) error {
	lines := bufio.NewReader(r)
	for {
		line, err := lines.ReadString('\n')
		if line != "" {
			s.line(line)
		}
		if err == io.EOF {
			return nil
		}
		if err != nil {
			return fmt.Errorf("read go test's output: %w", err)
		}
	}
}

func (s *summary) line(line string) {
	var e event
	if json.Unmarshal([]byte(line), &e) != nil || e.Action == "" {
		fmt.Fprint(s.w, line)
		return
	}
	switch {
	case e.Action == "build-output":
		s.builds[e.ImportPath] = append(s.builds[e.ImportPath], e.Output)
	case e.Package == "":
	case e.Test == "":
		s.packageEvent(e)
	default:
		s.pkg(e.Package).testEvent(e)
	}
}

func (s *summary) packageEvent(e event) {
	p := s.pkg(e.Package)
	switch e.Action {
	case "output":
		p.output = append(p.output, e.Output)
	case "pass", "fail", "skip":
		p.verdict, p.elapsed, p.failedBuild = e.Action, e.Elapsed, e.FailedBuild
		s.report(p)
	}
}

// testcase is a test or subtest.
type testcase struct {
	name    string
	verdict string // pass, fail, skip; empty while it runs
	parent  bool   // it has subtests
	output  []string
}

// testEvent notes what happened to one test of the package.
func (p *pkg) testEvent(e event) {
	t := p.test(e.Test)
	switch e.Action {
	case "output":
		if !isProgress(e.Output) {
			t.output = append(t.output, e.Output)
		}
	case "pass", "fail", "skip":
		t.verdict = e.Action
	}
}

// isProgress tells the lines that only say which test is speaking.
func isProgress(line string) bool {
	for _, word := range []string{"=== RUN ", "=== PAUSE ", "=== CONT ", "=== NAME "} {
		if strings.HasPrefix(line, word) {
			return true
		}
	}
	return false
}
