package main

import (
	"context"
	"fmt"
	"net/url"
	"os"
	"strings"
	"syscall"
	"time"

	"github.com/rentora/rentora/hack/stack/stack"
	"github.com/rentora/rentora/hack/web/site"
)

// webServer is the web of this checkout, ready to start.
type webServer struct {
	site *site.Site
	args []string // of Node
}

// openWeb prepares the web in one of its ways of running; nil for none.
func openWeb(ctx context.Context, root, way string) (*webServer, error) {
	if way == "none" {
		return nil, nil //nolint:nilnil // none was asked for
	}
	cache, err := stack.Cache()
	if err != nil {
		return nil, err
	}
	web, err := site.Open(ctx, root, cache, os.Stdout)
	if err != nil {
		return nil, err
	}
	switch way {
	case "built":
		step("Building the web")
		return &webServer{site: web, args: []string{"serve.mjs"}}, web.Build(ctx)
	case "dev":
		return &webServer{site: web, args: []string{"node_modules/next/dist/bin/next", "dev"}}, web.Install(ctx)
	}
	return nil, fmt.Errorf("--web is built, dev or none, not %q", way)
}

// start runs the web and waits until it answers.
func (w *webServer) start(ctx context.Context, environment []string) (*running, error) {
	public := lookup(environment, "RENTORA_PUBLIC_URL")
	at, err := url.Parse(public)
	if err != nil {
		return nil, err
	}
	cmd := w.site.Command(context.WithoutCancel(ctx), w.args...)
	cmd.Stdout, cmd.Stderr = os.Stdout, os.Stderr
	cmd.SysProcAttr = &syscall.SysProcAttr{Setpgid: true} // Ctrl-C reaches us alone; we end it in order
	cmd.Cancel = func() error { return cmd.Process.Signal(syscall.SIGTERM) }
	cmd.WaitDelay = 30 * time.Second
	cmd.Env = append(cmd.Env, "HOSTNAME="+at.Hostname(), "PORT="+at.Port(), "RENTORA_PUBLIC_URL="+public, "RENTORA_WEB_DESIGN=true",
		"RENTORA_WEB_API_URL=http://"+lookup(environment, "RENTORA_HTTP_ADDR"),
		"RENTORA_WEB_FILES_ORIGINS="+strings.Join(filesOrigins(environment), ","))
	pages, err := start(cmd)
	if err != nil {
		return nil, err
	}
	if err := awaitReady(ctx, "the web", public+"/healthz", pages.ended); err != nil {
		pages.stop()
		return nil, err
	}
	return pages, nil
}

// filesOrigins are where photographs come from and go to.
func filesOrigins(environment []string) []string {
	var list []string
	for _, name := range []string{"RENTORA_S3_PUBLIC_ENDPOINT", "RENTORA_S3_ENDPOINT", "RENTORA_S3_CDN_BASE_URL"} {
		if value := lookup(environment, name); value != "" {
			list = append(list, value)
		}
	}
	return list
}
