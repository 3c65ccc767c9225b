package supervisor

import (
	"context"
	"crypto/rand"
	"encoding/json"
	"errors"
	"fmt"
	"io/fs"
	"os"
	"path/filepath"
	"syscall"
	"time"

	"github.com/rentora/rentora/hack/stack/parts"
	"github.com/rentora/rentora/hack/stack/probe"
	"github.com/rentora/rentora/hack/stack/process"
)

// largestLog is the size beyond which a log is put aside at the next start.
const largestLog = 10 << 20

func openLog(path string) (*os.File, error) {
	if info, err := os.Stat(path); err == nil && info.Size() > largestLog {
		if err := os.Rename(path, path+".1"); err != nil {
			return nil, err
		}
	}
	return os.OpenFile(path, os.O_CREATE|os.O_APPEND|os.O_WRONLY, 0o644)
}

// assignPorts gives every port: the configured one, else the one of last time if it is free, else a free one.
func assignPorts(dir string, configured map[string]int) (map[string]int, error) {
	path := filepath.Join(dir, "ports.json")
	last := map[string]int{}
	text, err := os.ReadFile(path)
	if err != nil && !errors.Is(err, fs.ErrNotExist) {
		return nil, err
	}
	if err == nil && json.Unmarshal(text, &last) != nil {
		last = map[string]int{} // a damaged file only costs the wish for the same ports
	}
	ports := map[string]int{}
	for _, name := range parts.PortNames() {
		switch {
		case configured[name] != 0:
			ports[name] = configured[name]
		case last[name] != 0 && probe.Free(last[name]):
			ports[name] = last[name]
		default:
			ports[name] = probe.FreePorts(1)[0]
		}
	}
	text, err = json.MarshalIndent(ports, "", "  ")
	if err != nil {
		return nil, err
	}
	return ports, os.WriteFile(path, text, 0o644)
}

// secret gives the passwords of the folder's servers, made at the first need.
func secret(dir string) (string, error) {
	path := filepath.Join(dir, "secret")
	text, err := os.ReadFile(path)
	if err == nil || !errors.Is(err, fs.ErrNotExist) {
		return string(text), err
	}
	made := rand.Text()
	return made, os.WriteFile(path, []byte(made), 0o600)
}

// sweep ends the servers that still use a part's folder: those of a killed supervisor, and the children that a killed
// server left. Only programs that the stack itself runs are meant: somebody who reads a file there is not disturbed.
func sweep(ctx context.Context, folder string, programs ...string) error {
	if path, err := filepath.EvalSymlinks(folder); err == nil {
		folder = path
	}
	ctx, cancel := context.WithTimeout(ctx, 10*time.Second)
	defer cancel()
	for {
		left := process.Find(folder, programs...)
		if len(left) == 0 {
			return nil
		}
		for _, pid := range left {
			_ = syscall.Kill(pid, syscall.SIGKILL)
		}
		select {
		case <-ctx.Done():
			return fmt.Errorf("servers of an earlier run still use %s and do not end: processes %v: %w", folder, left, ctx.Err())
		case <-time.After(20 * time.Millisecond):
		}
	}
}

// programs gives the beginnings of the paths of all that the stack runs.
func programs(cache, java string) []string {
	if path, err := filepath.EvalSymlinks(cache); err == nil {
		cache = path
	}
	if java == "" {
		return []string{cache + "/"}
	}
	return []string{cache + "/", java}
}
