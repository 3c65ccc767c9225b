package process

import (
	"bufio"
	"os"
	"os/exec"
	"path/filepath"
	"strconv"
	"strings"
	"syscall"
	"testing"
	"time"
)

// TestMain is also the parent that TestChildDiesWithParent kills: it starts a child, tells its number, and waits.
func TestMain(m *testing.M) {
	if os.Getenv("PROCESS_TEST_PARENT") == "" {
		os.Exit(m.Run())
	}
	p, err := Start(Spec{Path: "/bin/sleep", Args: []string{"600"}, Dir: os.Getenv("PROCESS_TEST_PARENT")})
	if err != nil {
		os.Exit(1)
	}
	_, _ = os.Stdout.WriteString(strconv.Itoa(p.Pid) + "\n")
	<-p.Done()
}

func TestChildDiesWithParent(t *testing.T) {
	t.Parallel()
	dir := t.TempDir()
	parent := exec.Command(os.Args[0])
	parent.Env = append(os.Environ(), "PROCESS_TEST_PARENT="+dir)
	out, err := parent.StdoutPipe()
	if err != nil {
		t.Fatal(err)
	}
	if err := parent.Start(); err != nil {
		t.Fatal(err)
	}
	line, err := bufio.NewReader(out).ReadString('\n')
	if err != nil {
		t.Fatal(err)
	}
	if got := Find(resolved(t, dir), "/"); !contains(got, strings.TrimSpace(line)) {
		t.Errorf("Find gives %v, not %s", got, line)
	}
	if err := parent.Process.Kill(); err != nil {
		t.Fatal(err)
	}
	_ = parent.Wait()
	eventually(t, "the child is gone", func() bool { return len(Find(resolved(t, dir), "/")) == 0 })
}

// TestStopEndsTheGroup wants a stubborn child and its own child gone after the grace.
func TestStopEndsTheGroup(t *testing.T) {
	t.Parallel()
	dir := resolved(t, t.TempDir())
	p, err := Start(Spec{Path: "/bin/sh", Args: []string{"-c", "trap '' TERM; sleep 600 & touch up; while :; do wait; done"},
		Dir: dir, Env: []string{"PATH=/usr/bin:/bin"}})
	if err != nil {
		t.Fatal(err)
	}
	eventually(t, "the child ignores the signal", func() bool { _, err := os.Stat(filepath.Join(dir, "up")); return err == nil })
	if Memory(p.Pid) == 0 {
		t.Error("a living process uses no memory")
	}
	p.Stop(syscall.SIGTERM, 50*time.Millisecond)
	if p.Err() == nil {
		t.Error("a killed child ended well")
	}
	eventually(t, "the group is gone", func() bool { return len(Find(dir, "/")) == 0 })
}

func TestStopInOrder(t *testing.T) {
	t.Parallel()
	p, err := Start(Spec{Path: "/bin/sleep", Args: []string{"600"}})
	if err != nil {
		t.Fatal(err)
	}
	began := time.Now()
	p.Stop(syscall.SIGTERM, time.Minute)
	if time.Since(began) > 30*time.Second {
		t.Error("an obedient child waited for the grace to end")
	}
}

func TestStartOfNothing(t *testing.T) {
	t.Parallel()
	if _, err := Start(Spec{Path: "/nowhere/server"}); err == nil || !strings.Contains(err.Error(), "/nowhere/server") {
		t.Errorf("says: %v", err)
	}
}

func resolved(t *testing.T, dir string) string {
	t.Helper()
	path, err := filepath.EvalSymlinks(dir)
	if err != nil {
		t.Fatal(err)
	}
	return path
}

func contains(pids []int, want string) bool {
	for _, pid := range pids {
		if strconv.Itoa(pid) == want {
			return true
		}
	}
	return false
}

func eventually(t *testing.T, what string, holds func() bool) {
	t.Helper()
	tick := time.NewTicker(10 * time.Millisecond)
	defer tick.Stop()
	for deadline := time.Now().Add(time.Minute); !holds(); <-tick.C {
		if time.Now().After(deadline) {
			t.Fatalf("never: %s", what)
		}
	}
}
