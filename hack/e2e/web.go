package main

import (
	"context"
	"crypto/sha256"
	"encoding/base64"
	"errors"
	"fmt"
	"io"
	"net/http"
	"os"
	"path/filepath"
	"regexp"
	"strings"

	"github.com/rentora/rentora/hack/stack/stack"
	"github.com/rentora/rentora/hack/web/site"
)

// journeys of web/e2e that a browser takes through the ingress: accounts with their mails, a stay, and the content policies.
var journeys = []string{"account.spec.ts", "booking.spec.ts", "security.spec.ts"}

// people asks for the site's pages as a visitor's browser does, and then lets a browser take journeys of web/e2e.
func people(ctx context.Context, e *env) error {
	c, err := e.visitor(ctx)
	if err != nil {
		return err
	}
	for _, holds := range []func(context.Context, *http.Client) error{home, stay, apart} {
		if err := holds(ctx, c); err != nil {
			return err
		}
	}
	e.note("home, a stay and their files are served over TLS, the API beside them")
	return e.browse(ctx)
}

// page is what the site answered.
type page struct {
	status int
	header http.Header
	body   string
}

// visit asks for a page of the site as a browser does.
func visit(ctx context.Context, c *http.Client, path string) (page, error) {
	req, err := http.NewRequestWithContext(ctx, http.MethodGet, "https://"+domain+path, nil)
	if err != nil {
		return page{}, err
	}
	req.Header.Set("Accept", "text/html")
	resp, err := c.Do(req)
	if err != nil {
		return page{}, err
	}
	defer func() { _ = resp.Body.Close() }()
	body, err := io.ReadAll(resp.Body)
	return page{resp.StatusCode, resp.Header, string(body)}, err
}

var (
	inline = regexp.MustCompile(`(?s)<script(?: id="[^"]*")?>(.*?)</script>`)
	loaded = regexp.MustCompile(`/_next/static/[^"?]+\.(?:js|css)`)
)

// home wants the page, a policy that allows each of its scripts and nothing more, and the files that it names.
func home(ctx context.Context, c *http.Client) error {
	front, err := visit(ctx, c, "/")
	if err != nil {
		return err
	}
	if front.status != http.StatusOK || !strings.Contains(front.body, "<h1") {
		return fmt.Errorf("the home page: %d\n%.300s", front.status, front.body)
	}
	policy, scripts := front.header.Get("Content-Security-Policy"), inline.FindAllStringSubmatch(front.body, -1)
	for _, script := range scripts {
		sum := sha256.Sum256([]byte(script[1]))
		if !strings.Contains(policy, "'sha256-"+base64.StdEncoding.EncodeToString(sum[:])+"'") {
			return fmt.Errorf("the policy %q does not allow the page's own script %.80q", policy, script[1])
		}
	}
	files := loaded.FindAllString(front.body, -1)
	if len(scripts) == 0 || len(files) == 0 || strings.Contains(policy, "unsafe-eval") {
		return fmt.Errorf("the home page has %d scripts, %d files and the policy %q", len(scripts), len(files), policy)
	}
	for _, file := range files {
		got, err := visit(ctx, c, file)
		if err != nil || got.status != http.StatusOK || got.body == "" || !strings.Contains(got.header.Get("Cache-Control"), "immutable") {
			return fmt.Errorf("%s of the home page: %w", file, errors.Join(err, fmt.Errorf("%d %v", got.status, got.header)))
		}
	}
	return nil
}

// stay wants the page of a place that was seeded, with its title and a photograph of the platform's own object store.
func stay(ctx context.Context, c *http.Client) error {
	var hits found
	if status, text, err := (request{url: "https://" + domain + "/api/v1/search/listings?limit=1"}).send(ctx, c, &hits); err != nil || status != http.StatusOK || len(hits.Hits) != 1 {
		return fmt.Errorf("find a place: %d %s %w", status, text, err)
	}
	place, err := visit(ctx, c, "/listings/"+hits.Hits[0].ID)
	if err != nil {
		return err
	}
	if place.status != http.StatusOK || !strings.Contains(place.body, "https://files."+domain+"/") {
		return fmt.Errorf("the page of the place %s: %d, without its photographs", hits.Hits[0].ID, place.status)
	}
	return nil
}

// apart wants what is under /api to be the API's, and what is nowhere to be the site's to say.
func apart(ctx context.Context, c *http.Client) error {
	for path, kind := range map[string]string{"/api/v1/nowhere": "application/json", "/nowhere": "text/html"} {
		got, err := visit(ctx, c, path)
		if err != nil {
			return err
		}
		if got.status != http.StatusNotFound || !strings.HasPrefix(got.header.Get("Content-Type"), kind) {
			return fmt.Errorf("%s should be answered by 404 of %s, is %d of %s", path, kind, got.status, got.header.Get("Content-Type"))
		}
	}
	return nil
}

var passed = regexp.MustCompile(`e2e-web: (\d+) passed, 0 failed`)

// browse takes the journeys in Chromium, which is told where the platform's names lead.
func (e *env) browse(ctx context.Context) error {
	mails, err := e.address(ctx, "mailcatcher", 8025)
	if err != nil {
		return err
	}
	cache, err := stack.Cache()
	if err != nil {
		return err
	}
	web, err := site.Open(ctx, e.root, cache, os.Stdout)
	if err != nil {
		return err
	}
	if err := web.Install(ctx); err != nil {
		return err
	}
	chromium, err := site.Browser(ctx, os.Stdout)
	if err != nil {
		return err
	}
	folder := filepath.Join(e.root, "web")
	cmd := web.Command(ctx, append([]string{"node_modules/@playwright/test/cli.js", "test"}, journeys...)...)
	cmd.Env = append(cmd.Env, "RENTORA_CHROMIUM="+chromium, "RENTORA_PUBLIC_URL=https://"+domain, "RENTORA_MAIL_URL="+mails, "RENTORA_E2E_ADDRESS="+nodeOne,
		"NODE_OPTIONS=--import="+filepath.Join(folder, "e2e", "resolve.mjs"))
	said, err := cmd.CombinedOutput()
	figures := passed.FindStringSubmatch(string(said))
	if err != nil || figures == nil {
		return fmt.Errorf("the journeys in a browser: %w\n%s", err, said)
	}
	e.note("%s journeys in a browser", figures[1])
	return nil
}
