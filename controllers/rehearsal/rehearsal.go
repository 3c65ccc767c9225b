// Package rehearsal runs the real servers of the development stack with what components render for them. Only tests import it.
package rehearsal

import (
	"context"
	"errors"
	"fmt"
	"os"
	"os/exec"
	"path/filepath"
	"slices"
	"syscall"
	"testing"
	"time"

	"github.com/rentora/rentora/hack/stack/fetch"
	"github.com/rentora/rentora/hack/stack/probe"
	"github.com/rentora/rentora/hack/stack/process"
	"github.com/rentora/rentora/hack/stack/stack"
)

// Installed gives the server of a part, obtained if need be.
func Installed(t *testing.T, part string) fetch.Installed {
	t.Helper()
	cache, err := stack.Cache()
	if err != nil {
		t.Fatal(err)
	}
	ctx, cancel := context.WithTimeout(t.Context(), 9*time.Minute) // the first time ever, it is downloaded or built
	defer cancel()
	installed, err := fetch.Ensure(ctx, cache, []string{part}, os.Stderr)
	if err != nil {
		t.Fatal(err)
	}
	return installed
}

// patience is for computers that are busy with other tests.
const patience = 3 * time.Minute

// Program is one that runs for a test and ends with it at the latest.
type Program struct {
	t       *testing.T
	process *process.Process
	log     string
}

// Start runs a program, which writes what it says into a log that the test shows when it fails.
func Start(t *testing.T, spec process.Spec) *Program {
	t.Helper()
	log, err := os.CreateTemp(t.TempDir(), filepath.Base(spec.Path)+"-*.log")
	if err != nil {
		t.Fatal(err)
	}
	defer log.Close()
	spec.Log = log
	p := &Program{t: t, log: log.Name()}
	if p.process, err = process.Start(spec); err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() {
		p.process.Kill()
		if t.Failed() {
			t.Logf("%s said:\n%s", spec.Path, p.Log())
		}
	})
	return p
}

// Await returns when the question is answered well.
func (p *Program) Await(ask func(context.Context) error) {
	p.t.Helper()
	if err := probe.Until(p.t.Context(), patience, p.process.Done(), ask); err != nil {
		p.t.Fatal(err)
	}
}

// End returns when the program has ended by itself, with how it did.
func (p *Program) End() error {
	p.t.Helper()
	select {
	case <-p.process.Done():
		return p.process.Err()
	case <-time.After(patience):
		return fmt.Errorf("it has not ended within %s", patience)
	}
}

// Kill ends the program and its children as a lost node does.
func (p *Program) Kill() { p.process.Kill() }

// Stop asks the program to end, and fails the test when it does not do so in order: with the exit code 0, or with one of those
// that it has for this.
func (p *Program) Stop(signal syscall.Signal, codes ...int) {
	p.t.Helper()
	p.process.Stop(signal, patience)
	err := p.process.Err()
	var exit *exec.ExitError
	if err != nil && !(errors.As(err, &exit) && slices.Contains(codes, exit.ExitCode())) {
		p.t.Errorf("after %s it ended with: %v", signal, err)
	}
}

// Log gives all that the program has said.
func (p *Program) Log() string {
	text, err := os.ReadFile(p.log)
	if err != nil {
		return err.Error()
	}
	return string(text)
}
