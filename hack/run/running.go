package main

import (
	"os/exec"
	"syscall"
	"time"

	"github.com/rentora/rentora/hack/stack/process"
)

// running is a program that was started.
type running struct {
	cmd    *exec.Cmd
	ended  chan struct{} // closed at its end
	ending error         // how it ended; set by then
}

// start starts a program that dies with us: nobody looks after it when we are killed.
func start(cmd *exec.Cmd) (*running, error) {
	if err := process.Bound(cmd); err != nil {
		return nil, err
	}
	r := &running{cmd: cmd, ended: make(chan struct{})}
	go func() {
		defer close(r.ended)
		r.ending = cmd.Wait()
	}()
	return r, nil
}

// stop asks the program to finish and, half a minute later, ends it.
func (r *running) stop() {
	_ = r.cmd.Process.Signal(syscall.SIGTERM) // an error means that it is gone
	select {
	case <-r.ended:
	case <-time.After(30 * time.Second):
		_ = r.cmd.Process.Kill()
		<-r.ended
	}
}
