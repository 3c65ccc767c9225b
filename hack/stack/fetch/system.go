package fetch

import (
	"context"
	"fmt"
	"os"
	"os/exec"
	"slices"
	"strings"
)

// system sees to it that the clients exist through which the missing parts are obtained. On Debian and Ubuntu it
// installs them and says so first; elsewhere it says what to install.
func (f *fetcher) system(ctx context.Context, wanted []string) error {
	packages := f.missingPackages(ctx, wanted)
	if len(packages) == 0 {
		return nil
	}
	list := strings.Join(packages, " ")
	if _, err := exec.LookPath("apt-get"); err != nil {
		return fmt.Errorf("please install %s with your system's package manager and run this again", words[packages[0]]+more(packages))
	}
	prefix, err := privilege(list)
	if err != nil {
		return err
	}
	_, _ = fmt.Fprintf(f.out, "Installing with apt-get, because they are missing: %s\n", list)
	for _, step := range [][]string{{"apt-get", "-q", "update"},
		append([]string{"apt-get", "-q", "install", "-y", "--no-install-recommends"}, packages...)} {
		if err := apt(ctx, append(slices.Clone(prefix), step...)); err != nil {
			return err
		}
	}
	return nil
}

// words says to people elsewhere what the Debian packages hold.
var words = map[string]string{
	"python3": "Python 3 with pip", "python3-pip": "pip for Python 3 (python3 -m pip)", "maven": "Maven (mvn)",
	"openjdk-17-jre-headless": "a Java runtime, 17 or newer",
}

func more(packages []string) string {
	var text strings.Builder
	for _, p := range packages[1:] {
		text.WriteString(", " + words[p])
	}
	return text.String()
}

func (f *fetcher) missingPackages(ctx context.Context, wanted []string) []string {
	var packages []string
	if f.needsPip(wanted) && exec.CommandContext(ctx, "python3", "-m", "pip", "--version").Run() != nil {
		packages = append(packages, "python3-pip")
		if _, err := exec.LookPath("python3"); err != nil {
			packages = append([]string{"python3"}, packages...)
		}
	}
	if slices.Contains(wanted, "kafka") && !f.has(f.jars()) {
		if _, err := exec.LookPath("mvn"); err != nil {
			packages = append(packages, "maven")
		}
	}
	return packages
}

func (f *fetcher) needsPip(wanted []string) bool {
	_, hasJava := f.java()
	for _, part := range wanted {
		if part == "kafka" && !hasJava {
			return true
		}
		if part == "kafka" || part == "minio" {
			continue
		}
		artefacts, err := f.artefacts(part)
		if err == nil && !f.has(artefacts[0]) {
			return true
		}
	}
	return false
}

// privilege gives what stands before a command that installs.
func privilege(list string) ([]string, error) {
	if os.Geteuid() == 0 {
		return nil, nil
	}
	if _, err := exec.LookPath("sudo"); err != nil {
		return nil, fmt.Errorf("missing packages: as root, run `apt-get install --no-install-recommends %s` and then this again", list)
	}
	return []string{"sudo"}, nil
}

func apt(ctx context.Context, command []string) error {
	if command[0] == "sudo" {
		command = slices.Insert(command, 1, "DEBIAN_FRONTEND=noninteractive")
	}
	cmd := exec.CommandContext(ctx, command[0], command[1:]...)
	cmd.Env = append(os.Environ(), "DEBIAN_FRONTEND=noninteractive")
	cmd.Stdin = os.Stdin // sudo may ask for the password
	return run(cmd)
}
