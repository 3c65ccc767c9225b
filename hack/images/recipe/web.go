package recipe

import (
	"bytes"
	"context"
	"fmt"
	"os"
	"path/filepath"
	"strings"

	"github.com/rentora/rentora/hack/cluster/image"
	"github.com/rentora/rentora/hack/web/site"
)

const webHome = "/app"

// web is Next.js' standalone build behind serve.mjs, with Node where its official image has it.
func web() Image {
	return Image{
		Name: "web", Official: "docker.io/rentora/web", User: nonroot, Programs: []string{"/usr/local/bin/node"},
		Source: "the production build of `web`, Node " + site.NodeVersion + " from npm", site: true,
		packages: []string{"libc6", "libstdc++6", "libgcc-s1"},
		compose: func(k *kit, l *image.Layer) error {
			l.File("/usr/local/bin/node", k.node, 0o755)
			return l.Tree(webHome, k.site.Standalone(), func(name string) bool { return !strings.HasSuffix(name, ".test.mjs") })
		},
	}
}

// ensureSite builds the web and gives what changes when its sources or its Node do. Two builds of the same sources differ in keys that
// Next.js makes anew each time.
func (b *builder) ensureSite(ctx context.Context) (key string, err error) {
	line := b.board.Line("web", "built", 0)
	defer func() {
		if err != nil {
			line.Fail()
		}
	}()
	cache, out := filepath.Dir(b.cache), &bytes.Buffer{} // shown when it fails
	if b.kit.node, err = site.Node(ctx, cache, out); err != nil {
		return "", err
	}
	if b.kit.site, err = site.Open(ctx, b.root, cache, out); err != nil {
		return "", err
	}
	line.Note("building")
	if err = b.kit.site.Build(ctx); err != nil {
		return "", fmt.Errorf("build the web: %w\n%s", err, out)
	}
	stamp, err := os.ReadFile(b.kit.site.Stamp())
	if err != nil {
		return "", err
	}
	line.Done()
	return sum(string(stamp), site.NodeVersion), nil
}
