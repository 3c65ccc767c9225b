package main

import (
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"os"
	"os/exec"
	"os/signal"
	"strings"
	"syscall"
	"time"

	"github.com/rentora/rentora/hack/stack/fetch"
	"github.com/rentora/rentora/hack/stack/mailcatcher"
	"github.com/rentora/rentora/hack/stack/parts"
	"github.com/rentora/rentora/hack/stack/stack"
	"github.com/rentora/rentora/hack/stack/supervisor"
)

func up(ctx context.Context, c *call) error {
	c.stack.Keep = true
	began := time.Now()
	session, err := join(ctx, c)
	if err != nil {
		return err
	}
	session.Leave()
	if err := status(ctx, c); err != nil {
		return err
	}
	fmt.Printf("\nReady after %.1f s. It stays up until `go run ./hack/stack down`.\n", time.Since(began).Seconds())
	return nil
}

func join(ctx context.Context, c *call) (*stack.Session, error) {
	if err := parts.CheckExternal(); err != nil {
		return nil, err
	}
	if err := c.program(); err != nil {
		return nil, err
	}
	return stack.Join(ctx, c.dir, c.stack)
}

func down(ctx context.Context, c *call) error {
	err := stack.Down(ctx, c.dir)
	if errors.Is(err, stack.ErrDown) {
		fmt.Println("The stack is down already.")
		return nil
	}
	if err == nil {
		fmt.Println("Stopped. The data stays in " + c.dir + ".")
	}
	return err
}

func env(ctx context.Context, c *call) error {
	state, err := stack.Status(ctx, c.dir)
	if err != nil {
		return err
	}
	if c.json {
		encoder := json.NewEncoder(os.Stdout)
		encoder.SetIndent("", "  ")
		return encoder.Encode(state.Addresses.Map())
	}
	for _, v := range state.Addresses.Variables() {
		fmt.Printf("export %s='%s'\n", v.Name, strings.ReplaceAll(v.Value, "'", `'\''`))
	}
	return nil
}

func logs(_ context.Context, c *call) error {
	names, lines := c.args, 100
	if len(names) == 0 {
		lines = 10
		names = []string{"supervisor"}
		for _, p := range parts.Started() {
			names = append(names, p.Name)
		}
	}
	if c.lines > 0 {
		lines = c.lines
	}
	for i, name := range names {
		path := stack.LogPath(c.dir, name)
		if _, err := os.Stat(path); err != nil && len(c.args) > 0 {
			return fmt.Errorf("there is no log of %q: %w", name, err)
		}
		if len(names) > 1 {
			fmt.Printf("%s==> %s\n", strings.Repeat("\n", min(i, 1)), path)
		}
		fmt.Println(stack.Tail(path, lines))
	}
	return nil
}

func kill(ctx context.Context, c *call) error {
	part, err := c.part()
	if err == nil {
		err = stack.Kill(ctx, c.dir, part)
	}
	if err == nil {
		fmt.Println(part + " is killed; `start " + part + "` brings it back.")
	}
	return err
}

func start(ctx context.Context, c *call) error {
	part, err := c.part()
	if err == nil {
		err = stack.Start(ctx, c.dir, part)
	}
	if err == nil {
		fmt.Println(part + " is ready.")
	}
	return err
}

// execute leaves the terminal's Ctrl-C to the command: it gets the signal itself, and its end ends the membership.
func execute(ctx context.Context, c *call) error {
	if len(c.args) == 0 {
		return errors.New("name the command, as in `exec go test ./...`")
	}
	session, err := join(ctx, c)
	if err != nil {
		return err
	}
	signals := make(chan os.Signal, 1)
	signal.Notify(signals, os.Interrupt, syscall.SIGTERM)
	cmd := exec.Command(c.args[0], c.args[1:]...)
	cmd.Stdin, cmd.Stdout, cmd.Stderr, cmd.Env = os.Stdin, os.Stdout, os.Stderr, os.Environ()
	for _, v := range session.Variables() {
		cmd.Env = append(cmd.Env, v.Name+"="+v.Value)
	}
	err = runForwarding(cmd, signals)
	return errors.Join(exitOf(err), session.LeaveAndStop(context.WithoutCancel(ctx)))
}

func runForwarding(cmd *exec.Cmd, signals <-chan os.Signal) error {
	if err := cmd.Start(); err != nil {
		return err
	}
	go func() {
		for s := range signals {
			if s == syscall.SIGTERM {
				_ = cmd.Process.Signal(s)
			}
		}
	}()
	return cmd.Wait()
}

func exitOf(err error) error {
	var exit *exec.ExitError
	if errors.As(err, &exit) {
		return exitStatus(max(1, exit.ExitCode()))
	}
	return err
}

func obtain(ctx context.Context, c *call) error {
	if err := parts.CheckExternal(); err != nil {
		return err
	}
	cache, err := stack.Cache()
	if err != nil {
		return err
	}
	began := time.Now()
	if _, err := fetch.Ensure(ctx, cache, parts.Wanted(), os.Stderr); err != nil {
		return err
	}
	if !c.quiet {
		fmt.Printf("Every server is in %s (%.1f s).\n", cache, time.Since(began).Seconds())
	}
	return nil
}

func supervise(ctx context.Context, c *call) error {
	self, err := os.Executable()
	if err != nil {
		return err
	}
	signal.Ignore(syscall.SIGHUP)
	return supervisor.Run(ctx, supervisor.Config{Dir: c.dir, Durable: c.stack.Durable, Keep: c.stack.Keep, Grace: c.stack.Grace,
		Ports: c.stack.Ports, Origin: c.stack.Origin, Listen: c.stack.Listen, Program: self})
}

func catchMail(ctx context.Context, c *call) error {
	if len(c.args) < 2 {
		return errors.New("give the addresses for SMTP and for the page")
	}
	return mailcatcher.Run(ctx, c.args[0], c.args[1])
}
