// Package site obtains Node and the packages of web/, builds the web and runs it.
package site

import (
	"context"
	"errors"
	"fmt"
	"io"
	"os"
	"os/exec"
	"path/filepath"
	"runtime"
	"slices"
	"strings"
)

// NodeVersion is that of the Node in the web's image, and of the one that is fetched where there is none, or one that is too old for
// Next.js: from npm, which Debian's npm can install.
const NodeVersion = "24.21.0"

// NPMVersion is that of the npm that is fetched where an image shall install packages with NodeVersion.
const NPMVersion = "11.19.1"

const oldest = "v20.9.0"

// Site is web/ of a checkout, with the Node that runs it. Its methods may not be called concurrently.
type Site struct {
	folder string
	node   string // the program
	out    io.Writer
}

// Open finds the web of a checkout and a Node for it, which it fetches into the cache if need be. Progress goes to out.
func Open(ctx context.Context, root, cache string, out io.Writer) (*Site, error) {
	node, err := findNode(ctx, cache, out)
	if err != nil {
		return nil, err
	}
	return &Site{folder: filepath.Join(root, "web"), node: node, out: out}, nil
}

func findNode(ctx context.Context, cache string, out io.Writer) (string, error) {
	if node, err := exec.LookPath("node"); err == nil && recent(ctx, node) {
		if _, err := exec.LookPath("npm"); err == nil {
			return node, nil
		}
	}
	return Node(ctx, cache, out)
}

// Node gives the pinned Node, of NodeVersion, whatever Node the machine has. It is fetched into the cache if need be.
func Node(ctx context.Context, cache string, out io.Writer) (string, error) {
	platform, err := platform()
	if err != nil {
		return "", err
	}
	name := "node-" + platform
	folder := filepath.Join(cache, name+"-"+NodeVersion)
	node := filepath.Join(folder, "node_modules", name, "bin", "node")
	if recent(ctx, node) {
		return node, nil
	}
	fmt.Fprintf(out, "Fetching Node %s\n", NodeVersion)
	return node, obtain(ctx, folder, name+"@"+NodeVersion, out)
}

// NPM gives the folder of the pinned npm, of NPMVersion: Debian's lies in hundreds of packages and cannot be moved elsewhere. It is
// fetched into the cache if need be.
func NPM(ctx context.Context, cache string, out io.Writer) (string, error) {
	folder := filepath.Join(cache, "npm-"+NPMVersion)
	npm := filepath.Join(folder, "node_modules", "npm")
	if _, err := os.Stat(filepath.Join(npm, "bin", "npm-cli.js")); err == nil {
		return npm, nil
	}
	fmt.Fprintf(out, "Fetching npm %s\n", NPMVersion)
	return npm, obtain(ctx, folder, "npm@"+NPMVersion, out)
}

// obtain brings a package from npm into a folder of the cache.
func obtain(ctx context.Context, folder, name string, out io.Writer) error {
	if err := needNPM(ctx, out); err != nil {
		return err
	}
	if err := os.MkdirAll(folder, 0o755); err != nil {
		return err
	}
	cmd := exec.CommandContext(ctx, "npm", "install", "--no-save", "--no-fund", "--no-audit", "--prefix", folder, name)
	if said, err := cmd.CombinedOutput(); err != nil {
		return fmt.Errorf("npm could not install %s: %w\n%s", name, err, said)
	}
	return nil
}

func platform() (string, error) {
	names := map[string]string{"linux/amd64": "linux-x64", "linux/arm64": "linux-arm64", "darwin/arm64": "darwin-arm64", "darwin/amd64": "darwin-x64"}
	if name, ok := names[runtime.GOOS+"/"+runtime.GOARCH]; ok {
		return name, nil
	}
	return "", fmt.Errorf("please install Node %s or newer with npm: there is none to fetch for %s/%s", oldest, runtime.GOOS, runtime.GOARCH)
}

func recent(ctx context.Context, node string) bool {
	said, err := exec.CommandContext(ctx, node, "--version").Output()
	return err == nil && atLeast(strings.TrimSpace(string(said)), oldest)
}

// atLeast compares two versions such as v20.9.0, number by number; what is no version is older than all.
func atLeast(version, least string) bool {
	var a, b [3]int
	if n, _ := fmt.Sscanf(version, "v%d.%d.%d", &a[0], &a[1], &a[2]); n != 3 {
		return false
	}
	_, _ = fmt.Sscanf(least, "v%d.%d.%d", &b[0], &b[1], &b[2])
	for i := range a {
		if a[i] != b[i] {
			return a[i] > b[i]
		}
	}
	return true
}

// needNPM installs npm on Debian and Ubuntu, and says elsewhere that it is missing.
func needNPM(ctx context.Context, out io.Writer) error {
	if _, err := exec.LookPath("npm"); err == nil {
		return nil
	}
	return apt(ctx, out, "npm", "please install Node "+oldest+" or newer with npm, and run this again")
}

// apt installs a package of Debian's; elsewhere, or without the right to, it answers with advice.
func apt(ctx context.Context, out io.Writer, name, advice string) error {
	if _, err := exec.LookPath("apt-get"); err != nil {
		return errors.New(advice)
	}
	prefix := []string{"env", "DEBIAN_FRONTEND=noninteractive"}
	if os.Geteuid() != 0 {
		if exec.CommandContext(ctx, "sudo", "-n", "true").Run() != nil {
			return errors.New(advice)
		}
		prefix = append([]string{"sudo", "-n"}, prefix...)
	}
	fmt.Fprintf(out, "Installing with apt-get, because it is missing: %s\n", name)
	for _, step := range [][]string{{"apt-get", "-qq", "update"}, {"apt-get", "-qq", "install", "-y", "--no-install-recommends", name}} {
		args := slices.Concat(prefix[1:], step)
		if said, err := exec.CommandContext(ctx, prefix[0], args...).CombinedOutput(); err != nil {
			return fmt.Errorf("apt-get could not install %s: %w\n%s", name, err, said)
		}
	}
	return nil
}
