package main

import (
	"bufio"
	"context"
	"errors"
	"fmt"
	"net"
	"net/url"
	"os"
	"path/filepath"
	"strconv"
	"strings"
	"syscall"
	"testing"
	"time"

	"github.com/jackc/pgx/v5"

	"github.com/rentora/rentora/hack/stack/process"
	"github.com/rentora/rentora/hack/stack/stack"
)

// limit is how long any step may take on a busy machine.
const limit = 4 * time.Minute

// grace is short, so that the test of the last leave is.
const grace = time.Second

// TestStack walks one stack of its own through its life: joined, hurt, killed, left.
func TestStack(t *testing.T) {
	t.Parallel()
	dir, err := os.MkdirTemp("", "stack")
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { end(t, dir) })
	first := enter(t, dir)
	if !t.Run("second member", func(t *testing.T) { secondMember(t, dir, first) }) ||
		!t.Run("part killed and started", func(t *testing.T) { killedPart(t, first) }) ||
		!t.Run("part ends by itself", func(t *testing.T) { crashedPart(t, first) }) ||
		!t.Run("other kind of stack", func(t *testing.T) { otherKind(t, dir) }) ||
		!t.Run("supervisor killed", func(t *testing.T) { killedSupervisor(t, dir, first) }) {
		return
	}
	t.Run("last member leaves", func(t *testing.T) { lastLeave(t, dir) })
}

func enter(t *testing.T, dir string) *stack.Session {
	t.Helper()
	session, err := stack.Join(within(t), dir, stack.Options{Grace: grace})
	if err != nil {
		t.Fatalf("join: %v", err)
	}
	t.Cleanup(session.Leave)
	return session
}

func secondMember(t *testing.T, dir string, first *stack.Session) {
	began := time.Now()
	second := enter(t, dir)
	if took := time.Since(began); took > 10*time.Second {
		t.Errorf("joining a running stack took %s", took)
	}
	if got, want := second.DatabaseURL, first.DatabaseURL; got != want {
		t.Errorf("the second member has the database %s, the first %s", got, want)
	}
}

func killedPart(t *testing.T, s *stack.Session) {
	redis(t, s, "SET kept yes")
	query(t, s, "CREATE TABLE kept AS SELECT 42 AS n")
	for _, part := range []string{"redis", "postgres", "typesense"} {
		if err := s.Kill(within(t), part); err != nil {
			t.Fatalf("kill %s: %v", part, err)
		}
		if got := state(t, s.Dir, part).State; got != "killed" {
			t.Errorf("%s is %s after the kill", part, got)
		}
		if err := s.Start(within(t), part); err != nil {
			t.Fatalf("start %s: %v", part, err)
		}
	}
	if got := redis(t, s, "GET kept"); got != "yes" {
		t.Errorf("redis gives %q after the kill", got)
	}
	if got := query(t, s, "SELECT n FROM kept"); got != 42 {
		t.Errorf("postgres gives %d after the kill", got)
	}
	if err := s.Kill(within(t), "mongo"); err == nil || !strings.Contains(err.Error(), `no part "mongo"`) {
		t.Errorf("killing an unknown part says: %v", err)
	}
}

func crashedPart(t *testing.T, s *stack.Session) {
	if err := syscall.Kill(state(t, s.Dir, "mail").Pid, syscall.SIGKILL); err != nil {
		t.Fatal(err)
	}
	until(t, "the crash shows", func() bool { return state(t, s.Dir, "mail").State == "crashed" })
	if cause := state(t, s.Dir, "mail").Error; !strings.Contains(cause, "killed") {
		t.Errorf("the cause is %q", cause)
	}
	if err := s.Start(within(t), "mail"); err != nil {
		t.Errorf("start after a crash: %v", err)
	}
}

func otherKind(t *testing.T, dir string) {
	session, err := stack.Join(within(t), dir, stack.Options{Durable: true})
	if err == nil {
		session.Leave()
		t.Fatal("a fast stack was joined as a durable one")
	}
	if !strings.Contains(err.Error(), "durable") {
		t.Errorf("the refusal says: %v", err)
	}
}

func killedSupervisor(t *testing.T, dir string, first *stack.Session) {
	old, err := stack.ReadState(dir)
	if err != nil {
		t.Fatal(err)
	}
	if err := syscall.Kill(old.Pid, syscall.SIGKILL); err != nil {
		t.Fatal(err)
	}
	until(t, "all servers are gone", func() bool { return len(servers(t, dir)) == 0 })
	first.Leave()
	again := enter(t, dir)
	if again.RedisURL != first.RedisURL {
		t.Errorf("redis moved from %s to %s", first.RedisURL, again.RedisURL)
	}
	if got := query(t, again, "SELECT n FROM kept"); got != 42 {
		t.Errorf("postgres gives %d after its supervisor was killed", got)
	}
	if got := redis(t, again, "GET kept"); got != "yes" {
		t.Errorf("redis gives %q after its supervisor was killed", got)
	}
}

