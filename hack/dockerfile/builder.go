package main

import (
	"bufio"
	"context"
	"errors"
	"fmt"
	"os"
	"os/exec"
	"path/filepath"
	"slices"
	"strings"
	"syscall"
	"time"

	"github.com/rentora/rentora/hack/stack/fetch"
	"github.com/rentora/rentora/hack/stack/process"
)

// builder is a buildah with a store of its own.
type builder struct {
	work    string // holds all that it makes
	context string // a copy of the sources, which the account can read wherever the checkout lies
	account account
	driver  string
	version string
	refused string // why it cannot build without rights, or nothing
}

func newBuilder(ctx context.Context, root string) (*builder, error) {
	work, err := os.MkdirTemp("/var/tmp", "rentora-dockerfile-") // on a disk: /tmp may be memory
	if err != nil {
		return nil, err
	}
	b := &builder{work: work, context: filepath.Join(work, "context")}
	if err := os.Chmod(work, 0o711); err != nil { // the account's further users pass through it
		return nil, errors.Join(err, b.remove())
	}
	if err := b.prepare(ctx, root); err != nil {
		return nil, errors.Join(err, b.remove())
	}
	return b, nil
}

func (b *builder) prepare(ctx context.Context, root string) (err error) {
	if b.account, err = newAccount(ctx, b.work); err != nil {
		return err
	}
	if err := copySources(ctx, root, b.context); err != nil {
		return err
	}
	// Overlay shares what stages have in common; vfs copies it, and works everywhere. Which one a store has is settled by its first use.
	for _, b.driver = range []string{"overlay", "vfs"} {
		if err = b.enter(ctx); err == nil {
			break
		}
	}
	if err != nil && os.Geteuid() == 0 {
		b.refused, b.account.credential = err.Error(), nil
		if err := os.Chown(b.work, 0, 0); err != nil {
			return err
		}
		err = b.enter(ctx)
	}
	if err != nil {
		return fmt.Errorf("buildah cannot build as %s: %w", b.account.name, err)
	}
	said, _ := b.buildah(ctx, "", "--version").Output()
	b.version = strings.Join(strings.Fields(string(said) + " - -")[:3], " ")
	return nil
}

// enter opens a new store with the driver, in the builder's user namespace.
func (b *builder) enter(ctx context.Context) error {
	if err := os.RemoveAll(filepath.Join(b.work, "store")); err != nil {
		return err
	}
	if said, err := b.buildah(ctx, "", "info").CombinedOutput(); err != nil {
		return errors.New(lastLine(string(said)))
	}
	if os.Geteuid() == 0 && b.account.credential == nil {
		return nil
	}
	// Where the machine grants only one user, buildah goes on with that one, and fails at the first file of another.
	users, err := b.buildah(ctx, "", "unshare", "cat", "/proc/self/uid_map").Output()
	if err != nil {
		return fmt.Errorf("make a user namespace: %w", err)
	}
	if strings.Count(strings.TrimSpace(string(users)), "\n") == 0 {
		return errors.New("its user namespace holds no user but itself: newuidmap may not add others")
	}
	return nil
}

func (b *builder) describe() string {
	who := "without rights, as " + b.account.name
	if b.refused != "" {
		who = "as root, because it cannot without rights here (" + b.refused + ")"
	}
	return fmt.Sprintf("%s builds %s; isolation chroot, storage %s", b.version, who, b.driver)
}

