package trial

import (
	"errors"
	"fmt"
	"os"
	"path/filepath"
	"runtime"
	"strconv"
	"syscall"
)

// mount is one of the few that a container has.
type mount struct {
	from, to, kind string
	flags          uintptr
	options        string
}

// Enter turns this process into a program of an image: ROOT WORK USER PROGRAM ARGUMENT…. It returns only when it cannot. What it
// mounts goes with the process.
func Enter(args []string) error {
	if len(args) < 4 {
		return errors.New("enter ROOT WORK USER PROGRAM …")
	}
	root, work, program := args[0], args[1], args[3:]
	user, err := strconv.Atoi(args[2])
	if err != nil {
		return err
	}
	runtime.LockOSThread() // name spaces and the root belong to a thread
	if err := furnish(root, work); err != nil {
		return fmt.Errorf("furnish the sandbox: %w", err)
	}
	if err := syscall.Chroot(root); err != nil {
		return err
	}
	if err := os.Chdir("/"); err != nil {
		return err
	}
	if err := become(user); err != nil {
		return fmt.Errorf("become user %d: %w", user, err)
	}
	return fmt.Errorf("start %s: %w", program[0], syscall.Exec(program[0], program, os.Environ()))
}

// furnish mounts what a container finds beside its image's files, and makes these unchangeable.
func furnish(root, work string) error {
	if err := syscall.Unshare(syscall.CLONE_NEWNS); err != nil {
		return err
	}
	dev := filepath.Join(root, "dev")
	mounts := []mount{
		{to: "/", flags: syscall.MS_REC | syscall.MS_PRIVATE},
		{from: root, to: root, flags: syscall.MS_BIND},
		{to: root, flags: syscall.MS_REMOUNT | syscall.MS_BIND | syscall.MS_RDONLY | syscall.MS_NOSUID | syscall.MS_NODEV},
		{from: "proc", to: filepath.Join(root, "proc"), kind: "proc"},
		{from: "tmpfs", to: filepath.Join(root, "tmp"), kind: "tmpfs", options: "mode=1777"},
		{from: "tmpfs", to: dev, kind: "tmpfs", options: "mode=755"},
	}
	for _, m := range mounts {
		if err := m.mount(); err != nil {
			return err
		}
	}
	if err := os.Mkdir(filepath.Join(dev, "shm"), 0o755); err != nil {
		return err
	}
	inner := filepath.Join(root, work) // lies in the /tmp of before
	if err := os.MkdirAll(inner, 0o755); err != nil {
		return err
	}
	mounts = []mount{
		{from: "tmpfs", to: filepath.Join(dev, "shm"), kind: "tmpfs", options: "mode=1777"},
		{from: work, to: inner, flags: syscall.MS_BIND},
	}
	for _, name := range []string{"/dev/null", "/dev/zero", "/dev/random", "/dev/urandom"} {
		if err := os.WriteFile(filepath.Join(root, name), nil, 0o644); err != nil {
			return err
		}
		mounts = append(mounts, mount{from: name, to: filepath.Join(root, name), flags: syscall.MS_BIND})
	}
	for _, m := range mounts {
		if err := m.mount(); err != nil {
			return err
		}
	}
	return nil
}

func (m mount) mount() error {
	if err := syscall.Mount(m.from, m.to, m.kind, m.flags, m.options); err != nil {
		return fmt.Errorf("mount %s: %w", m.to, err)
	}
	return nil
}

// become gives up all rights. The change of the user makes the kernel forget that this process must die with the one that
// started it, so that stands last.
func become(user int) error {
	if err := syscall.Setgroups(nil); err != nil {
		return err
	}
	if err := syscall.Setgid(user); err != nil {
		return err
	}
	if err := syscall.Setuid(user); err != nil {
		return err
	}
	const noNewPrivileges = 38
	for _, order := range [][2]uintptr{{noNewPrivileges, 1}, {syscall.PR_SET_PDEATHSIG, uintptr(syscall.SIGKILL)}} {
		if _, _, failed := syscall.RawSyscall6(syscall.SYS_PRCTL, order[0], order[1], 0, 0, 0, 0); failed != 0 {
			return failed
		}
	}
	return nil
}
