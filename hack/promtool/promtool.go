// Package promtool obtains the programs that judge rules and configurations of Prometheus and Alertmanager, for tests.
package promtool

import (
	"context"
	"fmt"
	"os"
	"os/exec"
	"path/filepath"

	"github.com/rentora/rentora/hack/stack/stack"
)

// The programs, and the Debian package that has each.
const (
	Promtool = "promtool"
	Amtool   = "amtool"
)

var packages = map[string]string{Promtool: "prometheus", Amtool: "prometheus-alertmanager"}

// Path gives the path of a program: the one that is installed, else the one in the cache, which is filled from Debian's
// package the first time. The package is only unpacked: nothing is installed and no service starts. Safe for concurrent
// use, of several processes too.
func Path(ctx context.Context, program string) (string, error) {
	name, known := packages[program]
	if !known {
		return "", fmt.Errorf("there is no program %q to obtain", program)
	}
	if path, err := exec.LookPath(program); err == nil {
		return path, nil
	}
	cache, err := stack.Cache()
	if err != nil {
		return "", err
	}
	path := filepath.Join(cache, "debian", program)
	if _, err := os.Stat(path); err == nil {
		return path, nil
	}
	if err := os.MkdirAll(filepath.Dir(path), 0o755); err != nil {
		return "", err
	}
	lock, err := stack.WaitLock(ctx, filepath.Join(cache, "debian", "fetch.lock"), true)
	if err != nil {
		return "", err
	}
	defer lock.Release()
	if _, err := os.Stat(path); err == nil { // somebody else obtained it
		return path, nil
	}
	return path, obtain(ctx, name, program, path)
}

// obtain downloads a package, takes one program out of it and puts it into its place in one step.
func obtain(ctx context.Context, name, program, path string) error {
	for _, needed := range []string{"apt-get", "dpkg-deb"} {
		if _, err := exec.LookPath(needed); err != nil {
			return fmt.Errorf("please install %s (it comes with %s, and with Debian's package %s) and run this again", program, words[program], name)
		}
	}
	staging, err := os.MkdirTemp(filepath.Dir(path), name+"-")
	if err != nil {
		return err
	}
	defer func() { _ = os.RemoveAll(staging) }()
	if err := download(ctx, name, staging); err != nil {
		return err
	}
	archives, err := filepath.Glob(filepath.Join(staging, name+"_*.deb"))
	if err != nil || len(archives) != 1 {
		return fmt.Errorf("apt-get downloaded no package %s: please install it and run this again", name)
	}
	if err := run(ctx, staging, "dpkg-deb", "--extract", archives[0], staging); err != nil {
		return err
	}
	return os.Rename(filepath.Join(staging, "usr", "bin", program), path)
}

// words says to people elsewhere what the Debian packages hold.
var words = map[string]string{Promtool: "Prometheus", Amtool: "Alertmanager"}

// download asks with the lists that are there, and with fresh ones when they do not help.
func download(ctx context.Context, name, folder string) error {
	first := run(ctx, folder, "apt-get", "-q", "download", name)
	if first == nil {
		return nil
	}
	update := []string{"apt-get", "-q", "update"}
	if os.Geteuid() != 0 {
		update = append([]string{"sudo", "-n"}, update...)
	}
	if err := run(ctx, folder, update[0], update[1:]...); err != nil {
		return fmt.Errorf("%w; as root, run `apt-get update` and then this again", first)
	}
	return run(ctx, folder, "apt-get", "-q", "download", name)
}

func run(ctx context.Context, folder, program string, args ...string) error {
	cmd := exec.CommandContext(ctx, program, args...)
	cmd.Dir, cmd.Env = folder, append(os.Environ(), "DEBIAN_FRONTEND=noninteractive")
	if said, err := cmd.CombinedOutput(); err != nil {
		return fmt.Errorf("%s: %w\n%s", program, err, said)
	}
	return nil
}
