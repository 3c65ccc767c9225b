// Package fetch obtains the servers of the development stack, pinned and verified, into a cache outside the repository.
package fetch

import (
	"context"
	"fmt"
	"os"
	"path/filepath"
	"runtime"
)

// Installed says where in the cache every server lies. A server that was not wanted has an empty path.
type Installed struct {
	Postgres     string // a folder with bin
	Template     string // a data folder fresh from initdb, with the database rentora
	Valkey       string
	Typesense    string
	MinIO        string
	Java         string
	KafkaJars    []string
	KafkaArchive []string // what makes java use the class-data archive; empty when this java makes none
}

// artefact is one folder of the cache. It exists whole or not at all.
type artefact struct {
	part    string // which server it belongs to
	title   string // for people
	version string
	folder  string // its name in the cache, which changes when its content would
	size    int64  // bytes to download, 0 when unknown
	make    func(ctx context.Context, staging string, line *Line) error
}

func platform() string { return runtime.GOOS + "-" + runtime.GOARCH }

func (f *fetcher) path(a artefact) string { return filepath.Join(f.cache, a.folder) }

func (f *fetcher) has(a artefact) bool {
	_, err := os.Stat(f.path(a))
	return err == nil
}

// obtain makes the artefact in a staging folder and moves it to its place in one step.
func (f *fetcher) obtain(ctx context.Context, a artefact) error {
	if f.has(a) {
		return nil
	}
	staging, err := os.MkdirTemp(filepath.Join(f.cache, "staging"), a.part+"-")
	if err != nil {
		return err
	}
	defer func() { _ = os.RemoveAll(staging) }()
	line := f.board.Line(a.title, a.version, a.size)
	if err := f.build(ctx, a, staging, line); err != nil {
		line.Fail()
		return fmt.Errorf("%s %s: %w", a.title, a.version, err)
	}
	line.Done()
	return nil
}

func (f *fetcher) build(ctx context.Context, a artefact, staging string, line *Line) error {
	made := filepath.Join(staging, "made")
	if err := os.Mkdir(made, 0o755); err != nil {
		return err
	}
	if err := a.make(ctx, staging, line); err != nil {
		return err
	}
	return os.Rename(made, f.path(a))
}

// clean removes what a killed run left; only the holder of the cache's lock works in the staging folder.
func (f *fetcher) clean() error {
	staging := filepath.Join(f.cache, "staging")
	if err := os.RemoveAll(staging); err != nil {
		return err
	}
	return os.MkdirAll(staging, 0o755)
}

func folderSize(dir string) int64 {
	var sum int64
	_ = filepath.WalkDir(dir, func(_ string, entry os.DirEntry, err error) error {
		if err != nil {
			return nil // files come and go while a download runs
		}
		if info, err := entry.Info(); err == nil && info.Mode().IsRegular() {
			sum += info.Size()
		}
		return nil
	})
	return sum
}
