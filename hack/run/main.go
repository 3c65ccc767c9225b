// Command run is `make run`: it brings the real servers up, migrates, seeds, starts Rentora on them, says where everything
// is, and stops all of it on Ctrl-C.
package main

import (
	"context"
	"errors"
	"fmt"
	"net"
	"os"
	"os/exec"
	"os/signal"
	"path/filepath"
	"strconv"
	"syscall"
	"time"

	"github.com/rentora/rentora/hack/stack/process"
	"github.com/rentora/rentora/hack/stack/stack"
)

func main() {
	ctx, stop := signal.NotifyContext(context.Background(), os.Interrupt, syscall.SIGTERM, syscall.SIGHUP)
	defer stop()
	if err := run(ctx); err != nil && ctx.Err() == nil {
		fmt.Fprintln(os.Stderr, "\nmake run:", err)
		stop()
		os.Exit(1) //nolint:gocritic // stop was called
	}
}

func run(ctx context.Context) (err error) {
	began := time.Now()
	root, err := stack.Root()
	if err != nil {
		return err
	}
	session, err := stack.Join(ctx, "", stack.Options{Output: os.Stdout})
	if err != nil {
		return err
	}
	defer func() {
		fmt.Println("\nStopping the servers…")
		done, cancel := context.WithTimeout(context.Background(), time.Minute)
		defer cancel()
		err = errors.Join(err, session.LeaveAndStop(done))
		fmt.Println("Stopped.")
	}()
	step("Building rentora")
	program := filepath.Join(session.Dir, "rentora")
	if err := call(ctx, root, nil, "go", "build", "-o", program, "./cmd/rentora"); err != nil {
		return err
	}
	environment, err := environment(session)
	if err != nil {
		return err
	}
	step("Migrating")
	if err := call(ctx, root, environment, program, "migrate"); err != nil {
		return err
	}
	step("Seeding")
	if err := call(ctx, root, environment, program, "seed", "--listings", listings()); err != nil {
		return err
	}
	return serve(ctx, root, program, environment, session, began)
}

// serve runs Rentora until it ends or the context does, and leaves no process.
func serve(ctx context.Context, root, program string, environment []string, session *stack.Session, began time.Time) error {
	cmd := command(context.WithoutCancel(ctx), root, environment, program, "dev")
	if err := process.Bound(cmd); err != nil { // nobody looks after it when we are killed
		return err
	}
	ended := make(chan struct{})
	var ending error
	go func() {
		defer close(ended)
		ending = cmd.Wait()
	}()
	defer stop(cmd, ended)
	if err := awaitReady(ctx, environment, ended); err != nil {
		return err
	}
	banner(environment, session, time.Since(began))
	select {
	case <-ended:
		return fmt.Errorf("rentora ended by itself: %w", ending)
	case <-ctx.Done():
		return nil
	}
}

// stop asks the program to finish and, half a minute later, ends it.
func stop(cmd *exec.Cmd, ended <-chan struct{}) {
	_ = cmd.Process.Signal(syscall.SIGTERM) // an error means that it is gone
	select {
	case <-ended:
	case <-time.After(30 * time.Second):
		_ = cmd.Process.Kill()
		<-ended
	}
}

func step(name string) { fmt.Printf("\n%s…\n", name) }

func call(ctx context.Context, root string, environment []string, name string, args ...string) error {
	cmd := command(ctx, root, environment, name, args...)
	err := process.Bound(cmd)
	if err == nil {
		err = cmd.Wait()
	}
	if err != nil {
		return fmt.Errorf("%s %v: %w", filepath.Base(name), args, err)
	}
	return nil
}

func command(ctx context.Context, root string, environment []string, name string, args ...string) *exec.Cmd {
	cmd := exec.CommandContext(ctx, name, args...)
	cmd.Dir, cmd.Stdout, cmd.Stderr = root, os.Stdout, os.Stderr
	cmd.Env = append(os.Environ(), environment...)
	cmd.SysProcAttr = &syscall.SysProcAttr{Setpgid: true} // Ctrl-C reaches us alone; we end it in order
	cmd.Cancel = func() error { return cmd.Process.Signal(syscall.SIGTERM) }
	cmd.WaitDelay = 30 * time.Second
	return cmd
}

func listings() string {
	if n := os.Getenv("LISTINGS"); n != "" {
		return n
	}
	return "1000"
}

// freePort gives preferred when nothing listens there, else any free port.
func freePort(preferred int) (int, error) {
	for _, port := range []int{preferred, 0} {
		l, err := net.Listen("tcp", net.JoinHostPort("127.0.0.1", strconv.Itoa(port)))
		if err == nil {
			defer l.Close()
			return l.Addr().(*net.TCPAddr).Port, nil
		}
	}
	return 0, fmt.Errorf("no free port on 127.0.0.1")
}
