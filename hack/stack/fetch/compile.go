package fetch

import (
	"bufio"
	"context"
	"fmt"
	"os"
	"os/exec"
	"strings"

	"github.com/rentora/rentora/hack/stack/process"
)

// Compilation is one run of `go build`. The same sources give the same bytes in whatever folder they lie.
type Compilation struct {
	Folder   string // of the module, or within it
	Packages []string
	To       string // a file, or a folder when it ends with a slash
	Tags     string
	Link     string // more for the linker; symbols are always left out
	CGO      bool
}

// Run compiles, and counts on the line what has come and what is done.
func (c Compilation) Run(ctx context.Context, line *Line) error {
	cmd := exec.CommandContext(ctx, "go", append([]string{"build", "-C", c.Folder, "-v", "-trimpath", "-buildvcs=false",
		"-tags", c.Tags, "-ldflags", strings.TrimSpace("-s -w " + c.Link), "-o", c.To}, c.Packages...)...)
	cgo := "0"
	if c.CGO {
		cgo = "1"
	}
	cmd.Env = append(os.Environ(), "CGO_ENABLED="+cgo, "GOFLAGS=", "GOWORK=off")
	stopWithGrace(cmd)
	words, err := cmd.StderrPipe()
	if err != nil {
		return err
	}
	if err := process.Bound(cmd); err != nil {
		return err
	}
	var said []string
	modules, packages := 0, 0
	for scan := bufio.NewScanner(words); scan.Scan(); {
		said = append(said, scan.Text())
		if strings.HasPrefix(scan.Text(), "go: downloading") {
			modules++
		} else {
			packages++
		}
		line.Note(fmt.Sprintf("%d modules, %d packages", modules, packages))
	}
	if err := cmd.Wait(); err != nil {
		return fmt.Errorf("go build failed (%w):\n%s", err, lastLines(strings.Join(said, "\n"), 12))
	}
	return nil
}
