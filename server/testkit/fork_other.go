//go:build !linux

package testkit

import (
	"os/exec"
	"syscall"
)

// fork starts cmd in a process group of its own. Only a test process that ends in order ends it.
func fork(cmd *exec.Cmd) error {
	cmd.SysProcAttr = &syscall.SysProcAttr{Setpgid: true}
	return cmd.Start()
}
