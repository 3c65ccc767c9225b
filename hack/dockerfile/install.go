package main

import (
	"context"
	"errors"
	"fmt"
	"os"
	"os/exec"
	"slices"
	"strings"
)

// packages says which of Debian's packages has a program.
var packages = map[string]string{"buildah": "buildah", "newuidmap": "uidmap", "mmdebstrap": "mmdebstrap", "tar": "tar", "useradd": "passwd"}

// programs gives what a build needs.
func (d dockerfile) programs() []string {
	needed := []string{"buildah", "newuidmap"}
	if len(d.made()) > 0 {
		needed = append(needed, "mmdebstrap", "tar")
	}
	if os.Geteuid() == 0 {
		needed = append(needed, "useradd")
	}
	return needed
}

// install sees to it that the programs are there. On Debian and Ubuntu it installs them and says so first; elsewhere it says
// what to install.
func install(ctx context.Context, programs []string) error {
	var missing []string
	for _, program := range programs {
		if _, err := exec.LookPath(program); err != nil {
			missing = append(missing, packages[program])
		}
	}
	if len(missing) == 0 {
		return nil
	}
	list := strings.Join(missing, " ")
	if _, err := exec.LookPath("apt-get"); err != nil {
		return fmt.Errorf("please install these, or what your system calls them, and run this again: %s", list)
	}
	prefix := []string{"env", "DEBIAN_FRONTEND=noninteractive"}
	if os.Geteuid() != 0 {
		if _, err := exec.LookPath("sudo"); err != nil {
			return errors.New("missing packages: as root, run `apt-get install --no-install-recommends " + list + "` and then this again")
		}
		prefix = append([]string{"sudo"}, prefix...)
	}
	fmt.Println("Installing with apt-get, because they are missing: " + list)
	for _, step := range [][]string{{"apt-get", "-qq", "update"},
		append([]string{"apt-get", "-qq", "install", "-y", "--no-install-recommends"}, missing...)} {
		command := slices.Concat(prefix, step)
		cmd := exec.CommandContext(ctx, command[0], command[1:]...)
		cmd.Stdin = os.Stdin // sudo may ask for the password
		if said, err := cmd.CombinedOutput(); err != nil {
			return fmt.Errorf("apt-get could not install %s: %w\n%s", list, err, said)
		}
	}
	return nil
}
