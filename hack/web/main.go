// Command web installs, checks and builds the web app in web/; `make run` and `make e2e-web` start it.
package main

import (
	"context"
	"fmt"
	"os"
	"os/signal"
	"slices"
	"syscall"

	"github.com/rentora/rentora/hack/stack/stack"
	"github.com/rentora/rentora/hack/web/site"
)

const usage = `usage: go run ./hack/web VERB

  install     fetches Node if need be, and the packages of web/package-lock.json
  check       compares the generated types with the contract; types, lint, format and unit tests
  build       makes the production build in web/.next
  e2e …       plays the journeys in Chromium against the real servers; arguments go to Playwright
  tour        takes the pictures of docs/tour with a browser, on the real servers
  lighthouse  asks Lighthouse about home, results and a listing on the real servers, and how long a filter takes
`

const playwright = "web/node_modules/@playwright/test/cli.js"

func main() {
	ctx, stop := signal.NotifyContext(context.Background(), os.Interrupt, syscall.SIGTERM)
	defer stop()
	if len(os.Args) < 2 || len(os.Args) > 2 && os.Args[1] != "e2e" {
		fmt.Fprint(os.Stderr, usage)
		os.Exit(2) //nolint:gocritic // nothing has begun
	}
	if err := run(ctx, os.Args[1], os.Args[2:]); err != nil {
		fmt.Fprintln(os.Stderr, "hack/web:", err)
		os.Exit(1)
	}
}

func run(ctx context.Context, verb string, args []string) error {
	root, err := stack.Root()
	if err != nil {
		return err
	}
	cache, err := stack.Cache()
	if err != nil {
		return err
	}
	web, err := site.Open(ctx, root, cache, os.Stdout)
	if err != nil {
		return err
	}
	switch verb {
	case "install":
		return web.Install(ctx)
	case "check":
		return web.Check(ctx)
	case "build":
		return web.Build(ctx)
	case "e2e":
		return beside(ctx, root, web, "200", slices.Concat([]string{playwright, "test", "--config", "web/playwright.config.ts"}, args)...)
	case "tour":
		return beside(ctx, root, web, "1000", playwright, "test", "--config", "web/e2e/tour/playwright.config.ts")
	case "lighthouse":
		return beside(ctx, root, web, "200", "web/scripts/lighthouse.mjs")
	}
	return fmt.Errorf("there is no verb %q; run it without one for the list", verb)
}
