package load

import (
	"bufio"
	"bytes"
	"context"
	"encoding/gob"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"os/exec"
	"strings"

	"github.com/rentora/rentora/hack/stack/process"
)

// Driver runs generators as processes of their own, so that their computing is not mixed with anybody's.
type Driver struct {
	Program string // this program, which is the generator too with the argument Argument
}

// Argument makes the program a generator; see Serve.
const Argument = "generate"

// Run carries out a plan; began and ended are called when the measured time begins and ends. An answer with a wrong
// status is an error, with the first one's body, and so is a measured time without an answer.
func (d Driver) Run(ctx context.Context, p Plan, began, ended func()) (Result, error) {
	var plan bytes.Buffer
	if err := gob.NewEncoder(&plan).Encode(p); err != nil {
		return Result{}, err
	}
	cmd := exec.CommandContext(ctx, d.Program, Argument)
	var complaint bytes.Buffer
	cmd.Stdin, cmd.Stderr = &plan, &complaint
	out, err := cmd.StdoutPipe()
	if err != nil {
		return Result{}, err
	}
	if err := process.Bound(cmd); err != nil {
		return Result{}, err
	}
	result, readErr := listen(out, began, ended)
	if err := cmd.Wait(); err != nil {
		return Result{}, fmt.Errorf("the load generator: %w: %s", err, strings.TrimSpace(complaint.String()))
	}
	if readErr != nil {
		return Result{}, readErr
	}
	return result, result.check(p)
}

// check is an error when something else was measured than what the plan asked for, or nothing.
func (r Result) check(p Plan) error {
	switch {
	case r.Wrong > 0:
		return fmt.Errorf("%d wrong answers, the first: %s", r.Wrong, r.Example)
	case r.Requests == 0 && p.Once:
		return fmt.Errorf("nothing was measured: the warm-up has used up all %d requests", len(p.Requests))
	case r.Requests == 0:
		return errors.New("nothing was measured: not one request was answered in time")
	}
	return nil
}

func listen(out io.Reader, began, ended func()) (Result, error) {
	var r Result
	lines := bufio.NewReader(out)
	for {
		line, err := lines.ReadString('\n')
		if err != nil {
			return r, fmt.Errorf("the load generator said no result: %w", err)
		}
		switch strings.TrimSpace(line) {
		case lineBegan:
			began()
		case lineEnded:
			ended()
		default:
			return r, json.Unmarshal([]byte(line), &r)
		}
	}
}
