package measure

import (
	"fmt"
	"syscall"
)

// statfs asks the file system that holds the path. Available is what a process without privileges may use: file systems keep
// a reserve for root.
func statfs(path string) (use, error) {
	var s syscall.Statfs_t
	if err := syscall.Statfs(path, &s); err != nil {
		return use{}, fmt.Errorf("statfs %s: %w", path, err)
	}
	block := uint64(s.Frsize)
	return use{size: s.Blocks * block, available: s.Bavail * block, inodes: s.Ffree, counts: s.Files > 0}, nil
}
