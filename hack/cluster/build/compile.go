package build

import (
	"context"
	"path/filepath"
	"strings"

	"github.com/rentora/rentora/hack/stack/fetch"
)

// compilation is one run of `go build`.
type compilation struct {
	module   string // folder below hack/cluster
	packages []string
	to       string // a file, or a folder when it ends with a slash
	tags     string
	stamps   []string // variables set at link time
	cgo      bool
}

func (b *builder) compile(ctx context.Context, c compilation) error {
	var link strings.Builder
	for _, stamp := range c.stamps {
		link.WriteString(" -X " + stamp)
	}
	return fetch.Compilation{Folder: filepath.Join(b.root, "hack", "cluster", c.module), Packages: c.packages, To: c.to,
		Tags: c.tags, Link: link.String(), CGO: c.cgo}.Run(ctx, b.line)
}
