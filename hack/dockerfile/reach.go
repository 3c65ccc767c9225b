package main

import (
	"context"
	"fmt"
	"os"
	"os/exec"
	"path/filepath"
	"slices"
	"strings"
)

// Where a build finds the authorities of this machine: beside those of the image, so that none of them gets into what is built.
const (
	authorities       = "/etc/ssl/certs"
	authoritiesInside = "/authorities"
)

// reachArguments tell a build how this machine reaches modules and packages and whom it trusts, as far as the Dockerfile has arguments for it.
func reachArguments(ctx context.Context, file dockerfile) ([]string, error) {
	var args []string
	for _, name := range []string{"GOPROXY", "GOSUMDB", "GONOSUMDB", "GONOPROXY", "GOPRIVATE", "GOINSECURE"} {
		if !slices.Contains(file.arguments, name) {
			continue
		}
		value, err := goEnv(ctx, name)
		if err != nil {
			return nil, err
		}
		if value != "" {
			args = append(args, "--build-arg", name+"="+value)
		}
	}
	registry, err := npmRegistry(ctx, file)
	if err != nil {
		return nil, err
	}
	args = append(args, registry...)
	const bundle = "ca-certificates.crt"
	if _, err := os.Stat(filepath.Join(authorities, bundle)); err != nil {
		return args, nil //nolint:nilerr // other systems keep theirs elsewhere; the image's own must do
	}
	mounted := false
	for _, name := range []string{"SSL_CERT_FILE", "NODE_EXTRA_CA_CERTS"} {
		if slices.Contains(file.arguments, name) {
			mounted = true
			args = append(args, "--build-arg", name+"="+authoritiesInside+"/"+bundle)
		}
	}
	if mounted {
		args = append(args, "--volume", authorities+":"+authoritiesInside+":ro")
	}
	return args, nil
}

// npmRegistry tells a build that installs packages where this machine's npm has them from. A machine without npm knows no other place than
// the base image's.
func npmRegistry(ctx context.Context, file dockerfile) ([]string, error) {
	const name = "NPM_CONFIG_REGISTRY"
	if _, err := exec.LookPath("npm"); err != nil || !slices.Contains(file.arguments, name) {
		return nil, nil //nolint:nilerr // see above
	}
	said, err := exec.CommandContext(ctx, "npm", "config", "get", "registry").Output()
	if err != nil {
		return nil, fmt.Errorf("ask npm for its registry: %w", err)
	}
	return []string{"--build-arg", name + "=" + strings.TrimSpace(string(said))}, nil
}
