package stack

import (
	"cmp"
	"context"
	"errors"
	"fmt"
	"io"
	"os"
	"os/exec"
	"path/filepath"
	"strconv"
	"syscall"
	"time"
)

// ensure starts a supervisor when none runs. The lock makes a state in the folder always belong to the living one.
func ensure(ctx context.Context, dir string, o Options) error {
	lock, err := WaitLock(ctx, filepath.Join(dir, startLock), true)
	if err != nil {
		return err
	}
	defer lock.Release()
	if Alive(dir) {
		return nil
	}
	program, err := program(ctx, o)
	if err != nil {
		return err
	}
	if err := obtain(ctx, program, o.Output); err != nil {
		return err
	}
	if err := os.Remove(filepath.Join(dir, stateFile)); err != nil && !errors.Is(err, os.ErrNotExist) {
		return err
	}
	return spawn(ctx, program, dir, o)
}

// obtain runs in the foreground, so that the progress is seen; it is silent and quick when nothing is missing.
func obtain(ctx context.Context, program string, output io.Writer) error {
	cmd := exec.CommandContext(ctx, program, "fetch", "--quiet")
	cmd.Stdin = os.Stdin // sudo may ask for a password
	cmd.Stdout, cmd.Stderr = os.Stderr, os.Stderr
	if output != nil {
		cmd.Stdout, cmd.Stderr = output, output
	}
	cmd.Cancel = func() error { return cmd.Process.Signal(os.Interrupt) }
	cmd.WaitDelay = 10 * time.Second
	if err := cmd.Run(); err != nil {
		return fmt.Errorf("the servers of the stack could not be obtained (%w); the lines above say what is missing", err)
	}
	return nil
}

func spawn(ctx context.Context, program, dir string, o Options) error {
	log, err := os.Create(LogPath(dir, "supervisor"))
	if err != nil {
		return err
	}
	defer func() { _ = log.Close() }()
	cmd := exec.Command(program, arguments(dir, o)...)
	cmd.Dir = dir
	cmd.Stdout, cmd.Stderr = log, log
	cmd.SysProcAttr = &syscall.SysProcAttr{Setsid: true}
	if err := cmd.Start(); err != nil {
		return fmt.Errorf("start the supervisor: %w", err)
	}
	ended := make(chan struct{})
	go func() { _ = cmd.Wait(); close(ended) }()
	return awaitFirstWord(ctx, dir, ended)
}

// awaitFirstWord waits until the new supervisor holds its lock and has written a state.
func awaitFirstWord(ctx context.Context, dir string, ended <-chan struct{}) error {
	for {
		if _, err := ReadState(dir); err == nil {
			return nil
		}
		select {
		case <-ended:
			return fmt.Errorf("the supervisor ended at once:\n%s", Tail(LogPath(dir, "supervisor"), 15))
		case <-ctx.Done():
			return ctx.Err()
		case <-time.After(pause):
		}
	}
}

func arguments(dir string, o Options) []string {
	args := []string{"supervise", "--dir", dir,
		"--durable=" + strconv.FormatBool(o.Durable),
		"--keep=" + strconv.FormatBool(o.Keep),
		"--grace", cmp.Or(o.Grace, 20*time.Second).String(),
		"--origin", cmp.Or(o.Origin, "*"),
		"--listen", o.Listen,
	}
	for name, port := range o.Ports {
		args = append(args, "--port", fmt.Sprintf("%s=%d", name, port))
	}
	return args
}
