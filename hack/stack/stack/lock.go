package stack

import (
	"context"
	"errors"
	"fmt"
	"os"
	"path/filepath"
	"syscall"
	"time"
)

// pause is how often a lock or a state is looked at again.
const pause = 20 * time.Millisecond

// Lock is a held lock file; the kernel releases it when the process ends.
type Lock struct{ file *os.File }

// TryLock takes the lock file exclusively, or shared, when that is possible at once; nil means that another holds it.
func TryLock(path string, exclusive bool) (*Lock, error) {
	file, err := os.OpenFile(path, os.O_RDWR|os.O_CREATE, 0o644)
	if err != nil {
		return nil, fmt.Errorf("open the lock: %w", err)
	}
	how := syscall.LOCK_SH
	if exclusive {
		how = syscall.LOCK_EX
	}
	err = syscall.Flock(int(file.Fd()), how|syscall.LOCK_NB)
	if err == nil {
		return &Lock{file}, nil
	}
	_ = file.Close()
	if errors.Is(err, syscall.EWOULDBLOCK) || errors.Is(err, syscall.EINTR) {
		return nil, nil
	}
	return nil, fmt.Errorf("lock %s: %w", path, err)
}

// WaitLock is TryLock repeated until the context ends.
func WaitLock(ctx context.Context, path string, exclusive bool) (*Lock, error) {
	for {
		lock, err := TryLock(path, exclusive)
		if lock != nil || err != nil {
			return lock, err
		}
		if err := sleep(ctx); err != nil {
			return nil, fmt.Errorf("wait for %s: %w", path, err)
		}
	}
}

// Release gives the lock back; a second call does nothing.
func (l *Lock) Release() { _ = l.file.Close() }

// InPlace tells whether the locked file is still the one at its path, so that nobody else can hold "the same" lock.
func (l *Lock) InPlace() bool {
	ours, err := l.file.Stat()
	if err != nil {
		return false
	}
	there, err := os.Stat(l.file.Name())
	return err == nil && os.SameFile(ours, there)
}

// Alive tells whether a supervisor runs for the data folder.
func Alive(dir string) bool {
	if _, err := os.Stat(dir); err != nil {
		return false
	}
	lock, err := TryLock(filepath.Join(dir, OwnerLock), false)
	if lock != nil {
		lock.Release()
	}
	return lock == nil && err == nil
}

func sleep(ctx context.Context) error {
	select {
	case <-ctx.Done():
		return ctx.Err()
	case <-time.After(pause):
		return nil
	}
}
