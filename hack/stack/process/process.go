// Package process runs child programs that cannot outlive their parent.
package process

import (
	"fmt"
	"os"
	"os/exec"
	"syscall"
	"time"
)

// Spec says what to run.
type Spec struct {
	Path     string
	Args     []string
	Env      []string // the whole environment; nothing is inherited
	Dir      string
	Input    *os.File // nil: nothing to read
	Log      *os.File // receives stdout and stderr
	Rootless bool     // the program refuses to run as root
}

// Process is a running child, leader of its own process group. Its methods may be called concurrently.
type Process struct {
	Pid     int
	Started time.Time
	done    chan struct{}
	err     error
}

// Start runs the program. On Linux the kernel kills the child when this process dies, whatever the cause;
// elsewhere the child is only stopped when this process ends in order.
func Start(spec Spec) (*Process, error) {
	cmd := exec.Command(spec.Path, spec.Args...)
	cmd.Env, cmd.Dir = spec.Env, spec.Dir
	if spec.Input != nil {
		cmd.Stdin = spec.Input
	}
	cmd.Stdout, cmd.Stderr = spec.Log, spec.Log
	cmd.SysProcAttr = attributes(spec)
	if err := fork(cmd.Start); err != nil {
		return nil, fmt.Errorf("start %s: %w", spec.Path, err)
	}
	p := &Process{Pid: cmd.Process.Pid, Started: time.Now(), done: make(chan struct{})}
	go func() {
		p.err = cmd.Wait()
		close(p.done)
	}()
	return p, nil
}

// Bound starts a command of which the caller is in charge, so that on Linux it dies with this process.
func Bound(cmd *exec.Cmd) error {
	bind(cmd)
	return fork(cmd.Start)
}

// Run starts the program and waits for its end.
func Run(spec Spec) error {
	p, err := Start(spec)
	if err != nil {
		return err
	}
	<-p.Done()
	return p.Err()
}

// Done is closed when the child has ended and was reaped.
func (p *Process) Done() <-chan struct{} { return p.done }

// Err says how the child ended; it is meaningful after Done is closed. Nil means exit status 0.
func (p *Process) Err() error {
	<-p.done
	return p.err
}

// Kill sends SIGKILL to the child's whole group and waits for its end.
func (p *Process) Kill() {
	p.signalGroup(syscall.SIGKILL)
	<-p.done
}

// Stop asks the child to end with sig and kills its group after the grace. It returns when the child has ended.
func (p *Process) Stop(sig syscall.Signal, grace time.Duration) {
	_ = syscall.Kill(p.Pid, sig)
	select {
	case <-p.done:
		p.signalGroup(syscall.SIGKILL) // what the child itself left behind
	case <-time.After(grace):
		p.Kill()
	}
}

func (p *Process) signalGroup(sig syscall.Signal) { _ = syscall.Kill(-p.Pid, sig) }
