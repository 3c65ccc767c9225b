package stack

import (
	"context"
	"crypto/sha256"
	"encoding/hex"
	"fmt"
	"io"
	"os"
	"os/exec"
	"path/filepath"
	"time"
)

// keepPrograms is how long an unused build of the supervisor stays in the cache.
const keepPrograms = 14 * 24 * time.Hour

func program(ctx context.Context, o Options) (string, error) {
	if o.Program != "" {
		return o.Program, nil
	}
	root, err := Root()
	if err != nil {
		return "", err
	}
	folder, err := programs()
	if err != nil {
		return "", err
	}
	scratch, err := os.MkdirTemp(folder, "build-")
	if err != nil {
		return "", err
	}
	defer func() { _ = os.RemoveAll(scratch) }()
	built := filepath.Join(scratch, "stack")
	cmd := exec.CommandContext(ctx, "go", "build", "-o", built, "./hack/stack")
	cmd.Dir = root
	if out, err := cmd.CombinedOutput(); err != nil {
		return "", fmt.Errorf("build hack/stack: %w\n%s", err, out)
	}
	// Moved, not copied: a program that this process itself wrote may be "busy" while another goroutine forks.
	return place(folder, built, os.Rename)
}

// Install copies a built hack/stack into the cache under the name of its content and gives the path. The program
// that `go run` built disappears when it ends, but the supervisor needs one that stays.
func Install(path string) (string, error) {
	folder, err := programs()
	if err != nil {
		return "", err
	}
	return place(folder, path, copyProgram)
}

// place puts a program where its content says, by the given means, unless it is there already.
func place(folder, path string, bring func(from, to string) error) (string, error) {
	sum, err := checksum(path)
	if err != nil {
		return "", err
	}
	target := filepath.Join(folder, "stack-"+sum[:16])
	now := time.Now()
	if os.Chtimes(target, now, now) == nil {
		return target, nil
	}
	prunePrograms(folder, now)
	next := fmt.Sprintf("%s.%d", target, os.Getpid())
	if err := bring(path, next); err != nil {
		return "", err
	}
	return target, os.Rename(next, target)
}

func programs() (string, error) {
	cache, err := Cache()
	if err != nil {
		return "", err
	}
	folder := filepath.Join(cache, "bin")
	return folder, os.MkdirAll(folder, 0o755)
}

func checksum(path string) (string, error) {
	file, err := os.Open(path)
	if err != nil {
		return "", err
	}
	defer func() { _ = file.Close() }()
	hash := sha256.New()
	if _, err := io.Copy(hash, file); err != nil {
		return "", err
	}
	return hex.EncodeToString(hash.Sum(nil)), nil
}

func copyProgram(from, to string) error {
	content, err := os.ReadFile(from)
	if err != nil {
		return err
	}
	return os.WriteFile(to, content, 0o755)
}

func prunePrograms(folder string, now time.Time) {
	entries, _ := os.ReadDir(folder)
	for _, entry := range entries {
		if info, err := entry.Info(); err == nil && now.Sub(info.ModTime()) > keepPrograms {
			_ = os.RemoveAll(filepath.Join(folder, entry.Name()))
		}
	}
}
