package main

import (
	"bufio"
	"context"
	"crypto/sha256"
	"fmt"
	"io"
	"maps"
	"os"
	"os/exec"
	"path/filepath"
	"slices"
	"strings"

	"github.com/rentora/rentora/hack/stack/fetch"
	"github.com/rentora/rentora/hack/web/site"
)

// base is an image made here of Debian's packages and of folders of this machine, where no registry can be reached.
type base struct {
	tag      string
	packages []string
	folders  func(ctx context.Context, cache string) ([]folder, error)
	links    map[string]string // what they are called, and what they stand for
	env      string
}

// folder is one of this machine's, and where it lies in the image.
type folder struct{ from, at string }

// madeHere are the base images that can be made, by the argument that names another one.
var madeHere = map[string]base{
	"GO_IMAGE": {
		tag: "localhost/golang:1.26", packages: []string{"ca-certificates", "gcc", "libc6-dev"},
		folders: toolchain,
		env:     "GOPATH=/go GOTOOLCHAIN=local PATH=/go/bin:/usr/local/go/bin:/usr/local/sbin:/usr/local/bin:/usr/sbin:/usr/bin:/sbin:/bin",
	},
	"NODE_IMAGE": {
		tag: "localhost/node:24", packages: []string{"ca-certificates", "libgcc-s1", "libstdc++6"},
		folders: node,
		links:   map[string]string{"/usr/local/bin/npm": "../lib/node_modules/npm/bin/npm-cli.js", "/usr/local/bin/npx": "../lib/node_modules/npm/bin/npx-cli.js"},
		env:     "NODE_VERSION=" + site.NodeVersion + " PATH=/usr/local/sbin:/usr/local/bin:/usr/sbin:/usr/bin:/sbin:/bin",
	},
}

func toolchain(ctx context.Context, _ string) ([]folder, error) {
	root, err := goEnv(ctx, "GOROOT")
	return []folder{{root, "/usr/local/go"}}, err
}

// node is the pinned one, with which hack/images runs the site, and npm, where their official image has them.
func node(ctx context.Context, cache string) ([]folder, error) {
	program, err := site.Node(ctx, filepath.Dir(cache), io.Discard)
	if err != nil {
		return nil, err
	}
	npm, err := site.NPM(ctx, filepath.Dir(cache), io.Discard)
	return []folder{{filepath.Dir(program), "/usr/local/bin"}, {npm, "/usr/local/lib/node_modules/npm"}}, err
}

func goEnv(ctx context.Context, name string) (string, error) {
	said, err := exec.CommandContext(ctx, "go", "env", name).Output()
	return strings.TrimSpace(string(said)), err
}

// made gives the arguments for which a base image is made: those that nobody names another one for.
func (d dockerfile) made() []string {
	var names []string
	for _, name := range slices.Sorted(maps.Keys(d.bases)) {
		if os.Getenv(name) == "" && d.bases[name] != "scratch" {
			names = append(names, name)
		}
	}
	return names
}

// bases makes what is missing and gives the arguments of the build that name all base images.
func (b *builder) bases(ctx context.Context, board *fetch.Board, cache string, file dockerfile) ([]string, error) {
	var args []string
	for name := range file.bases {
		if given := os.Getenv(name); given != "" {
			args = append(args, "--build-arg", name+"="+given)
		}
	}
	for _, name := range file.made() {
		i, ok := madeHere[name]
		if !ok {
			return nil, fmt.Errorf("the Dockerfile wants %s, which is not made here: name one with %[1]s=…, or add it to madeHere in hack/dockerfile/bases.go", name)
		}
		if err := b.makeBase(ctx, board, cache, name, i); err != nil {
			return nil, fmt.Errorf("make %s: %w", i.tag, err)
		}
		args = append(args, "--build-arg", name+"="+i.tag)
	}
	return args, nil
}

