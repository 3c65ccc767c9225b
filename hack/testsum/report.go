package main

import (
	"fmt"
	"strings"
)

// report counts one finished package and prints it.
func (s *summary) report(p *pkg) {
	if p.verdict == "skip" || len(p.tests) == 0 && p.verdict == "pass" {
		return // no tests in it
	}
	before := s.failed
	ran := s.count(p)
	if p.verdict != "fail" {
		fmt.Fprintf(s.w, "ok    %-36s %4d tests %7.1f s\n", p.name(), ran, p.elapsed)
		return
	}
	if s.failed == before {
		s.fail(p.name() + ": " + p.why())
	}
	fmt.Fprintf(s.w, "FAIL  %-36s %4d tests %7.1f s\n", p.name(), ran, p.elapsed)
	s.explain(p)
}

// count adds the package's tests to the figures and returns how many there are.
func (s *summary) count(p *pkg) int {
	ran := 0
	for _, t := range p.tests {
		failedItself := t.failed(p) && !p.childFailed(t)
		if t.parent && !failedItself {
			continue
		}
		ran++
		switch {
		case failedItself:
			s.fail(p.name() + " " + t.name)
		case t.verdict == "skip":
			s.skipped++
		default:
			s.passed++
		}
	}
	return ran
}

// failed holds for a test cut off by a panic or time-out as well: it never got a verdict.
func (t *testcase) failed(p *pkg) bool {
	return t.verdict == "fail" || t.verdict == "" && p.verdict == "fail"
}

func (p *pkg) childFailed(parent *testcase) bool {
	for _, t := range p.tests {
		if t.failed(p) && strings.HasPrefix(t.name, parent.name+"/") {
			return true
		}
	}
	return false
}

// why names the failure of a package none of whose tests failed.
func (p *pkg) why() string {
	if p.failedBuild != "" {
		return "does not build"
	}
	return "failed outside its tests"
}

// explain prints everything that was said about the failure.
func (s *summary) explain(p *pkg) {
	for _, line := range s.builds[p.failedBuild] {
		s.indent(line)
	}
	for _, t := range p.tests {
		if t.failed(p) {
			for _, line := range t.output {
				s.indent(line)
			}
		}
	}
	for _, line := range p.output {
		if !isVerdict(line) {
			s.indent(line)
		}
	}
}

func (s *summary) indent(line string) {
	fmt.Fprintf(s.w, "      %s\n", strings.TrimSuffix(line, "\n"))
}

// isVerdict tells the lines which only repeat that the package failed.
func isVerdict(line string) bool {
	return line == "FAIL\n" || line == "PASS\n" || line == "exit status 1\n" || strings.HasPrefix(line, "FAIL\t")
}
