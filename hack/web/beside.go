package main

import (
	"cmp"
	"context"
	"fmt"
	"os"
	"os/exec"
	"path/filepath"
	"slices"
	"syscall"
	"time"

	"github.com/rentora/rentora/hack/web/site"
)

// beside starts all of Rentora on data of its own, by hack/run, with so many listings if LISTINGS says nothing, and a script of
// Node's beside it.
func beside(ctx context.Context, root string, web *site.Site, listings string, script ...string) error {
	chromium, err := site.Browser(ctx, os.Stdout)
	if err != nil {
		return err
	}
	if err := web.Build(ctx); err != nil {
		return err
	}
	folder := filepath.Join(root, ".rentora", "e2e-web")
	if err := os.RemoveAll(folder); err != nil {
		return err
	}
	node := web.Command(ctx, script...)
	line := append([]string{"run", "./hack/run", "--folder", folder}, node.Args...)
	cmd := exec.CommandContext(ctx, "go", line...)
	cmd.Dir, cmd.Stdout, cmd.Stderr = root, os.Stdout, os.Stderr
	cmd.Env = slices.Concat(node.Env, []string{"RENTORA_CHROMIUM=" + chromium, "LISTINGS=" + cmp.Or(os.Getenv("LISTINGS"), listings)}, unlimited)
	cmd.SysProcAttr = &syscall.SysProcAttr{Setpgid: true} // Ctrl-C reaches us alone; we end it in order
	cmd.Cancel = func() error { return syscall.Kill(-cmd.Process.Pid, syscall.SIGTERM) }
	cmd.WaitDelay = time.Minute
	if err := cmd.Run(); err != nil {
		return fmt.Errorf("%s: %w", filepath.Base(script[0]), err)
	}
	return os.RemoveAll(folder)
}

// All journeys come from one address, and more quickly than people do. What the servers were asked is not what one wants to read then.
var unlimited = []string{
	"RENTORA_LOG_LEVEL=warn",
	"RENTORA_HTTP_LIMIT_READ=0", "RENTORA_HTTP_LIMIT_SEARCH=0", "RENTORA_HTTP_LIMIT_WRITE=0", "RENTORA_HTTP_LIMIT_SIGN_IN=0", "RENTORA_HTTP_LIMIT_UPLOAD=0",
}
