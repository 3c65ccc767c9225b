package main

import (
	"context"
	"errors"
	"fmt"
	"io"
	"os"
	"os/exec"
	"strings"
)

// target is a cluster and the program with which to speak to it.
type target struct {
	kubeconfig string
	kubectl    string
	own        bool // the one that `up` started
}

// command prepares kubectl for the target.
func (t target) command(ctx context.Context, args ...string) *exec.Cmd {
	cmd := exec.CommandContext(ctx, t.kubectl, args...)
	cmd.Env = append(os.Environ(), "KUBECONFIG="+t.kubeconfig)
	return cmd
}

// ask runs kubectl and gives what it says; when it fails the error holds its words.
func (t target) ask(ctx context.Context, stdin io.Reader, args ...string) (string, error) {
	cmd := t.command(ctx, args...)
	cmd.Stdin = stdin
	out, err := cmd.Output()
	var exit *exec.ExitError
	if errors.As(err, &exit) {
		return "", errors.New("kubectl " + strings.Join(args, " ") + ": " + strings.TrimSpace(string(exit.Stderr)))
	}
	return strings.TrimSpace(string(out)), err
}

// until repeats the question until it is answered well.
func (t target) until(ctx context.Context, args ...string) error {
	return poll(ctx, func() error {
		_, err := t.ask(ctx, nil, args...)
		return err
	})
}

// kubectl leaves terminal and exit status to the program.
func kubectl(ctx context.Context, args []string) error {
	t, err := choose()
	if err != nil {
		return err
	}
	cmd := t.command(ctx, args...)
	cmd.Stdin, cmd.Stdout, cmd.Stderr = os.Stdin, os.Stdout, os.Stderr
	return cmd.Run()
}

// load brings images to where the cluster's nodes find them.
func load(ctx context.Context, args []string) error {
	t, err := choose()
	if err != nil {
		return err
	}
	if len(args) == 0 {
		return errors.New("name the images, as in `load api.tar`: archives of docker save or of an OCI layout")
	}
	for _, file := range args {
		if _, err := os.Stat(file); err != nil {
			return err
		}
		if err := t.load(ctx, file); err != nil {
			return fmt.Errorf("load %s: %w", file, err)
		}
	}
	return nil
}

func (t target) load(ctx context.Context, file string) error {
	if t.own {
		return t.importImage(ctx, file)
	}
	current, err := t.ask(ctx, nil, "config", "current-context")
	if err != nil {
		return err
	}
	name, isKind := strings.CutPrefix(current, "kind-")
	if !isKind {
		return fmt.Errorf("nodes of %q cannot be reached: push the image to the registry from which it pulls", current)
	}
	cmd := exec.CommandContext(ctx, "kind", "load", "image-archive", file, "--name", name)
	cmd.Stdout, cmd.Stderr = os.Stdout, os.Stderr
	return cmd.Run()
}
