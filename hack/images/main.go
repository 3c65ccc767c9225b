// Command images makes the container images of a development cluster, without Docker. See README.md beside it.
package main

import (
	"context"
	"errors"
	"fmt"
	"io"
	"os"
	"os/exec"
	"os/signal"
	"path/filepath"
	"slices"
	"strings"
	"syscall"

	"github.com/rentora/rentora/hack/images/recipe"
)

const usage = `Usage: go run ./hack/images [check] [NAME …] [--out DIR] [--load]

  NAME …      only these images: %s
  --out DIR   put the archives there as NAME.tar; without, they stay in the cache
  --load      bring them into the cluster (go run ./hack/cluster load); needs root

  env         print RELATED_IMAGE_… for a shell: make deploy then lets platforms run these images
  check       make the images and try the programs in them, each as its user on a read-only file system; needs root and Linux

Archives are as of docker save. The cache is "images" in $RENTORA_CACHE, else in ~/.cache/rentora.
`

// call is what was asked for.
type call struct {
	help, check, load, env bool
	out                    string
	names                  []string
}

func main() {
	ctx, stop := signal.NotifyContext(context.Background(), os.Interrupt, syscall.SIGTERM)
	err := run(ctx, os.Args[1:])
	stop()
	if err != nil {
		fmt.Fprintln(os.Stderr, "images: "+err.Error())
		os.Exit(1)
	}
}

func run(ctx context.Context, args []string) error {
	if len(args) > 0 && args[0] == "enter" { // by which check starts itself again
		return enter(args[1:])
	}
	c, err := parse(args)
	if err != nil {
		return err
	}
	if c.help {
		fmt.Printf(usage, strings.Join(recipe.Names(), " "))
		return nil
	}
	if c.env {
		for _, name := range recipe.Names() {
			fmt.Printf("export RELATED_IMAGE_%s=%s\n", strings.ToUpper(strings.ReplaceAll(name, "-", "_")), recipe.Image{Name: name}.Tag())
		}
		return nil
	}
	built, failed := recipe.Build(ctx, c.names, os.Stderr)
	if c.check {
		return errors.Join(failed, check(ctx, built))
	}
	return errors.Join(failed, deliver(ctx, c, built))
}

func parse(args []string) (call, error) {
	var c call
	for ; len(args) > 0; args = args[1:] {
		switch args[0] {
		case "-h", "--help", "help":
			c.help = true
		case "check":
			c.check = true
		case "env":
			c.env = true
		case "--load":
			c.load = true
		case "--out":
			if len(args) < 2 {
				return c, errors.New("--out needs a folder")
			}
			c.out, args = args[1], args[1:]
		default:
			if strings.HasPrefix(args[0], "-") || !slices.Contains(recipe.Names(), args[0]) {
				return c, fmt.Errorf("there is no image or option %q; images are %s", args[0], strings.Join(recipe.Names(), ", "))
			}
			c.names = append(c.names, args[0])
		}
	}
	return c, nil
}

// deliver puts the archives where they are wanted, prints where that is, and loads them.
func deliver(ctx context.Context, c call, built []recipe.Built) error {
	var files []string
	for _, b := range built {
		if c.out != "" {
			to := filepath.Join(c.out, b.Name+".tar")
			if err := place(b.File, to); err != nil {
				return err
			}
			b.File = to
		}
		info, err := os.Stat(b.File)
		if err != nil {
			return err
		}
		fmt.Printf("%-40s %6.1f MB  %s\n", b.Tag(), float64(info.Size())/1e6, b.File)
		files = append(files, b.File)
	}
	if !c.load || len(files) == 0 {
		return nil
	}
	cmd := exec.CommandContext(ctx, "go", append([]string{"run", "./hack/cluster", "load"}, files...)...)
	cmd.Stdout, cmd.Stderr = os.Stdout, os.Stderr
	return cmd.Run()
}

// place links the file, or copies it where it cannot be linked.
func place(from, to string) error {
	if err := os.MkdirAll(filepath.Dir(to), 0o755); err != nil {
		return err
	}
	if err := os.RemoveAll(to); err != nil {
		return err
	}
	if os.Link(from, to) == nil {
		return nil
	}
	in, err := os.Open(from)
	if err != nil {
		return err
	}
	defer in.Close()
	out, err := os.Create(to)
	if err != nil {
		return err
	}
	defer out.Close()
	if _, err := io.Copy(out, in); err != nil {
		return err
	}
	return out.Close()
}