func (b *builder) makeBase(ctx context.Context, board *fetch.Board, cache, name string, i base) error {
	system, err := b.system(ctx, board, cache, name, i.packages)
	if err != nil {
		return err
	}
	work := filepath.Join(b.work, name)
	if err := copyFile(system, filepath.Join(work, "system.tar")); err != nil {
		return err
	}
	line := board.Line(name, "base image", 0)
	folders, err := i.folders(ctx, cache)
	if err != nil {
		line.Fail()
		return err
	}
	for _, f := range folders {
		line.Note("packing " + f.from)
		said, err := exec.CommandContext(ctx, "tar", "--append", "--file", filepath.Join(work, "folders.tar"), "--directory", f.from,
			"--owner=0", "--group=0", "--transform=s,^\\.,."+f.at+",S", ".").CombinedOutput() // S: what links stand for stays
		if err != nil {
			line.Fail()
			return fmt.Errorf("tar: %w\n%s", err, said)
		}
	}
	text := "FROM scratch\nADD system.tar folders.tar /\nENV " + i.env + "\n"
	for _, link := range slices.Sorted(maps.Keys(i.links)) {
		text += "RUN ln -s " + i.links[link] + " " + link + "\n"
	}
	if err := os.WriteFile(filepath.Join(work, "Dockerfile"), []byte(text), 0o644); err != nil {
		return err
	}
	return show(b.buildah(ctx, "", "build", "--tag", i.tag, work), line)
}

// system gives an archive of Debian with these packages, of the release that runs here. It is made anew when apt knows of newer ones.
func (b *builder) system(ctx context.Context, board *fetch.Board, cache, name string, packages []string) (string, error) {
	release, err := codename()
	if err != nil {
		return "", err
	}
	policy, err := exec.CommandContext(ctx, "apt-cache", append([]string{"policy"}, packages...)...).Output()
	if err != nil {
		return "", fmt.Errorf("ask apt for its packages: %w", err)
	}
	key := sha256.Sum256(fmt.Appendf(nil, "%s %q %s", release, packages, candidates(string(policy))))
	path := filepath.Join(cache, fmt.Sprintf("%s-%x.tar", name, key[:6]))
	if _, err := os.Stat(path); err == nil {
		return path, nil
	}
	before, err := filepath.Glob(filepath.Join(cache, name+"-*"))
	if err != nil {
		return "", err
	}
	for _, old := range before {
		if err := os.Remove(old); err != nil {
			return "", err
		}
	}
	out, err := os.Create(path + ".staging")
	if err != nil {
		return "", err
	}
	defer out.Close()
	mode := "--mode=unshare"
	if b.refused != "" {
		mode = "--mode=root"
	}
	cmd := b.command(ctx, "", "mmdebstrap", mode, "--variant=minbase", "--include="+strings.Join(packages, ","), release)
	cmd.Stdout = out
	if err := show(cmd, board.Line("Debian", release, 0)); err != nil {
		return "", fmt.Errorf("%w\nwithout Debian's packages, name an image: %s=…", err, name)
	}
	return path, os.Rename(out.Name(), path)
}

// candidates keeps of what apt-cache policy says the versions that it would install.
func candidates(policy string) string {
	var versions []string
	for line := range strings.Lines(policy) {
		if version, ok := strings.CutPrefix(strings.TrimSpace(line), "Candidate: "); ok {
			versions = append(versions, version)
		}
	}
	return strings.Join(versions, " ")
}

// codename gives the name of the release of Debian or Ubuntu.
func codename() (string, error) {
	in, err := os.Open("/etc/os-release")
	if err != nil {
		return "", err
	}
	defer in.Close()
	for scan := bufio.NewScanner(in); scan.Scan(); {
		if name, ok := strings.CutPrefix(scan.Text(), "VERSION_CODENAME="); ok {
			return strings.Trim(name, `"`), nil
		}
	}
	return "", fmt.Errorf("/etc/os-release names no release of Debian or Ubuntu")
}
