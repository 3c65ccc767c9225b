package testkit

import (
	"bytes"
	"context"
	"fmt"
	"io"
	"net"
	"net/http"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"sync"
	"syscall"
	"testing"
	"time"
)

// Process is one running program of a test. Its methods are for one goroutine at a time.
type Process struct {
	t    testing.TB
	name string
	args []string
	env  []string
	base string // http://host:port of its readiness
	log  string
	cmd  *exec.Cmd
	done chan struct{}
	err  error // of Wait, after done
}

// Start runs the program again, with the same port and settings, and returns when it is ready.
func (p *Process) Start() {
	p.t.Helper()
	p.launch()
	p.awaitReady(30 * time.Second)
}

func (p *Process) launch() {
	p.t.Helper()
	out, err := os.OpenFile(p.log, os.O_CREATE|os.O_APPEND|os.O_WRONLY, 0o600)
	if err != nil {
		p.t.Fatal(err)
	}
	defer out.Close()
	path, err := binary()
	if err != nil {
		p.t.Fatal(err)
	}
	cmd := exec.Command(path, p.args...)
	cmd.Env, cmd.Stdout, cmd.Stderr = p.env, out, out
	if err := fork(cmd); err != nil {
		p.t.Fatal(err)
	}
	done := make(chan struct{})
	p.cmd, p.done = cmd, done
	go func() {
		p.err = cmd.Wait()
		close(done)
	}()
}

// Kill ends the program with SIGKILL and returns when it is gone. A program that has ended already is left alone.
func (p *Process) Kill() {
	_ = syscall.Kill(-p.cmd.Process.Pid, syscall.SIGKILL) // it may be gone
	<-p.done
}

// Stop asks the program to end and fails the test when it does not end in order within its grace.
func (p *Process) Stop() {
	p.t.Helper()
	_ = syscall.Kill(p.cmd.Process.Pid, syscall.SIGTERM)
	select {
	case <-p.done:
	case <-time.After(25 * time.Second):
		p.Kill()
		p.t.Errorf("rentora %s did not end within 25 s of SIGTERM", p.name)
		return
	}
	if p.err != nil {
		p.t.Errorf("rentora %s ended with %v", p.name, p.err)
	}
}

// Base is where the program listens, such as http://127.0.0.1:10000.
func (p *Process) Base() string { return p.base }

// Signal sends a signal and does not wait.
func (p *Process) Signal(s syscall.Signal) { _ = syscall.Kill(p.cmd.Process.Pid, s) }

// Ended is closed when the program that runs now has ended.
func (p *Process) Ended() <-chan struct{} { return p.done }

func (p *Process) awaitReady(within time.Duration) {
	p.t.Helper()
	ctx, cancel := context.WithTimeout(p.t.Context(), within)
	defer cancel()
	tick := time.NewTicker(20 * time.Millisecond)
	defer tick.Stop()
	for {
		select {
		case <-p.done:
			p.t.Fatalf("rentora %s ended before it was ready: %v\n%s", p.name, p.err, p.tail())
		case <-ctx.Done():
			p.t.Fatalf("rentora %s is not ready after %s\n%s", p.name, within, p.tail())
		case <-tick.C:
			if isReady(ctx, p.base+"/readyz") {
				return
			}
		}
	}
}

func isReady(ctx context.Context, url string) bool {
	req, err := http.NewRequestWithContext(ctx, http.MethodGet, url, nil)
	if err != nil {
		return false
	}
	answer, err := http.DefaultClient.Do(req)
	if err != nil {
		return false
	}
	defer answer.Body.Close()
	body, err := io.ReadAll(answer.Body)
	return err == nil && answer.StatusCode == http.StatusOK && !bytes.Contains(body, []byte(`"degraded"`))
}

// end stops the program at the end of the test and shows its log when the test failed.
func (p *Process) end() {
	if p.cmd != nil {
		p.Kill()
	}
	if p.t.Failed() {
		p.t.Logf("log of rentora %s:\n%s", p.name, p.tail())
	}
}

// Log gives everything that the program has written.
func (p *Process) Log() string {
	content, err := os.ReadFile(p.log)
	if err != nil {
		return err.Error()
	}
	return string(content)
}

// tail leaves out the access log's successes, which say nothing about a failure.
func (p *Process) tail() string {
	var lines []string
	for line := range strings.Lines(p.Log()) {
		if !strings.Contains(line, `"level":"INFO","msg":"request"`) {
			lines = append(lines, line)
		}
	}
	return strings.Join(lines[max(0, len(lines)-60):], "")
}

// ports are handed out once per test process, below the range from which the kernel takes those of outgoing connections.
var ports = struct {
	sync.Mutex
	next int
}{next: 10000 + os.Getpid()%9000}

func freeAddress(t testing.TB) string {
	t.Helper()
	ports.Lock()
	defer ports.Unlock()
	for range 1000 {
		ports.next = 10000 + (ports.next-10000+1)%10000
		address := fmt.Sprintf("127.0.0.1:%d", ports.next)
		if listener, err := net.Listen("tcp", address); err == nil {
			_ = listener.Close()
			return address
		}
	}
	t.Fatal("no free port between 10000 and 20000")
	return ""
}

func logPath(t testing.TB, name string) string { return filepath.Join(t.TempDir(), name+".log") }
