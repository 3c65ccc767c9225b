package build

import (
	"context"
	"fmt"
	"io"
	"os/exec"
	"strings"
)

// needs are the programs that compile and run a cluster, with the Debian package of each.
var needs = []struct{ program, packaged string }{
	{"go", "golang"}, {"gcc", "gcc"}, {"pkg-config", "pkg-config"}, {"ip", "iproute2"}, {"nft", "nftables"}, {"mount", "mount"},
}

// system sees to it that the machine has what is needed. On Debian and Ubuntu it installs it and says so first.
func system(ctx context.Context, out io.Writer) error {
	var missing []string
	for _, n := range needs {
		if _, err := exec.LookPath(n.program); err != nil {
			missing = append(missing, n.packaged)
		}
	}
	if exec.CommandContext(ctx, "pkg-config", "--exists", "libseccomp").Run() != nil {
		missing = append(missing, "libseccomp-dev")
	}
	if len(missing) == 0 {
		return nil
	}
	list := strings.Join(missing, " ")
	if _, err := exec.LookPath("apt-get"); err != nil {
		return fmt.Errorf("please install %s (Debian's names) with your system's package manager and run this again", list)
	}
	fmt.Fprintf(out, "Installing with apt-get, because they are missing: %s\n", list)
	for _, step := range [][]string{{"update"}, append([]string{"install", "-y", "--no-install-recommends"}, missing...)} {
		cmd := exec.CommandContext(ctx, "apt-get", append([]string{"-q"}, step...)...)
		if said, err := cmd.CombinedOutput(); err != nil {
			return fmt.Errorf("apt-get %s: %w\n%s", step[0], err, said)
		}
	}
	return nil
}
