package testkit

import (
	"crypto/sha256"
	"encoding/hex"
	"fmt"
	"os"
	"os/exec"
	"path/filepath"
	"sync"
	"time"

	"github.com/rentora/rentora/hack/stack/stack"
)

// binary builds cmd/rentora once per test process and gives its path. The file lies in the stack's data folder under the
// hash of its content, so that test processes side by side neither disturb one another nor pile up copies.
var binary = sync.OnceValues(func() (string, error) {
	root, err := stack.Root()
	if err != nil {
		return "", err
	}
	dir, err := stack.Folder("")
	if err != nil {
		return "", err
	}
	dir = filepath.Join(dir, "programs")
	if err := os.MkdirAll(dir, 0o755); err != nil {
		return "", err
	}
	fresh := filepath.Join(dir, fmt.Sprintf("building-%d", os.Getpid()))
	build := exec.Command("go", "build", "-o", fresh, "./cmd/rentora")
	build.Dir = root
	if output, err := build.CombinedOutput(); err != nil {
		return "", fmt.Errorf("build cmd/rentora: %w\n%s", err, output)
	}
	content, err := os.ReadFile(fresh)
	if err != nil {
		return "", err
	}
	sum := sha256.Sum256(content)
	path := filepath.Join(dir, "rentora-"+hex.EncodeToString(sum[:8]))
	if err := os.Rename(fresh, path); err != nil {
		return "", err
	}
	return path, sweep(dir, path)
})

// sweep removes programs of earlier states of the code that no test can be using any more.
func sweep(dir, keep string) error {
	files, err := os.ReadDir(dir)
	if err != nil {
		return err
	}
	for _, f := range files {
		path := filepath.Join(dir, f.Name())
		if info, err := f.Info(); path == keep || err != nil || time.Since(info.ModTime()) < time.Hour {
			continue
		}
		if err := os.Remove(path); err != nil && !os.IsNotExist(err) {
			return err
		}
	}
	return nil
}
