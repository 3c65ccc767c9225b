//go:build !linux

package process

import (
	"os/exec"
	"syscall"
)

func fork(start func() error) error { return start() }

func attributes(Spec) *syscall.SysProcAttr { return &syscall.SysProcAttr{Setpgid: true} }

func bind(*exec.Cmd) {}

// RootlessOwner gives the user who must own the files of a Rootless program, and whether that is not us.
func RootlessOwner() (uid, gid int, change bool) { return 0, 0, false }
