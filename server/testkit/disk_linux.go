package testkit

import (
	"errors"
	"fmt"
	"os"
	"os/exec"
	"path/filepath"
	"syscall"
	"testing"
)

// Disk is a small one, mounted over a folder, that can be filled to the last block.
type Disk struct{ folder string }

// ErrNoMount says that this user may not mount anything; root may.
var ErrNoMount = errors.New("mounting needs root")

// NewDisk moves what a folder holds to a disk of so many bytes, mounted in its place. Nobody may be using the folder.
func NewDisk(t testing.TB, folder string, size int64) (*Disk, error) {
	t.Helper()
	aside := folder + ".aside"
	if err := os.Rename(folder, aside); err != nil {
		return nil, err
	}
	info, err := os.Stat(aside)
	if err != nil {
		return nil, err
	}
	if err := os.Mkdir(folder, info.Mode().Perm()); err != nil {
		return nil, err
	}
	if err := syscall.Mount("tmpfs", folder, "tmpfs", 0, fmt.Sprintf("size=%d", size)); err != nil {
		if errors.Is(err, syscall.EPERM) {
			return nil, errors.Join(ErrNoMount, os.Remove(folder), os.Rename(aside, folder))
		}
		return nil, fmt.Errorf("mount a small disk: %w", err)
	}
	t.Cleanup(func() {
		// Servers that still run there keep it until they end.
		if err := syscall.Unmount(folder, syscall.MNT_DETACH); err != nil {
			t.Errorf("unmount %s: %v", folder, err)
		}
	})
	if output, err := exec.Command("cp", "-a", aside+"/.", folder).CombinedOutput(); err != nil {
		return nil, fmt.Errorf("fill the small disk: %w\n%s", err, output)
	}
	return &Disk{folder: folder}, os.RemoveAll(aside)
}

func (d *Disk) ballast() string { return filepath.Join(d.folder, "ballast") }

// Fill leaves not a byte free.
func (d *Disk) Fill() error {
	file, err := os.Create(d.ballast())
	if err != nil {
		return err
	}
	defer file.Close()
	piece := make([]byte, 1<<20)
	for size := len(piece); size > 0; {
		_, err := file.Write(piece[:size])
		switch {
		case errors.Is(err, syscall.ENOSPC):
			size /= 2
		case err != nil:
			return err
		}
	}
	return nil
}

// Empty gives back what Fill took.
func (d *Disk) Empty() error { return os.Remove(d.ballast()) }
