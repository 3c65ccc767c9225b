package build

import (
	"bufio"
	"context"
	"fmt"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"time"

	"github.com/rentora/rentora/hack/stack/process"
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
	flags := "-s -w"
	for _, stamp := range c.stamps {
		flags += " -X " + stamp
	}
	args := []string{"build", "-C", filepath.Join(b.root, "hack", "cluster", c.module), "-v", "-trimpath", "-buildvcs=false",
		"-tags", c.tags, "-ldflags", flags, "-o", c.to}
	cmd := exec.CommandContext(ctx, "go", append(args, c.packages...)...)
	cgo := "0"
	if c.cgo {
		cgo = "1"
	}
	cmd.Env = append(os.Environ(), "CGO_ENABLED="+cgo, "GOFLAGS=", "GOWORK=off")
	cmd.Cancel = func() error { return cmd.Process.Signal(os.Interrupt) }
	cmd.WaitDelay = 10 * time.Second
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
		b.line.Note(fmt.Sprintf("%d modules, %d packages", modules, packages))
	}
	if err := cmd.Wait(); err != nil {
		return fmt.Errorf("go build failed (%w):\n%s", err, strings.Join(said[max(0, len(said)-12):], "\n"))
	}
	return nil
}
