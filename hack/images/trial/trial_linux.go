package trial

import (
	"context"
	"errors"
	"fmt"
	"os"
	"path/filepath"
	"time"

	"github.com/rentora/rentora/hack/images/recipe"
)

// Run tries one image after the other and prints a line for each.
func Run(ctx context.Context, images []recipe.Built) error {
	if os.Geteuid() != 0 {
		return errors.New("only root may mount and change its user: run this as root")
	}
	failed := 0
	for _, i := range images {
		began := time.Now()
		said, err := try(ctx, i)
		word := "ok"
		if err != nil {
			failed++
			word, said = "FAIL", err.Error()
		}
		fmt.Printf("%-5s %-18s %5.1f s  %s\n", word, i.Name, time.Since(began).Seconds(), said)
	}
	fmt.Printf("images: %d passed, %d failed\n", len(images)-failed, failed)
	if failed > 0 {
		return errors.New("not all of the images work")
	}
	return nil
}

// try gives what it has seen.
func try(ctx context.Context, i recipe.Built) (said string, err error) {
	folder, err := os.MkdirTemp("", "rentora-image-")
	if err != nil {
		return "", err
	}
	defer func() { err = errors.Join(err, os.RemoveAll(folder)) }()
	s := &sandbox{root: filepath.Join(folder, "root"), work: filepath.Join(folder, "work"), user: i.User,
		env: []string{"HOME=/tmp", "TZ=UTC"}}
	for _, made := range []string{s.root, s.work, filepath.Join(s.root, "dev"), filepath.Join(s.root, "proc")} {
		if err := os.Mkdir(made, 0o755); err != nil {
			return "", err
		}
	}
	if err := os.Chown(s.work, i.User, i.User); err != nil {
		return "", err
	}
	c, err := unpack(i.File, s.root)
	if err != nil {
		return "", err
	}
	if want := fmt.Sprintf("%d:%d", i.User, i.User); c.Config.User != want {
		return "", fmt.Errorf("it says that its user is %q, not %q", c.Config.User, want)
	}
	s.env = append(s.env, c.Config.Env...)
	for _, program := range i.Programs {
		if err := runnable(filepath.Join(s.root, program)); err != nil {
			return "", err
		}
	}
	return trials[i.Name](ctx, s)
}

func runnable(program string) error {
	info, err := os.Lstat(program)
	if err == nil && info.Mode()&os.ModeSymlink == 0 && info.Mode()&0o111 == 0 {
		err = fmt.Errorf("%s cannot be run", program)
	}
	return err
}
