// Package debian unpacks packages of Debian into a folder, through apt and dpkg, without installing them.
package debian

import (
	"context"
	"errors"
	"fmt"
	"os"
	"os/exec"
	"path/filepath"
	"strings"

	"github.com/rentora/rentora/hack/stack/fetch"
)

// Store is a folder with a folder for every version of every package that was ever needed.
type Store struct{ Folder string }

// Package is one that is unpacked.
type Package struct {
	Name, Version string
	Key           string // the beginning of the archive's sha256
	Root          string // the folder that stands for /
}

// errStale says that apt knows less than it could.
var errStale = errors.New("apt does not know these packages")

// Ensure unpacks what is missing of the newest versions that apt knows. Only while nobody else works in the folder.
func (s Store) Ensure(ctx context.Context, names []string, board *fetch.Board) (map[string]Package, error) {
	packages, err := s.ensure(ctx, names, board)
	if errors.Is(err, errStale) {
		if err := update(ctx); err != nil {
			return nil, err
		}
		packages, err = s.ensure(ctx, names, board)
	}
	return packages, err
}

func (s Store) ensure(ctx context.Context, names []string, board *fetch.Board) (map[string]Package, error) {
	packages, err := s.candidates(ctx, names)
	if err != nil {
		return nil, err
	}
	var missing []Package
	for _, p := range packages {
		if _, err := os.Stat(p.Root); err != nil {
			missing = append(missing, p)
		}
	}
	if len(missing) == 0 {
		return packages, nil
	}
	line := board.Line("Debian's packages", fmt.Sprint(len(missing)), 0)
	if err := s.obtain(ctx, missing, line); err != nil {
		line.Fail()
		return nil, err
	}
	line.Done()
	return packages, nil
}

// candidates asks apt which version of each package it would install.
func (s Store) candidates(ctx context.Context, names []string) (map[string]Package, error) {
	if _, err := exec.LookPath("apt-get"); err != nil {
		return nil, errors.New("these images are made of Debian's packages, which need apt: run this on Debian or Ubuntu")
	}
	said, err := exec.CommandContext(ctx, "apt-cache", append([]string{"show", "--no-all-versions"}, names...)...).Output()
	if err != nil {
		return nil, errStale
	}
	packages := s.parse(string(said))
	if len(packages) < len(names) {
		return nil, errStale
	}
	return packages, nil
}

// parse reads the paragraphs of apt-cache show; those without an archive are of no use.
func (s Store) parse(answer string) map[string]Package {
	packages := map[string]Package{}
	for _, text := range strings.Split(answer, "\n\n") {
		p := Package{Name: field(text, "Package"), Version: field(text, "Version"), Key: field(text, "SHA256")}
		if len(p.Key) < 12 {
			continue
		}
		p.Key = p.Key[:12]
		p.Root = filepath.Join(s.Folder, p.Name+"-"+p.Key)
		packages[p.Name] = p
	}
	return packages
}

func field(text, name string) string {
	for line := range strings.Lines(text) {
		if value, ok := strings.CutPrefix(line, name+": "); ok {
			return strings.TrimSpace(value)
		}
	}
	return ""
}

func (s Store) obtain(ctx context.Context, missing []Package, line *fetch.Line) error {
	if err := os.MkdirAll(s.Folder, 0o755); err != nil {
		return err
	}
	staging, err := os.MkdirTemp(s.Folder, "staging-")
	if err != nil {
		return err
	}
	defer func() { _ = os.RemoveAll(staging) }()
	args := []string{"-q", "-o", "APT::Sandbox::User=root", "download"} // the sandbox's user cannot write here
	for _, p := range missing {
		args = append(args, p.Name+"="+p.Version)
	}
	line.Note("downloading")
	if err := run(ctx, staging, "apt-get", args...); err != nil {
		return fmt.Errorf("%w (%w)", errStale, err)
	}
	for _, p := range missing {
		line.Note("unpacking " + p.Name)
		if err := unpack(ctx, staging, p); err != nil {
			return fmt.Errorf("unpack %s: %w", p.Name, err)
		}
	}
	return nil
}

// unpack moves the package to its place in one step.
func unpack(ctx context.Context, staging string, p Package) error {
	archives, err := filepath.Glob(filepath.Join(staging, p.Name+"_*.deb"))
	if err != nil || len(archives) != 1 {
		return fmt.Errorf("apt left %d archives, not one", len(archives))
	}
	root := filepath.Join(staging, p.Name)
	if err := run(ctx, staging, "dpkg-deb", "--extract", archives[0], root); err != nil {
		return err
	}
	if err := rehang(root); err != nil {
		return err
	}
	return os.Rename(root, p.Root)
}

// rehang makes links from the root relative, so that they stay within the folder.
func rehang(root string) error {
	return filepath.WalkDir(root, func(path string, entry os.DirEntry, err error) error {
		if err != nil || entry.Type()&os.ModeSymlink == 0 {
			return err
		}
		target, err := os.Readlink(path)
		if err != nil || !filepath.IsAbs(target) {
			return err
		}
		if target, err = filepath.Rel(filepath.Dir(path), filepath.Join(root, target)); err != nil {
			return err
		}
		if err := os.Remove(path); err != nil {
			return err
		}
		return os.Symlink(target, path)
	})
}

func update(ctx context.Context) error {
	if os.Geteuid() != 0 {
		return fmt.Errorf("%w: as root, run `apt-get update` and then this again", errStale)
	}
	return run(ctx, "", "apt-get", "-q", "update")
}

func run(ctx context.Context, folder, program string, args ...string) error {
	cmd := exec.CommandContext(ctx, program, args...)
	cmd.Dir = folder
	cmd.Env = append(os.Environ(), "DEBIAN_FRONTEND=noninteractive")
	if said, err := cmd.CombinedOutput(); err != nil {
		return fmt.Errorf("%s %s: %w\n%s", program, args[0], err, said)
	}
	return nil
}