// command is one of the account. The caches of builds lie in the folder for temporary files, of which there are several by name.
func (b *builder) command(ctx context.Context, caches, program string, args ...string) *exec.Cmd {
	cmd := exec.CommandContext(ctx, program, args...)
	temporary, runtime := filepath.Join(b.work, "tmp"+caches), filepath.Join(b.work, "run")
	for _, folder := range []string{temporary, runtime} {
		if os.Mkdir(folder, 0o711) == nil && b.account.credential != nil {
			_ = os.Chown(folder, int(b.account.credential.Uid), int(b.account.credential.Gid)) // the command will say if it cannot write
		}
	}
	cmd.Dir = b.work
	cmd.Env = []string{"HOME=" + b.work, "PATH=" + os.Getenv("PATH"), "TMPDIR=" + temporary, "XDG_RUNTIME_DIR=" + runtime, "LANG=C.UTF-8",
		"STORAGE_DRIVER=" + b.driver, "BUILDAH_ISOLATION=chroot"}
	for _, name := range []string{"HTTP_PROXY", "HTTPS_PROXY", "NO_PROXY", "http_proxy", "https_proxy", "no_proxy"} {
		if value, ok := os.LookupEnv(name); ok {
			cmd.Env = append(cmd.Env, name+"="+value)
		}
	}
	cmd.SysProcAttr = &syscall.SysProcAttr{Setpgid: true, Credential: b.account.credential}
	cmd.Cancel = func() error { return syscall.Kill(-cmd.Process.Pid, syscall.SIGTERM) }
	cmd.WaitDelay = 10 * time.Second
	return cmd
}

// buildah is a command of buildah's upon the builder's store: root, too, leaves the machine's own alone.
func (b *builder) buildah(ctx context.Context, caches string, args ...string) *exec.Cmd {
	store := []string{"--root", filepath.Join(b.work, "store"), "--runroot", filepath.Join(b.work, "run", "store")}
	return b.command(ctx, caches, "buildah", slices.Concat(store, args)...)
}

// show runs a command and notes on the line what it says; that it fails is told with its last words.
func show(cmd *exec.Cmd, line *fetch.Line) error {
	words, err := cmd.StderrPipe()
	if err != nil {
		return err
	}
	if cmd.Stdout == nil {
		cmd.Stdout = cmd.Stderr // one pipe for both, in the order in which they were said
	}
	if err := process.Bound(cmd); err != nil {
		return err
	}
	var said []string
	for scan := bufio.NewScanner(words); scan.Scan(); {
		text := strings.TrimSpace(scan.Text())
		if text == "" {
			continue
		}
		said = append(said, text)
		line.Note(text[:min(len(text), 70)])
	}
	if err := cmd.Wait(); err != nil {
		line.Fail()
		return fmt.Errorf("%s: %w\n%s", filepath.Base(cmd.Path), err, strings.Join(said[max(0, len(said)-20):], "\n"))
	}
	line.Done()
	return nil
}

// build makes the base images and then all targets, in one or two rounds, and gives the rounds. They share the base images and, unless
// the second one is to be cold, what the Dockerfile mounts as caches.
func (b *builder) build(ctx context.Context, board *fetch.Board, o options, cache string, file dockerfile, targets []string) ([]string, error) {
	args, err := b.bases(ctx, board, cache, file)
	if err != nil {
		return nil, err
	}
	reach, err := reachArguments(ctx, file)
	if err != nil {
		return nil, err
	}
	args = append(args, reach...)
	rounds := []string{"1", "2"}
	if o.once {
		rounds = rounds[:1]
	}
	caches := ""
	for _, round := range rounds {
		if o.cold {
			caches = round
		}
		for _, target := range targets {
			all := slices.Concat([]string{"build", "--timestamp", "0", "--no-cache", "--network", "host"}, args,
				[]string{"--target", target, "--tag", tag(target, round), b.context})
			if err := show(b.buildah(ctx, caches, all...), board.Line(target, "build "+round, 0)); err != nil {
				return nil, fmt.Errorf("build %s: %w", target, err)
			}
		}
	}
	return rounds, nil
}

func tag(target, round string) string { return "localhost/rentora/" + target + ":build-" + round }

// remove takes away all that the builder made. Files of other users in its store can only be removed as these.
func (b *builder) remove() error {
	ctx, cancel := context.WithTimeout(context.Background(), 2*time.Minute)
	defer cancel()
	if b.driver != "" && b.refused == "" {
		_ = b.buildah(ctx, "", "unshare", "sh", "-c", "rm -rf ./*").Run() // what is left over, the next line names
	}
	err := os.RemoveAll(b.work)
	if b.account.name == throwaway {
		err = errors.Join(err, removeAccount(ctx))
	}
	return err
}

func lastLine(text string) string {
	lines := strings.Split(strings.TrimSpace(text), "\n")
	return lines[len(lines)-1]
}
