package stand

import (
	"context"
	"errors"
	"fmt"
	"maps"
	"os"
	"os/exec"
	"path/filepath"
	"strconv"

	"github.com/rentora/rentora/hack/stack/process"
)

// Packages installs what a folder of hack/bench pins, once. No package runs a script of its own.
func (s *Stand) Packages(ctx context.Context, folder string) (dir string, err error) {
	dir = filepath.Join(s.Root, "hack", "bench", folder)
	if _, err := os.Stat(filepath.Join(dir, "node_modules", ".package-lock.json")); err == nil {
		return dir, nil
	} else if !errors.Is(err, os.ErrNotExist) {
		return "", err
	}
	// Not "npm ci": it refuses a lock file that lacks the optional builds for other machines. Versions and hashes are the lock's.
	return dir, s.Command(ctx, nil, "npm", "install", "--no-save", "--ignore-scripts", "--prefix", dir)
}

// BuildRival makes the rival's server out of its source and gives the program.
func (s *Stand) BuildRival(ctx context.Context) (program string, err error) {
	dir, err := s.Packages(ctx, "rival")
	if err != nil {
		return "", fmt.Errorf("the rival's packages: %w", err)
	}
	// Generating needs no engine, but looks for one and would download it: it is shown a program that does nothing.
	quiet := []string{"PRISMA_SCHEMA_ENGINE_BINARY=/bin/true", "CHECKPOINT_DISABLE=1", "PRISMA_HIDE_UPDATE_MESSAGE=1"}
	return filepath.Join(dir, "dist", "main.js"), s.Command(ctx, quiet, "npm", "run", "--silent", "--prefix", dir, "build")
}

// Rival runs the rival's server with some processes, with its Redis cache or without.
func (s *Stand) Rival(ctx context.Context, program string, processes int, cached bool) (*Running, error) {
	node, err := exec.LookPath("node")
	if err != nil {
		return nil, fmt.Errorf("the rival needs Node 20.19 or newer: %w", err)
	}
	address, err := FreeAddress()
	if err != nil {
		return nil, err
	}
	env := maps.Clone(s.Env)
	env["RENTORA_HTTP_ADDR"], env["RENTORA_PUBLIC_URL"], env["NODE_ENV"] = address, publicURL, "production"
	env["PROCESSES"] = strconv.Itoa(processes)
	if cached {
		env["CACHED"] = "1"
	}
	r, err := s.Start(ctx, fmt.Sprintf("node-%d", processes), "http://"+address+"/readyz", process.Spec{Path: node, Args: []string{program}, Env: flat(env)})
	if err != nil {
		return nil, err
	}
	r.Address = address
	return r, nil
}

// publicURL is whose tokens these are: every server of the benchmark answers to it.
const publicURL = "http://bench.test"
