package main

import (
	"slices"
	"strings"
	"testing"
)

// built is an image of the web: Debian's and Node's files, the site, and what one build calls its own.
func built(build, keys string) picture {
	file := func(sum string) entry { return entry{mode: 0o644, sum: sum} }
	return picture{layers: []string{build + keys}, files: map[string]entry{
		"/etc/debian_version":                 file("12"),
		"/usr/local/bin/node":                 {mode: 0o755, sum: "node"},
		"/app/serve.mjs":                      file("serve"),
		"/app/server.js":                      file("paths of " + build),
		"/app/.next/BUILD_ID":                 file(build),
		"/app/.next/keys.json":                file(keys),
		pieces + build:                        {mode: 0o755},
		pieces + build + "/_buildManifest.js": file("pieces"),
		pieces + "chunks/one.js":              file("one"),
	}}
}

func TestBuildsOfTheSiteDifferInWhatNextMakesAnew(t *testing.T) {
	t.Parallel()
	v := verdict{target: "web"}
	v.repeat(built("one", "a"), built("two", "b"))
	if len(v.wrong) > 0 || v.again != owns["web"].anew {
		t.Errorf("two builds are %q, wrong is %q", v.again, v.wrong)
	}
	v.repeat(built("one", "a"), built("one", "a"))
	if len(v.wrong) > 0 || v.again != "equal layers" {
		t.Errorf("the same build is %q, wrong is %q", v.again, v.wrong)
	}
	beside := built("two", "b")
	delete(beside.files, "/etc/debian_version") // hack/images knows no base
	v.compare(built("one", "a"), beside)
	if len(v.wrong) > 0 || v.beside != "but for /app/.next/BUILD_ID, /app/.next/keys.json, /app/server.js" {
		t.Errorf("compared it says %q, wrong is %q", v.beside, v.wrong)
	}
}

func TestOtherFilesOfTheSiteAreSeen(t *testing.T) {
	t.Parallel()
	for name, change := range map[string]func(map[string]entry){
		"lacks " + pieces + "BUILD/_ssgManifest.js":   func(files map[string]entry) { files[pieces+"two/_ssgManifest.js"] = entry{} },
		"has also /app/serve.mjs":                     func(files map[string]entry) { delete(files, "/app/serve.mjs") },
		"/app/serve.mjs has another content":          func(files map[string]entry) { files["/app/serve.mjs"] = entry{mode: 0o644, sum: "other"} },
		"/usr/local/bin/node is -rwxr-xr-x 0:0 , not": func(files map[string]entry) { files["/usr/local/bin/node"] = entry{mode: 0o644, sum: "node"} },
	} {
		v, other := verdict{target: "web"}, built("two", "b")
		change(other.files)
		v.compare(built("one", "a"), other)
		if !slices.ContainsFunc(v.wrong, func(wrong string) bool { return strings.Contains(wrong, name) }) {
			t.Errorf("want %q, got %q", name, v.wrong)
		}
	}
	v, other := verdict{target: "web"}, built("two", "b")
	other.files["/app/serve.mjs"] = entry{mode: 0o644, sum: "other"}
	if v.repeat(built("one", "a"), other); len(v.wrong) != 1 {
		t.Errorf("a second build of another serve.mjs is %q", v.again)
	}
}

func TestProgramsMustGiveEqualLayers(t *testing.T) {
	t.Parallel()
	v := verdict{target: "server"}
	v.repeat(picture{layers: []string{"a"}, files: map[string]entry{"/rentora": {sum: "1"}}}, picture{layers: []string{"b"}, files: map[string]entry{"/rentora": {sum: "2"}}})
	if len(v.wrong) != 1 {
		t.Errorf("other programs are %q", v.again)
	}
}
