// Package build compiles the programs of the cluster from Go modules, pinned by the go.mod and go.sum beside it, into the
// cache: Kubernetes with etcd, the container runtime, and images of what runs in pods.
package build

import (
	"context"
	"crypto/sha256"
	"encoding/hex"
	"fmt"
	"io"
	"os"
	"path/filepath"
	"runtime"

	"github.com/rentora/rentora/hack/stack/fetch"
	"github.com/rentora/rentora/hack/stack/stack"
)

// Installed says where in the cache everything lies.
type Installed struct {
	Kubernetes string // folder of programs
	Runtime    string // folder of programs
	Images     string // folder of archives
}

// part is one folder of the cache. It exists whole or not at all.
type part struct {
	title, version, folder string
	sources                []string // files below hack/cluster that decide what it is
	make                   func(ctx context.Context, b *builder, to string) error
}

type builder struct {
	root, cache string
	line        *fetch.Line
}

// Ensure compiles what is missing, one after the other because each fills all processors, and reports progress to out.
// Two at once wait for each other; a killed one leaves the cache usable.
func Ensure(ctx context.Context, cache string, out io.Writer) (Installed, error) {
	root, err := stack.Root()
	if err != nil {
		return Installed{}, err
	}
	if err := system(ctx, out); err != nil {
		return Installed{}, err
	}
	paths, err := ensure(ctx, root, cache, out, "the cluster, once (about a quarter of an hour on two processors)", kubernetes, containers, images)
	if err != nil {
		return Installed{}, err
	}
	return Installed{Kubernetes: paths[0], Runtime: paths[1], Images: paths[2]}, nil
}

// EnsureControl compiles, when it is missing, an API server with etcd for tests that need no nodes, and gives the folder of the
// two programs. It needs nothing of the system beside Go.
func EnsureControl(ctx context.Context, cache string, out io.Writer) (string, error) {
	root, err := stack.Root()
	if err != nil {
		return "", err
	}
	paths, err := ensure(ctx, root, cache, out, "an API server for tests, once (some minutes)", control)
	if err != nil {
		return "", err
	}
	return paths[0], nil
}

func ensure(ctx context.Context, root, cache string, out io.Writer, what string, parts ...part) ([]string, error) {
	paths, missing, err := locate(root, cache, parts)
	if err == nil && missing {
		err = obtain(ctx, root, cache, what, parts, paths, out)
	}
	return paths, err
}

func locate(root, cache string, parts []part) (paths []string, missing bool, err error) {
	for _, p := range parts {
		key, err := p.key(root)
		if err != nil {
			return nil, false, err
		}
		path := filepath.Join(cache, p.folder+"-"+key)
		paths = append(paths, path)
		if _, err := os.Stat(path); err != nil {
			missing = true
		}
	}
	return paths, missing, nil
}

// key changes when the part's sources do.
func (p part) key(root string) (string, error) {
	hash := sha256.New()
	for _, name := range append([]string{"build/parts.go", "build/compile.go"}, p.sources...) {
		err := filepath.WalkDir(filepath.Join(root, "hack", "cluster", name), func(path string, entry os.DirEntry, err error) error {
			if err != nil || entry.IsDir() || filepath.Ext(path) == ".md" {
				return err
			}
			content, err := os.ReadFile(path)
			_, _ = fmt.Fprintf(hash, "%s %d\n%s", entry.Name(), len(content), content)
			return err
		})
		if err != nil {
			return "", err
		}
	}
	return hex.EncodeToString(hash.Sum(nil))[:12] + "-" + runtime.GOARCH, nil
}

func obtain(ctx context.Context, root, cache, what string, parts []part, paths []string, out io.Writer) error {
	if err := os.MkdirAll(cache, 0o755); err != nil {
		return err
	}
	lock, err := stack.WaitLock(ctx, filepath.Join(cache, "cluster.lock"), true)
	if err != nil {
		return err
	}
	defer lock.Release()
	fmt.Fprintf(out, "Compiling %s, into %s:\n", what, cache)
	board := fetch.NewBoard(out)
	defer board.Close()
	for i, p := range parts {
		if _, err := os.Stat(paths[i]); err == nil {
			continue
		}
		b := &builder{root: root, cache: cache, line: board.Line(p.title, p.version, 0)}
		if err := b.obtain(ctx, p, paths[i]); err != nil {
			b.line.Fail()
			return fmt.Errorf("%s %s: %w", p.title, p.version, err)
		}
		b.line.Done()
	}
	return nil
}

// obtain makes the part beside its place and moves it there in one step.
func (b *builder) obtain(ctx context.Context, p part, path string) error {
	staging, err := os.MkdirTemp(b.cache, "cluster-staging-")
	if err != nil {
		return err
	}
	defer func() { _ = os.RemoveAll(staging) }()
	made := filepath.Join(staging, "made")
	if err := os.Mkdir(made, 0o755); err != nil {
		return err
	}
	if err := p.make(ctx, b, made); err != nil {
		return err
	}
	return os.Rename(made, path)
}
