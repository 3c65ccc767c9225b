package trial

import (
	"context"
	"fmt"
	"os"
	"path/filepath"
	"strconv"
	"strings"
	"syscall"
	"time"

	"github.com/rentora/rentora/hack/stack/probe"
	"github.com/rentora/rentora/hack/stack/process"
)

// sandbox is an unpacked image, in which programs run as in a pod: as the image's user, without rights, on a file system that
// can only be read, with a /tmp of their own. They share the machine's network.
type sandbox struct {
	root string // the image's files
	work string // a folder that programs may write to; it has the same path inside and outside
	env  []string
	user int
}

// run gives what the program says; it fails when the program does.
func (s *sandbox) run(args ...string) (string, error) {
	log := filepath.Join(s.work, "run.log")
	p, err := s.launch(log, args)
	if err != nil {
		return "", err
	}
	<-p.Done()
	said, err := os.ReadFile(log)
	if err != nil {
		return "", err
	}
	if p.Err() != nil {
		return "", fmt.Errorf("%s: %w\n%s", strings.Join(args, " "), p.Err(), said)
	}
	return string(said), nil
}

// while runs a server until it answers, asks, and stops it.
func (s *sandbox) while(ctx context.Context, args []string, ready func(context.Context) error, ask func() error) error {
	log := filepath.Join(s.work, "server.log")
	p, err := s.launch(log, args)
	if err != nil {
		return err
	}
	defer p.Stop(syscall.SIGTERM, 10*time.Second)
	err = probe.Until(ctx, 2*time.Minute, p.Done(), ready)
	if err == nil {
		err = ask()
	}
	if err != nil {
		said, _ := os.ReadFile(log)
		return fmt.Errorf("%s: %w\n%s", args[0], err, said)
	}
	return nil
}

// launch starts ourselves, to become the program inside.
func (s *sandbox) launch(log string, args []string) (*process.Process, error) {
	out, err := os.Create(log)
	if err != nil {
		return nil, err
	}
	defer out.Close()
	return process.Start(process.Spec{Path: "/proc/self/exe", Env: s.env, Dir: "/", Log: out,
		Args: append([]string{"enter", s.root, s.work, strconv.Itoa(s.user)}, args...)})
}

// write puts a file into the work folder and gives its path.
func (s *sandbox) write(name, text string) (string, error) {
	file := filepath.Join(s.work, name)
	if err := os.WriteFile(file, []byte(text), 0o644); err != nil {
		return "", err
	}
	return file, os.Chown(file, s.user, s.user)
}

// folder makes a folder in the work folder, which the user owns, and gives its path.
func (s *sandbox) folder(name string) (string, error) {
	path := filepath.Join(s.work, name)
	if err := os.MkdirAll(path, 0o700); err != nil {
		return "", err
	}
	return path, os.Chown(path, s.user, s.user)
}