func lastLeave(t *testing.T, dir string) {
	// The sessions of the other steps have left with them.
	until(t, "the stack stops", func() bool { return !stack.Alive(dir) })
	if left := servers(t, dir); len(left) > 0 {
		t.Errorf("processes %v are left", left)
	}
	if _, err := stack.Status(within(t), dir); !errors.Is(err, stack.ErrDown) {
		t.Errorf("the status of a stack that is down: %v", err)
	}
}

// TestFailedStart wants a message that says which part, why and what next, and nothing left behind.
func TestFailedStart(t *testing.T) {
	t.Parallel()
	taken, err := net.Listen("tcp", "127.0.0.1:0")
	if err != nil {
		t.Fatal(err)
	}
	defer func() { _ = taken.Close() }()
	dir := t.TempDir()
	port := taken.Addr().(*net.TCPAddr).Port
	_, err = stack.Join(within(t), dir, stack.Options{Ports: map[string]int{"redis": port}})
	if err == nil {
		t.Fatal("the stack started on a port that is taken")
	}
	for _, want := range []string{"redis did not start", strconv.Itoa(port), "RENTORA_STACK_REDIS_URL"} {
		if !strings.Contains(err.Error(), want) {
			t.Errorf("the message lacks %q:\n%v", want, err)
		}
	}
	until(t, "nothing runs", func() bool { return !stack.Alive(dir) && len(servers(t, dir)) == 0 })
}

func within(t *testing.T) context.Context {
	ctx, cancel := context.WithTimeout(t.Context(), limit)
	t.Cleanup(cancel)
	return ctx
}

func until(t *testing.T, what string, holds func() bool) {
	t.Helper()
	tick := time.NewTicker(20 * time.Millisecond)
	defer tick.Stop()
	for deadline := time.Now().Add(limit); !holds(); <-tick.C {
		if time.Now().After(deadline) {
			t.Fatalf("after %s still not: %s", limit, what)
		}
	}
}

// end stops what a failed test left, then removes the folder.
func end(t *testing.T, dir string) {
	if stack.Alive(dir) {
		if err := stack.Down(context.Background(), dir); err != nil {
			t.Errorf("stop the stack: %v", err)
		}
	}
	if err := os.RemoveAll(dir); err != nil {
		t.Errorf("remove the data folder: %v", err)
	}
}

func servers(t *testing.T, dir string) []int {
	t.Helper()
	return process.Find(filepath.Join(dir, stack.DataFolder), "/")
}

func state(t *testing.T, dir, part string) stack.PartState {
	t.Helper()
	s, err := stack.Status(within(t), dir)
	if err != nil {
		t.Fatalf("status: %v", err)
	}
	for _, p := range s.Parts {
		if p.Name == part {
			return p
		}
	}
	t.Fatalf("no part %s", part)
	return stack.PartState{}
}

// redis sends one inline command and gives the value of its answer.
func redis(t *testing.T, s *stack.Session, command string) string {
	t.Helper()
	address, err := url.Parse(s.RedisURL)
	if err != nil {
		t.Fatal(err)
	}
	conn, err := net.Dial("tcp", address.Host)
	if err != nil {
		t.Fatal(err)
	}
	defer func() { _ = conn.Close() }()
	if _, err := fmt.Fprintf(conn, "%s\r\n", command); err != nil {
		t.Fatal(err)
	}
	answer := bufio.NewReader(conn)
	line, err := answer.ReadString('\n')
	if err == nil && strings.HasPrefix(line, "$") && line != "$-1\r\n" {
		line, err = answer.ReadString('\n')
	}
	if err != nil {
		t.Fatal(err)
	}
	return strings.TrimSpace(line)
}

func query(t *testing.T, s *stack.Session, sql string) (n int) {
	t.Helper()
	conn, err := pgx.Connect(within(t), s.DatabaseURL)
	if err != nil {
		t.Fatal(err)
	}
	defer func() { _ = conn.Close(context.Background()) }()
	// A stack that is not durable commits ahead of its log; what the test looks for later must be written by then.
	if _, err := conn.Exec(within(t), "SET synchronous_commit = on"); err != nil {
		t.Fatal(err)
	}
	if err := conn.QueryRow(within(t), sql).Scan(&n); err != nil && !errors.Is(err, pgx.ErrNoRows) {
		t.Fatal(err)
	}
	return n
}
