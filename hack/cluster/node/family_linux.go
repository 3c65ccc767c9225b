package node

import (
	"errors"
	"fmt"
	"os"
	"path/filepath"
	"sync"
	"syscall"
	"time"
)

// patience bounds how often a program is started again.
const patience = 30

// program is one child: its arguments, the first being the name by which it is found in the PATH.
type program struct {
	args   []string
	once   bool // it is expected to end
	starts int
	ended  chan syscall.WaitStatus
}

// family starts children and reaps them all, also those that lost their parents, as the first process must.
type family struct {
	mu       sync.Mutex
	children map[int]*program
	grown    *sync.Cond
}

func newFamily() *family {
	f := &family{children: map[int]*program{}}
	f.grown = sync.NewCond(&f.mu)
	return f
}

// keep starts a program and starts it again whenever it ends.
func (f *family) keep(args ...string) error { return f.start(&program{args: args}) }

// run starts a program and waits for its end.
func (f *family) run(args ...string) error {
	p := &program{args: args, once: true, ended: make(chan syscall.WaitStatus, 1)}
	if err := f.start(p); err != nil {
		return err
	}
	if status := <-p.ended; status.ExitStatus() != 0 {
		return fmt.Errorf("%v: exit status %d", args, status.ExitStatus())
	}
	return nil
}

// start holds the lock while it forks, so that no child is reaped before it is known.
func (f *family) start(p *program) error {
	path, err := find(p.args[0])
	if err != nil {
		return err
	}
	log, err := os.OpenFile("/var/log/rentora/"+filepath.Base(p.args[0])+".log", os.O_CREATE|os.O_APPEND|os.O_WRONLY, 0o644)
	if err != nil {
		return err
	}
	defer log.Close()
	f.mu.Lock()
	defer f.mu.Unlock()
	p.starts++
	pid, err := syscall.ForkExec(path, p.args, &syscall.ProcAttr{Env: os.Environ(), Files: []uintptr{0, log.Fd(), log.Fd()}, Dir: "/",
		Sys: &syscall.SysProcAttr{Setsid: true}})
	if err != nil {
		return fmt.Errorf("start %s: %w", p.args[0], err)
	}
	f.children[pid] = p
	f.grown.Broadcast()
	return nil
}

// bury reaps for ever.
func (f *family) bury() error {
	for {
		f.mu.Lock()
		for len(f.children) == 0 {
			f.grown.Wait()
		}
		f.mu.Unlock()
		var status syscall.WaitStatus
		pid, err := syscall.Wait4(-1, &status, 0, nil)
		if errors.Is(err, syscall.EINTR) || errors.Is(err, syscall.ECHILD) {
			continue
		}
		if err != nil {
			return err
		}
		if status.Exited() || status.Signaled() {
			f.lost(pid, status)
		}
	}
}

func (f *family) lost(pid int, status syscall.WaitStatus) {
	f.mu.Lock()
	p := f.children[pid]
	delete(f.children, pid)
	f.mu.Unlock()
	if p == nil {
		return // an orphan
	}
	if p.once {
		p.ended <- status
		return
	}
	fmt.Fprintf(os.Stderr, "%s ended (exit status %d, signal %d), start %d of %d\n", p.args[0], status.ExitStatus(), status.Signal(), p.starts, patience)
	if p.starts < patience {
		time.AfterFunc(time.Second, func() {
			if err := f.start(p); err != nil {
				fmt.Fprintln(os.Stderr, err)
			}
		})
	}
}

// find looks a program up in the node's PATH.
func find(name string) (string, error) {
	for _, folder := range filepath.SplitList(os.Getenv("PATH")) {
		path := filepath.Join(folder, name)
		if info, err := os.Stat(path); err == nil && !info.IsDir() {
			return path, nil
		}
	}
	return "", fmt.Errorf("there is no program %q", name)
}
