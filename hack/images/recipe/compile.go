package recipe

import (
	"context"
	"crypto/sha256"
	"encoding/hex"
	"fmt"
	"io"
	"os"
	"path/filepath"

	"github.com/rentora/rentora/hack/stack/fetch"
)

// compilation makes programs from a module of this repository: our own, or one that pins those of others.
type compilation struct {
	pinned   bool   // go.mod and go.sum in the folder say all; without, go itself knows what has changed
	folder   string // from the repository's
	packages []string
	tags     string
	static   bool // with C, which is linked in
}

var compilations = map[string]compilation{
	"rentora":     {packages: []string{"./cmd/rentora"}, tags: "netgo,osusergo", static: true},
	"operator":    {packages: []string{"./cmd/operator"}},
	"mailcatcher": {packages: []string{"./hack/images/mailcatcher"}},
	"mc":          {pinned: true, folder: "hack/images/mc", packages: []string{"github.com/minio/mc"}},
	"prometheus": {pinned: true, folder: "hack/images/prometheus", tags: "remove_all_sd,enable_kubernetes_sd",
		packages: []string{"github.com/prometheus/prometheus/cmd/prometheus", "github.com/prometheus/prometheus/cmd/promtool"}},
	"alertmanager": {pinned: true, folder: "hack/images/alertmanager",
		packages: []string{"github.com/prometheus/alertmanager/cmd/alertmanager", "github.com/prometheus/alertmanager/cmd/amtool"}},
}

// compile gives the folder of the programs, and what changes when they do.
func (b *builder) compile(ctx context.Context, name string) (folder, key string, err error) {
	c := compilations[name]
	if !c.pinned {
		folder := filepath.Join(b.cache, "compiled", name)
		if err := b.compileTo(ctx, name, folder); err != nil {
			return "", "", err
		}
		key, err := sumOfFile(filepath.Join(folder, name))
		return folder, key, err
	}
	var pins []string
	for _, file := range []string{"go.mod", "go.sum"} {
		text, err := os.ReadFile(filepath.Join(b.root, c.folder, file))
		if err != nil {
			return "", "", err
		}
		pins = append(pins, string(text))
	}
	key = sum(append(pins, c.tags)...)
	folder, err = b.ensure(name+"-"+key, name, "compiled", func(to string, line *fetch.Line) error {
		return c.run(ctx, b.root, to, line)
	})
	return folder, key, err
}

func (b *builder) compileTo(ctx context.Context, name, folder string) error {
	line := b.board.Line(name, "compiled", 0)
	if err := compilations[name].run(ctx, b.root, folder, line); err != nil {
		line.Fail()
		return fmt.Errorf("compile %s: %w", name, err)
	}
	line.Done()
	return nil
}

func (c compilation) run(ctx context.Context, root, to string, line *fetch.Line) error {
	link := ""
	if c.static {
		link = `-linkmode external -extldflags "-static"`
	}
	return fetch.Compilation{Folder: filepath.Join(root, c.folder), Packages: c.packages, To: to + "/", Tags: c.tags, Link: link, CGO: c.static}.
		Run(ctx, line)
}

func sumOfFile(file string) (string, error) {
	in, err := os.Open(file)
	if err != nil {
		return "", err
	}
	defer in.Close()
	hash := sha256.New()
	_, err = io.Copy(hash, in)
	return hex.EncodeToString(hash.Sum(nil))[:12], err
}
