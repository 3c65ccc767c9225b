package host

import (
	"context"
	"errors"
	"fmt"
	"io/fs"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"time"

	"github.com/rentora/rentora/hack/cluster/place"
)

const groups = "/sys/fs/cgroup"

// controllers of the second version of control groups, which the kubelet wants below its root.
const controllers = "+cpuset +cpu +io +memory +pids"

// newGroup makes the control group below which everything of the node runs, in each hierarchy that this machine has.
func newGroup(node int) error {
	if unified() {
		if err := os.WriteFile(filepath.Join(groups, "cgroup.subtree_control"), []byte(controllers), 0o644); err != nil {
			return fmt.Errorf("let control groups have controllers: %w", err)
		}
		return os.MkdirAll(filepath.Join(groups, place.Group(node)), 0o755)
	}
	for _, hierarchy := range hierarchies() {
		group := filepath.Join(hierarchy, place.Group(node))
		if err := os.MkdirAll(group, 0o755); err != nil {
			return fmt.Errorf("make a control group: %w", err)
		}
		if err := inheritCPUs(hierarchy, group); err != nil {
			return err
		}
	}
	return nil
}

func unified() bool {
	_, err := os.Stat(filepath.Join(groups, "cgroup.controllers"))
	return err == nil
}

// hierarchies are those of the first version. The one called "unified", where there is one, has no controllers.
func hierarchies() []string {
	entries, _ := os.ReadDir(groups)
	var found []string
	for _, entry := range entries {
		if entry.Type()&fs.ModeSymlink == 0 && entry.IsDir() && entry.Name() != "unified" {
			found = append(found, filepath.Join(groups, entry.Name()))
		}
	}
	return found
}

// inheritCPUs fills what a new group of the cpuset controller has empty, which keeps every process out of it.
func inheritCPUs(hierarchy, group string) error {
	for _, name := range []string{"cpuset.cpus", "cpuset.mems"} {
		value, err := os.ReadFile(filepath.Join(hierarchy, name))
		if errors.Is(err, fs.ErrNotExist) {
			return nil
		}
		if err == nil {
			err = os.WriteFile(filepath.Join(group, name), value, 0o644)
		}
		if err != nil {
			return err
		}
	}
	return nil
}

// dropGroup removes the node's groups from below; the kernel needs a moment until their last processes are gone.
func dropGroup(ctx context.Context, node int) error {
	var tops []string
	for _, hierarchy := range append(hierarchies(), filepath.Join(groups, "unified"), groups) {
		tops = append(tops, filepath.Join(hierarchy, place.Group(node)))
	}
	ctx, cancel := context.WithTimeout(ctx, 10*time.Second)
	defer cancel()
	for {
		left := slices.DeleteFunc(slices.Clone(tops), removed)
		if len(left) == 0 {
			return nil
		}
		select {
		case <-ctx.Done():
			return fmt.Errorf("control groups stay behind: %s", strings.Join(left, ", "))
		case <-time.After(50 * time.Millisecond):
		}
	}
}

func removed(top string) bool {
	var folders []string
	_ = filepath.WalkDir(top, func(path string, entry fs.DirEntry, err error) error {
		if err == nil && entry.IsDir() {
			folders = append(folders, path)
		}
		return nil
	})
	slices.Reverse(folders)
	for _, folder := range folders {
		_ = os.Remove(folder)
	}
	_, err := os.Stat(top)
	return errors.Is(err, fs.ErrNotExist)
}
