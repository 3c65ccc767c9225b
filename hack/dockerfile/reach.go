package main

import (
	"context"
	"os"
	"path/filepath"
	"slices"
)

// Where a build finds the authorities of this machine: beside those of the image, so that none of them gets into what is built.
const (
	authorities       = "/etc/ssl/certs"
	authoritiesInside = "/authorities"
)

// reachArguments tell a build how this machine reaches modules and whom it trusts, as far as the Dockerfile has arguments for it.
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
