package main

import (
	"context"
	"errors"
	"fmt"
	"os"
	"os/exec"
	"path/filepath"
	"strconv"
	"strings"
	"syscall"
	"time"

	"github.com/rentora/rentora/hack/stack/process"
	"github.com/rentora/rentora/hack/stack/stack"
)

// try asks every operation as one role.
func (p *product) try(ctx context.Context, role string) (*outcome, error) {
	within := p.Within * atOnce / time.Duration(len(roles))
	ctx, cancel := context.WithTimeout(ctx, within+time.Minute) // its own bound ends the run before
	defer cancel()
	api := "http://" + p.address + "/api/v1"
	here := filepath.Join(p.root, "hack", "fuzz")
	report, log := filepath.Join(p.Logs, role+".ndjson"), filepath.Join(p.Logs, role+".log")
	cmd := exec.CommandContext(ctx, p.tool, "--config-file", filepath.Join(here, "schemathesis.toml"), "run", api+"/openapi.json",
		"--phases", "examples,coverage,fuzzing,stateful", "--max-examples", "20", "--max-time", strconv.Itoa(int(within.Seconds())),
		"--continue-on-failure", "--request-timeout", "15", "--seed", strconv.Itoa(p.Seed), "--warnings", "off", "--no-color",
		"--report", "ndjson", "--report-ndjson-path", report)
	out, err := os.Create(log)
	if err != nil {
		return nil, err
	}
	defer out.Close()
	cmd.Dir, cmd.Stdout, cmd.Stderr = p.dir, out, out
	cmd.Env = append(os.Environ(), "FUZZ_API="+api, "FUZZ_ROLE="+role, "SCHEMATHESIS_HOOKS="+filepath.Join(here, "roles.py"),
		"FUZZ_ASKING="+strings.Join(p.asking, ","), "FUZZ_BYSTANDER="+p.bystander)
	cmd.SysProcAttr = &syscall.SysProcAttr{Setpgid: true}
	if err := process.Bound(cmd); err != nil {
		return nil, err
	}
	var exit *exec.ExitError
	if err := cmd.Wait(); err != nil && (!errors.As(err, &exit) || exit.ExitCode() != 1) { // 1 says that it found something
		return nil, fmt.Errorf("schemathesis as %s: %w\n%s", role, err, stack.Tail(log, 30))
	}
	events, err := os.Open(report)
	if err != nil {
		return nil, err
	}
	defer events.Close()
	o, err := readOutcome(events, role)
	if err == nil && role != anonymous {
		err = o.wantSession()
	}
	if err == nil && exit != nil && len(o.findings) == 0 {
		err = fmt.Errorf("schemathesis as %s failed and reported nothing:\n%s", role, stack.Tail(log, 30))
	}
	return o, err
}
