//go:build !linux

package main

import (
	"context"
	"errors"
	"os"
	"os/exec"
)

var verbs = map[string]func(context.Context, []string) error{
	"up": linuxOnly, "down": linuxOnly, "fetch": obtain, "kill-node": linuxOnly, "start-node": linuxOnly,
	"status": status, "check": check, "load": load, "kubectl": kubectl,
}

// obtain compiles what does not need Linux.
func obtain(ctx context.Context, args []string) error {
	if len(args) == 1 && args[0] == "control" {
		return obtainControl(ctx)
	}
	return linuxOnly(ctx, args)
}

func linuxOnly(context.Context, []string) error {
	return errors.New("nodes made of namespaces need Linux: here take kind and set KUBECONFIG")
}

// choose gives the user's cluster; there is no other here.
func choose() (target, error) {
	config := os.Getenv("KUBECONFIG")
	if config == "" {
		return target{}, linuxOnly(context.Background(), nil)
	}
	path, err := exec.LookPath("kubectl")
	return target{kubeconfig: config, kubectl: path}, err
}

func (t target) importImage(context.Context, string) error {
	return linuxOnly(context.Background(), nil)
}

func (t target) nodes(context.Context) error { return nil }
