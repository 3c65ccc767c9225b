package process

import (
	"os"
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

func fork(start func() error) error {
	result := make(chan error)
	forks() <- func() { result <- start() }
	return <-result
}

func attributes(spec Spec) *syscall.SysProcAttr {
	attr := &syscall.SysProcAttr{Setpgid: true, Pdeathsig: syscall.SIGKILL}
	if !spec.Rootless || os.Geteuid() != 0 {
		return attr
	}
	if namespaces() {
		mapNobody(attr)
	} else {
		attr.Credential = &syscall.Credential{Uid: nobody, Gid: nobody}
	}
	return attr
}

func bind(cmd *exec.Cmd) {
	if cmd.SysProcAttr == nil {
		cmd.SysProcAttr = &syscall.SysProcAttr{}
	}
	cmd.SysProcAttr.Pdeathsig = syscall.SIGKILL
}

const nobody = 65534

// mapNobody lets the child see itself as nobody while the files stay root's: no change of owners is needed.
func mapNobody(attr *syscall.SysProcAttr) {
	attr.Cloneflags = syscall.CLONE_NEWUSER
	attr.UidMappings = []syscall.SysProcIDMap{{ContainerID: nobody, HostID: 0, Size: 1}}
	attr.GidMappings = []syscall.SysProcIDMap{{ContainerID: nobody, HostID: 0, Size: 1}}
}

var namespaces = sync.OnceValue(func() bool {
	cmd := exec.Command("/bin/true")
	cmd.SysProcAttr = &syscall.SysProcAttr{}
	mapNobody(cmd.SysProcAttr)
	return cmd.Run() == nil
})

// RootlessOwner gives the user who must own the files of a Rootless program, and whether that is not us.
func RootlessOwner() (uid, gid int, change bool) {
	if os.Geteuid() != 0 || namespaces() {
		return 0, 0, false
	}
	return nobody, nobody, true
}
