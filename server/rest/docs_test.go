package rest_test

import (
	"net/http"
	"regexp"
	"strings"
	"testing"
)

var loaded = regexp.MustCompile(`(?:src|href)="([^"]+)"`)

func TestTheReferencePageLoadsFromHereAlone(t *testing.T) {
	t.Parallel()
	d := open(t, nil, nil, nil)
	page := d.ask(http.MethodGet, "/api/v1/docs", "")
	if page.Status != 200 || !strings.HasPrefix(page.Header.Get("Content-Type"), "text/html") {
		t.Fatalf("%d %s", page.Status, page.Header)
	}
	policy := page.Header.Get("Content-Security-Policy")
	if !strings.Contains(policy, "default-src 'none'") || !strings.Contains(policy, "script-src 'self';") || strings.Contains(page.Body, "<script>") {
		t.Errorf("the policy is %s", policy)
	}
	files := loaded.FindAllStringSubmatch(page.Body, -1)
	if len(files) != 5 {
		t.Errorf("the page names %v", files)
	}
	for _, f := range files {
		if strings.Contains(f[1], "//") {
			t.Errorf("%s is of somebody else", f[1])
		}
		for _, encoding := range []string{"identity", "gzip"} {
			if r := d.ask(http.MethodGet, "/api/v1/"+f[1], "", "Accept-Encoding", encoding); r.Status != 200 || len(r.Body) < 100 ||
				r.Header.Get("Content-Type") == "" {
				t.Errorf("%s as %s: %d, %d bytes, %s", f[1], encoding, r.Status, len(r.Body), r.Header)
			}
		}
	}
	for _, path := range []string{"/api/v1/docs/index.html", "/api/v1/docs/..%2Fdocs.go", "/api/v1/docs/nothing.js"} {
		d.fails(404, http.MethodGet, path, "")
	}
}
