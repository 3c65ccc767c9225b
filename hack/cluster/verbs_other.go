//go:build !linux

package main

import (
	"context"
	"errors"
	"os"
	"os/exec"
)

var verbs = map[string]func(context.Context, []string) error{
	"up": linuxOnly, "down": linuxOnly, "fetch": linuxOnly, "kill-node": linuxOnly, "start-node": linuxOnly,
	"status": status, "check": check, "load": load, "kubectl": kubectl,
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
