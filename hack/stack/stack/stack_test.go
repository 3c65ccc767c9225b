package stack

import (
	"context"
	"errors"
	"net"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"
)

func TestLocks(t *testing.T) {
	t.Parallel()
	path := filepath.Join(t.TempDir(), "lock")
	first, second := mustLock(t, path, false), mustLock(t, path, false)
	if lock, err := TryLock(path, true); lock != nil || err != nil {
		t.Fatalf("an exclusive lock beside two shared ones: %v, %v", lock, err)
	}
	ctx, cancel := context.WithCancel(t.Context())
	cancel()
	if _, err := WaitLock(ctx, path, true); !errors.Is(err, context.Canceled) {
		t.Errorf("waiting without patience: %v", err)
	}
	first.Release()
	second.Release()
	last := mustLock(t, path, true)
	if !last.InPlace() {
		t.Error("the file at the path is not the locked one")
	}
	if err := os.Remove(path); err != nil {
		t.Fatal(err)
	}
	if last.InPlace() {
		t.Error("a removed file counts as locked")
	}
	last.Release()
}

func mustLock(t *testing.T, path string, exclusive bool) *Lock {
	t.Helper()
	lock, err := TryLock(path, exclusive)
	if lock == nil || err != nil {
		t.Fatalf("lock: %v, %v", lock, err)
	}
	return lock
}

func TestAlive(t *testing.T) {
	t.Parallel()
	dir := t.TempDir()
	if Alive(filepath.Join(dir, "nothing")) || Alive(dir) {
		t.Error("a folder without a supervisor is alive")
	}
	owner := mustLock(t, filepath.Join(dir, OwnerLock), true)
	if !Alive(dir) {
		t.Error("a folder with a supervisor is not alive")
	}
	owner.Release()
	if Alive(dir) {
		t.Error("alive after the supervisor's end")
	}
}

// TestAwaitReady tells a supervisor that failed, died or went from one that is not ready yet.
func TestAwaitReady(t *testing.T) {
	t.Parallel()
	for name, c := range map[string]struct {
		state State
		alive bool
		want  string // in the error; "" means joined
	}{
		"ready":             {State{Phase: Ready}, true, ""},
		"failed":            {State{Phase: Failed, Error: "redis did not start"}, false, "redis did not start"},
		"died while starts": {State{Phase: Starting}, false, "died while starting"},
		"died when ready":   {State{Phase: Ready}, false, errAgain.Error()},
		"stopped":           {State{Phase: Stopped}, false, errAgain.Error()},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			dir := t.TempDir()
			if err := WriteState(dir, c.state); err != nil {
				t.Fatal(err)
			}
			if c.alive {
				defer mustLock(t, filepath.Join(dir, OwnerLock), true).Release()
			}
			_, err := awaitReady(t.Context(), dir)
			if c.want == "" && err != nil || c.want != "" && (err == nil || !strings.Contains(err.Error(), c.want)) {
				t.Errorf("gives %v, not %q", err, c.want)
			}
		})
	}
}

// TestDying joins no supervisor that was killed, still holds its lock, and of which the state says that it is ready.
func TestDying(t *testing.T) {
	t.Parallel()
	dir := t.TempDir()
	gone, err := net.Listen("tcp", "127.0.0.1:0")
	if err != nil {
		t.Fatal(err)
	}
	if err := gone.Close(); err != nil {
		t.Fatal(err)
	}
	if err := WriteState(dir, State{Phase: Ready, Control: gone.Addr().String()}); err != nil {
		t.Fatal(err)
	}
	defer mustLock(t, filepath.Join(dir, OwnerLock), true).Release()
	if _, err := enter(t.Context(), dir, Options{}); !errors.Is(err, errAgain) {
		t.Errorf("entering gives %v, not %v", err, errAgain)
	}
}

func TestFolder(t *testing.T) {
	root, err := Root()
	if err != nil {
		t.Fatal(err)
	}
	elsewhere := t.TempDir()
	t.Setenv("RENTORA_STACK_DIR", "")
	for _, c := range []struct{ dir, variable, want string }{
		{"", "", filepath.Join(root, ".rentora")},
		{"", elsewhere, elsewhere},
		{elsewhere, "/ignored", elsewhere},
	} {
		t.Setenv("RENTORA_STACK_DIR", c.variable)
		if got, err := Folder(c.dir); err != nil || got != c.want {
			t.Errorf("Folder(%q) with %q gives %s, %v", c.dir, c.variable, got, err)
		}
	}
	t.Chdir(elsewhere)
	t.Setenv("RENTORA_STACK_DIR", "")
	if _, err := Folder(""); err == nil || !strings.Contains(err.Error(), "checkout") {
		t.Errorf("outside of a checkout: %v", err)
	}
}

func TestVariables(t *testing.T) {
	t.Parallel()
	got := Addresses{KafkaBrokers: []string{"a:1", "b:2"}, SMTPAddr: "c:3"}.Map()
	want := map[string]string{"RENTORA_DATABASE_URL": "", "RENTORA_REDIS_URL": "", "RENTORA_KAFKA_BROKERS": "a:1,b:2",
		"RENTORA_TYPESENSE_URL": "", "RENTORA_TYPESENSE_API_KEY": "", "RENTORA_S3_ENDPOINT": "", "RENTORA_S3_ACCESS_KEY": "",
		"RENTORA_S3_SECRET_KEY": "", "RENTORA_SMTP_ADDR": "c:3", "RENTORA_MAIL_URL": ""}
	if diff := cmp.Diff(want, got); diff != "" {
		t.Errorf("(-want +got):\n%s", diff)
	}
}

func TestTail(t *testing.T) {
	t.Parallel()
	path := filepath.Join(t.TempDir(), "log")
	if got := Tail(path, 3); got != "" {
		t.Errorf("a missing log gives %q", got)
	}
	if err := os.WriteFile(path, []byte("a\nb\nc\n"), 0o644); err != nil {
		t.Fatal(err)
	}
	if got := Tail(path, 2); got != "b\nc" {
		t.Errorf("the last two lines are %q", got)
	}
}
