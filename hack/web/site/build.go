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
	if err := s.call(s.Command(ctx, "node_modules/next/dist/bin/next", "build")); err != nil {
		return err
	}
	standalone := s.Standalone()
	for from, to := range map[string]string{".next/static": ".next/static", "public": "public"} {
		target := filepath.Join(standalone, to)
		if err := os.RemoveAll(target); err != nil {
			return err
		}
		if err := os.CopyFS(target, os.DirFS(filepath.Join(s.folder, from))); err != nil {
			return fmt.Errorf("put %s into the standalone build: %w", from, err)
		}
	}
	fmt.Fprintf(s.out, "Built in %.0f s.\n", time.Since(began).Seconds())
	return os.WriteFile(stamp, []byte(wanted), 0o644)
}

// Stamp is the file of the build that changes with its sources.
func (s *Site) Stamp() string { return filepath.Join(s.folder, ".next", "rentora-sources") }

// Standalone is the folder that Build made: the production build with all that it needs beside Node and Entry.
func (s *Site) Standalone() string { return filepath.Join(s.folder, ".next", "standalone") }

// Entry is the file that starts the build; it finds it in .next/standalone, or in its own folder.
func (s *Site) Entry() string { return filepath.Join(s.folder, "serve.mjs") }

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

func (s *Site) call(cmd *exec.Cmd) error {
	s.prepare(cmd)
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
