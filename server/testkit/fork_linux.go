package testkit

import (
	"os/exec"
	"runtime"
	"sync"
	"syscall"
)

// The death signal follows the thread that forked, not the process: all forks happen on one thread that lives for ever.
var forks = sync.OnceValue(func() chan func() {
	queue := make(chan func())
	go func() {
		runtime.LockOSThread()
		for job := range queue {
			job()
		}
	}()
	return queue
})

// fork starts cmd in a process group of its own; the kernel kills it when the test process dies, whatever the cause.
func fork(cmd *exec.Cmd) error {
	cmd.SysProcAttr = &syscall.SysProcAttr{Setpgid: true, Pdeathsig: syscall.SIGKILL}
	result := make(chan error)
	forks() <- func() { result <- cmd.Start() }
	return <-result
}
