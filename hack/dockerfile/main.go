// Command dockerfile builds every target of the Dockerfile with buildah and without rights, twice, and checks what came out.
// See README.md beside it.
package main

import (
	"context"
	"errors"
	"flag"
	"fmt"
	"os"
	"os/signal"
	"path/filepath"
	"runtime"
	"slices"
	"strings"
	"syscall"

	"github.com/rentora/rentora/hack/images/recipe"
	"github.com/rentora/rentora/hack/stack/fetch"
	"github.com/rentora/rentora/hack/stack/stack"
)

const usage = `Usage: go run ./hack/dockerfile [--once | --cold] [TARGET …]

  TARGET …   only these targets of the Dockerfile; all by default
  --once     build once; without, a second build must give equal layers, or for the web equal files
  --cold     the second build fetches and compiles all again, too, instead of only linking and packing it

An image of yours takes the place of a base image that is made here: GO_IMAGE=docker.io/library/golang:1.26-bookworm make dockerfile
or, for the web, NODE_IMAGE=docker.io/library/node:24-bookworm-slim
`

// options are the flags and arguments.
type options struct {
	once    bool
	cold    bool
	targets []string
}

func main() {
	var o options
	flag.Usage = func() { fmt.Fprint(flag.CommandLine.Output(), usage) }
	flag.BoolVar(&o.once, "once", false, "")
	flag.BoolVar(&o.cold, "cold", false, "")
	flag.Parse()
	o.targets = flag.Args()
	ctx, stop := signal.NotifyContext(context.Background(), os.Interrupt, syscall.SIGTERM)
	err := run(ctx, o)
	stop()
	if err != nil {
		fmt.Fprintln(os.Stderr, "dockerfile: "+err.Error())
		os.Exit(1)
	}
}

func run(ctx context.Context, o options) error {
	if runtime.GOOS != "linux" {
		return errors.New("images can only be built on Linux")
	}
	root, err := stack.Root()
	if err != nil {
		return err
	}
	file, err := readDockerfile(filepath.Join(root, "Dockerfile"))
	if err != nil {
		return err
	}
	targets, err := file.choose(o.targets)
	if err != nil {
		return err
	}
	file.bases = file.basesOf(targets)
	cache, err := stack.Cache()
	if err != nil {
		return err
	}
	cache = filepath.Join(cache, "dockerfile")
	if err := os.MkdirAll(cache, 0o755); err != nil {
		return err
	}
	lock, err := stack.WaitLock(ctx, filepath.Join(cache, "lock"), true) // there is one account to build with
	if err != nil {
		return err
	}
	defer lock.Release()
	verdicts, err := buildAndCheck(ctx, o, root, cache, file, targets)
	if err != nil {
		return err
	}
	return report(verdicts)
}

// buildAndCheck leaves nothing behind but the cache.
func buildAndCheck(ctx context.Context, o options, root, cache string, file dockerfile, targets []string) (verdicts []verdict, err error) {
	if err := install(ctx, file.programs()); err != nil {
		return nil, err
	}
	b, err := newBuilder(ctx, root)
	if err != nil {
		return nil, err
	}
	defer func() { err = errors.Join(err, b.remove()) }()
	fmt.Println(b.describe())
	board := fetch.NewBoard(os.Stdout)
	rounds, err := b.build(ctx, board, o, cache, file, targets)
	board.Close()
	if err != nil {
		return nil, err
	}
	made, err := imagesWithoutDocker(ctx, targets)
	if err != nil {
		return nil, err
	}
	for _, target := range targets {
		v, err := b.check(ctx, target, rounds, made)
		if err != nil {
			return nil, fmt.Errorf("check %s: %w", target, err)
		}
		verdicts = append(verdicts, v)
	}
	return verdicts, nil
}

// imagesWithoutDocker gives the images of hack/images of those targets for which it has a recipe. They are read at once: whoever makes
// newer ones removes them.
func imagesWithoutDocker(ctx context.Context, targets []string) (map[string]picture, error) {
	var names []string
	for _, target := range targets {
		if slices.Contains(recipe.Names(), target) {
			names = append(names, target)
		}
	}
	made := map[string]picture{}
	if len(names) == 0 {
		return made, nil
	}
	fmt.Println("What hack/images makes, to compare with: " + strings.Join(names, ", "))
	built, err := recipe.Build(ctx, names, os.Stdout)
	if err != nil {
		return nil, err
	}
	for _, i := range built {
		if made[i.Name], err = readArchive(i.File); err != nil {
			return nil, err
		}
	}
	return made, nil
}
