package recipe

import (
	"context"
	"errors"
	"fmt"
	"io"
	"os"
	"path/filepath"
	"runtime"
	"slices"
	"strings"

	"github.com/rentora/rentora/hack/cluster/image"
	"github.com/rentora/rentora/hack/images/debian"
	"github.com/rentora/rentora/hack/images/linker"
	"github.com/rentora/rentora/hack/stack/fetch"
	"github.com/rentora/rentora/hack/stack/stack"
)

// certificates is the package that every image takes something from.
const certificates = "ca-certificates"

// Built is an image and the archive in the cache that holds it.
type Built struct {
	Image
	File string
}

// builder makes images; only one works in the cache at a time.
type builder struct {
	root, cache string
	board       *fetch.Board
	kit         kit
}

// Build makes the named images, as far as they are not there already, and reports progress to out. One that cannot be made
// does not keep the others from it; the error then names each. Images that their sources no longer give are removed.
func Build(ctx context.Context, names []string, out io.Writer) ([]Built, error) {
	images, err := choose(names)
	if err != nil {
		return nil, err
	}
	cache, err := stack.Cache()
	if err != nil {
		return nil, err
	}
	b := &builder{cache: filepath.Join(cache, "images")}
	if b.root, err = stack.Root(); err != nil {
		return nil, err
	}
	if err := os.MkdirAll(b.cache, 0o755); err != nil {
		return nil, err
	}
	lock, err := stack.WaitLock(ctx, filepath.Join(b.cache, "lock"), true)
	if err != nil {
		return nil, err
	}
	defer lock.Release()
	if b.kit.stack, err = fetch.Ensure(ctx, cache, collect(images, func(i Image) []string { return i.stack }), out); err != nil {
		return nil, err
	}
	b.board = fetch.NewBoard(out)
	defer b.board.Close()
	return b.all(ctx, images)
}

// choose finds the images; no names mean all.
func choose(names []string) ([]Image, error) {
	if len(names) == 0 {
		return All(), nil
	}
	var images []Image
	for _, name := range names {
		i, ok := find(name)
		if !ok {
			return nil, fmt.Errorf("there is no image %q; there are %s", name, strings.Join(Names(), ", "))
		}
		images = append(images, i)
	}
	return images, nil
}

// collect gives what the images need, each thing once and in order.
func collect(images []Image, of func(Image) []string) []string {
	var all []string
	for _, i := range images {
		all = append(all, of(i)...)
	}
	slices.Sort(all)
	return slices.Compact(all)
}

func (b *builder) all(ctx context.Context, images []Image) ([]Built, error) {
	if err := b.clean(); err != nil {
		return nil, err
	}
	packages := collect(images, func(i Image) []string { return append([]string{certificates}, i.packages...) })
	var err error
	if b.kit.debian, err = (debian.Store{Folder: filepath.Join(b.cache, "debian")}).Ensure(ctx, packages, b.board); err != nil {
		return nil, err
	}
	b.kit.compiled = map[string]string{}
	var built []Built
	var failed error
	for _, i := range images {
		if ctx.Err() != nil {
			return built, errors.Join(failed, ctx.Err())
		}
		file, err := b.image(ctx, i)
		if err != nil {
			failed = errors.Join(failed, fmt.Errorf("image %s: %w", i.Name, err))
			continue
		}
		built = append(built, Built{i, file})
	}
	return built, failed
}

// clean removes what a killed run left.
func (b *builder) clean() error {
	left, err := filepath.Glob(filepath.Join(b.cache, "staging-*"))
	for _, folder := range left {
		err = errors.Join(err, os.RemoveAll(folder))
	}
	return err
}

// image gives the archive. Its name changes with all that the image is made of.
func (b *builder) image(ctx context.Context, i Image) (string, error) {
	key, err := b.prepare(ctx, i)
	if err != nil {
		return "", err
	}
	name := i.Name + "-" + runtime.GOARCH + "-" + key + ".tar"
	before, err := filepath.Glob(filepath.Join(b.cache, i.Name+"-"+runtime.GOARCH+"-*.tar"))
	if err != nil {
		return "", err
	}
	file, err := b.ensure(name, i.Name, "image", func(to string, line *fetch.Line) error {
		line.Note("packing")
		return b.write(i, to)
	})
	if err != nil {
		return "", err
	}
	for _, old := range before {
		if old != file {
			err = errors.Join(err, os.Remove(old))
		}
	}
	return file, err
}

// prepare sees to what the image is made of and gives the sum of it.
func (b *builder) prepare(ctx context.Context, i Image) (string, error) {
	key, err := b.sources()
	if err != nil {
		return "", err
	}
	parts := []string{key}
	for _, name := range i.stack {
		parts = append(parts, b.kit.server(name))
	}
	for _, name := range append([]string{certificates}, i.packages...) {
		parts = append(parts, b.kit.debian[name].Name, b.kit.debian[name].Key)
	}
	for _, name := range i.compiled {
		folder, key, err := b.compile(ctx, name)
		if err != nil {
			return "", err
		}
		b.kit.compiled[name] = folder
		parts = append(parts, key)
	}
	if i.java {
		if b.kit.java, err = b.ensureJava(ctx); err != nil {
			return "", err
		}
		parts = append(parts, filepath.Base(b.kit.java))
	}
	if i.site {
		key, err := b.ensureSite(ctx)
		if err != nil {
			return "", err
		}
		parts = append(parts, key)
	}
	return sum(parts...), nil
}

// sources gives the sum of what decides how images are put together.
func (b *builder) sources() (string, error) {
	var texts []string
	for _, pattern := range []string{"hack/images/recipe/*.go", "hack/images/linker/*.go", "hack/cluster/image/*.go"} {
		files, err := filepath.Glob(filepath.Join(b.root, pattern))
		if err != nil {
			return "", err
		}
		for _, file := range files {
			text, err := os.ReadFile(file)
			if err != nil {
				return "", err
			}
			if !strings.HasSuffix(file, "_test.go") {
				texts = append(texts, string(text))
			}
		}
	}
	return sum(texts...), nil
}

func (b *builder) write(i Image, to string) error {
	made := image.Image{Tag: i.Tag(), Entrypoint: i.Programs[:1], User: fmt.Sprintf("%d:%d", i.User, i.User), WorkingDir: i.folder,
		Env: []string{"PATH=" + search}}
	if i.search != "" {
		made.Env = []string{"PATH=" + i.search}
	}
	if err := b.kit.base(&made.Layer, i); err != nil {
		return err
	}
	if err := i.compose(&b.kit, &made.Layer); err != nil {
		return err
	}
	if err := linker.Complete(&made.Layer, b.kit.roots(i)); err != nil {
		return err
	}
	for _, program := range i.Programs {
		if !made.Layer.Has(program) {
			return fmt.Errorf("%s is missing", program)
		}
	}
	return made.Write(to)
}

// ensure makes a file or folder of the cache beside its place and moves it there in one step.
func (b *builder) ensure(name, title, version string, make func(to string, line *fetch.Line) error) (string, error) {
	path := filepath.Join(b.cache, name)
	if _, err := os.Stat(path); err == nil {
		return path, nil
	}
	staging, err := os.MkdirTemp(b.cache, "staging-")
	if err != nil {
		return "", err
	}
	defer func() { _ = os.RemoveAll(staging) }()
	line := b.board.Line(title, version, 0)
	made := filepath.Join(staging, "made")
	if err := make(made, line); err != nil {
		line.Fail()
		return "", err
	}
	line.Done()
	return path, os.Rename(made, path)
}
