package fetch

import (
	"bufio"
	"context"
	"fmt"
	"os"
	"os/exec"
	"path/filepath"
	"strings"

	"github.com/rentora/rentora/hack/stack/process"
)

// MinIO is pinned by hack/stack/minio/go.mod and go.sum; the key is the beginning of the sha256 of the two together.
const (
	minioVersion = "v0.0.0-20260212201848-7aac2a2c5b7c"
	minioKey     = "606d1387b7e1"
)

func (f *fetcher) minio() artefact {
	return artefact{part: "minio", title: "MinIO", version: minioVersion,
		folder: "minio-" + minioKey + "-" + platform(), make: f.makeMinIO}
}

// makeMinIO compiles the server: there is no other ordinary client that has it.
func (f *fetcher) makeMinIO(ctx context.Context, staging string, line *Line) error {
	cmd := exec.CommandContext(ctx, "go", "build", "-C", filepath.Join(f.root, "hack", "stack", "minio"), "-v", "-trimpath",
		"-ldflags", "-s -w", "-o", filepath.Join(staging, "made", "minio"), "github.com/minio/minio")
	cmd.Env = append(os.Environ(), "CGO_ENABLED=0", "GOFLAGS=", "GOWORK=off")
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
		line.Note(progressNote(modules, packages))
	}
	if err := cmd.Wait(); err != nil {
		return fmt.Errorf("go build failed (%w):\n%s", err, lastLines(strings.Join(said, "\n"), 12))
	}
	return nil
}

func progressNote(modules, packages int) string {
	if packages == 0 {
		return fmt.Sprintf("%d modules", modules)
	}
	return fmt.Sprintf("%d packages compiled", packages)
}
