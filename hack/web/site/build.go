package site

import (
	"context"
	"crypto/sha256"
	"encoding/hex"
	"fmt"
	"io"
	"io/fs"
	"os"
	"os/exec"
	"path/filepath"
	"slices"
	"time"
)

// What is not a source of the build.
var besides = []string{"node_modules", ".next", "e2e", "test-results", "playwright-report"}

// Install brings the packages of the lock file into web/node_modules, unless they are there.
func (s *Site) Install(ctx context.Context) error {
	wanted, err := sum(s.folder, "package-lock.json", "package.json", ".npmrc")
	if err != nil {
		return err
	}
	stamp := filepath.Join(s.folder, "node_modules", ".rentora-lock")
	if stamped(stamp, wanted) {
		return nil
	}
	began := time.Now()
	fmt.Fprintln(s.out, "Installing the packages of the web")
	cmd := exec.CommandContext(ctx, "npm", "ci", "--no-fund", "--no-audit", "--loglevel=error")
	if err := s.call(cmd); err != nil {
		return err
	}
	fmt.Fprintf(s.out, "Installed in %.0f s.\n", time.Since(began).Seconds())
	return os.WriteFile(stamp, []byte(wanted), 0o644)
}

// Build makes the production build, unless there is one of just these sources.
func (s *Site) Build(ctx context.Context) error {
	if err := s.Install(ctx); err != nil {
		return err
	}
	wanted, err := s.sources()
	if err != nil {
		return err
	}
	stamp := s.Stamp()
	if stamped(stamp, wanted) {
		return nil
	}
	began := time.Now()
	fmt.Fprintln(s.out, "Building the web")
	if err := s.call(s.Command(ctx, "node_modules/next/dist/bin/next", "build"), "RENTORA_WEB_BUILD="+wanted[:16]); err != nil {
		return err
	}
	if err := s.complete(); err != nil {
		return fmt.Errorf("complete the standalone build: %w", err)
	}
	fmt.Fprintf(s.out, "Built in %.0f s.\n", time.Since(began).Seconds())
	return os.WriteFile(stamp, []byte(wanted), 0o644)
}

// complete puts into the standalone build what Next.js leaves out of it: the files that browsers get, and what starts it.
func (s *Site) complete() error {
	for _, name := range []string{".next/static", "public", "serve"} {
		target := filepath.Join(s.Standalone(), name)
		if err := os.RemoveAll(target); err != nil {
			return err
		}
		if err := os.CopyFS(target, os.DirFS(filepath.Join(s.folder, name))); err != nil {
			return err
		}
	}
	start, err := os.ReadFile(filepath.Join(s.folder, "serve.mjs"))
	if err != nil {
		return err
	}
	return os.WriteFile(filepath.Join(s.Standalone(), "serve.mjs"), start, 0o644)
}

// Stamp is the file of the build that changes with its sources.
func (s *Site) Stamp() string { return filepath.Join(s.folder, ".next", "rentora-sources") }

// Standalone is the folder that Build made: the production build with all that it needs beside Node, which starts it by serve.mjs.
func (s *Site) Standalone() string { return filepath.Join(s.folder, ".next", "standalone") }

// Command is a program of Node's in web/; nothing of it asks anybody over the network by itself.
func (s *Site) Command(ctx context.Context, args ...string) *exec.Cmd {
	cmd := exec.CommandContext(ctx, s.node, args...)
	s.prepare(cmd)
	return cmd
}

func (s *Site) prepare(cmd *exec.Cmd) {
	cmd.Dir = s.folder
	path := filepath.Dir(s.node) + string(os.PathListSeparator) + os.Getenv("PATH")
	cmd.Env = append(os.Environ(), "NEXT_TELEMETRY_DISABLED=1", "PATH="+path)
}

func (s *Site) call(cmd *exec.Cmd, env ...string) error {
	s.prepare(cmd)
	cmd.Env = append(cmd.Env, env...)
	cmd.Stdout, cmd.Stderr = s.out, s.out
	if err := cmd.Run(); err != nil {
		return fmt.Errorf("%s: %w", filepath.Base(cmd.Path)+" "+filepath.Base(cmd.Args[1]), err)
	}
	return nil
}

func (s *Site) sources() (string, error) {
	var names []string
	err := filepath.WalkDir(s.folder, func(path string, entry fs.DirEntry, err error) error {
		if err != nil {
			return err
		}
		name, _ := filepath.Rel(s.folder, path) // both are absolute
		if entry.IsDir() && slices.Contains(besides, name) {
			return fs.SkipDir
		}
		if entry.Type().IsRegular() && name != "next-env.d.ts" && filepath.Ext(name) != ".tsbuildinfo" {
			names = append(names, name)
		}
		return nil
	})
	if err != nil {
		return "", err
	}
	return sum(s.folder, names...)
}

// sum is a digest of files and their names.
func sum(folder string, names ...string) (string, error) {
	digest := sha256.New()
	for _, name := range names {
		file, err := os.Open(filepath.Join(folder, name))
		if err != nil {
			return "", err
		}
		fmt.Fprintf(digest, "%s\x00", name)
		_, err = io.Copy(digest, file)
		_ = file.Close() // it was only read
		if err != nil {
			return "", err
		}
	}
	return hex.EncodeToString(digest.Sum(nil)), nil
}

func stamped(path, wanted string) bool {
	content, err := os.ReadFile(path)
	return err == nil && string(content) == wanted
}
