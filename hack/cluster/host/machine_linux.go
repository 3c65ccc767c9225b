package host

import (
	"context"
	"fmt"
	"os"
	"os/exec"
	"path/filepath"
	"strconv"
	"sync"
	"syscall"
	"time"

	"github.com/rentora/rentora/hack/cluster/place"
	"github.com/rentora/rentora/hack/stack/process"
)

// machine is one node, seen from outside.
type machine struct {
	number int
	config Config

	mu    sync.Mutex
	cmd   *exec.Cmd
	began time.Time
	ended chan struct{}
}

// start makes the namespaces and lets the node begin when its cable is in.
func (m *machine) start(ctx context.Context) error {
	m.mu.Lock()
	defer m.mu.Unlock()
	if m.alive() {
		return nil
	}
	unplug(ctx, m.number)
	if err := dropGroup(ctx, m.number); err != nil {
		return err
	}
	if err := newGroup(m.number); err != nil {
		return err
	}
	wait, begin, err := os.Pipe()
	if err != nil {
		return err
	}
	defer wait.Close()
	defer begin.Close() // the node begins; when an error came before, only to end at once
	if err := m.fork(wait); err != nil {
		return err
	}
	if err := plug(ctx, m.number, m.cmd.Process.Pid); err != nil {
		_ = m.cmd.Process.Kill()
		return err
	}
	return nil
}

func (m *machine) fork(wait *os.File) error {
	folder := m.config.Folder.Node(m.number)
	if err := os.MkdirAll(filepath.Join(folder, "log"), 0o755); err != nil {
		return err
	}
	log, err := os.OpenFile(filepath.Join(folder, "log", "node.log"), os.O_CREATE|os.O_APPEND|os.O_WRONLY, 0o644)
	if err != nil {
		return err
	}
	defer log.Close()
	cmd := exec.Command("/proc/self/exe", append([]string{"node", strconv.Itoa(m.number)}, m.config.arguments()...)...)
	cmd.ExtraFiles, cmd.Stdout, cmd.Stderr = []*os.File{wait}, log, log
	cmd.SysProcAttr = &syscall.SysProcAttr{
		Setsid:     true,
		Cloneflags: syscall.CLONE_NEWNS | syscall.CLONE_NEWPID | syscall.CLONE_NEWNET | syscall.CLONE_NEWUTS | syscall.CLONE_NEWIPC,
	}
	if err := process.Bound(cmd); err != nil {
		return fmt.Errorf("start %s in namespaces of its own: %w", place.Name(m.number), err)
	}
	ended := make(chan struct{})
	m.cmd, m.began, m.ended = cmd, time.Now(), ended
	go func() { _ = cmd.Wait(); close(ended) }()
	return nil
}

// alive needs the lock.
func (m *machine) alive() bool {
	if m.cmd == nil {
		return false
	}
	select {
	case <-m.ended:
		return false
	default:
		return true
	}
}

// kill ends the node as a power cut would; what it had on disk stays. It returns when nothing of it runs any more.
func (m *machine) kill(ctx context.Context) error {
	m.mu.Lock()
	defer m.mu.Unlock()
	if m.alive() {
		_ = m.cmd.Process.Kill() // the first process of its namespace: the kernel ends all the others
		select {
		case <-m.ended:
		case <-ctx.Done():
			return fmt.Errorf("%s does not end: %w", place.Name(m.number), ctx.Err())
		}
	}
	unplug(ctx, m.number)
	return dropGroup(ctx, m.number)
}

func (m *machine) state() State {
	m.mu.Lock()
	defer m.mu.Unlock()
	s := State{Node: place.Name(m.number), Address: place.Address(m.number)}
	if m.alive() {
		s.Pid, s.Since = m.cmd.Process.Pid, m.began
	}
	return s
}
