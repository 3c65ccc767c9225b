package main

import (
	"fmt"
	"maps"
	"path"
	"slices"
	"strings"
)

// own says what of a target's image is its own, and what of that may differ.
type own struct {
	within []string               // folders and files, where the rest is the base image's; none: everything
	equal  func(name string) bool // the content depends on the Dockerfile and what it copies alone
	anew   string                 // what each build makes anew; nothing, if two builds must give equal layers
}

const (
	home   = "/app"
	pieces = home + "/.next/static/" // holds a folder that is called as the build is
)

// reproduced are the files that must be equal whoever builds: the others depend on the compiler and the certificates of the base image.
var reproduced = []string{"/etc/passwd", "/etc/group", "/etc/nsswitch.conf"}

// Of the site, Next.js makes keys anew in each build, and puts the folder of the build into what it makes.
var owns = map[string]own{
	"web": {
		within: []string{home, "/usr/local/bin/node"}, anew: "other keys of Next.js",
		equal: func(name string) bool {
			return strings.HasPrefix(name, home+"/") && !strings.HasPrefix(name, home+"/.next/") && name != home+"/server.js"
		},
	},
}

func ownOf(target string) own {
	if o, ok := owns[target]; ok {
		return o
	}
	return own{equal: func(name string) bool { return slices.Contains(reproduced, name) }}
}

// of gives the part of a picture that is the target's own, with one name for the folder that each build of the site calls otherwise.
func (o own) of(p picture) picture {
	if o.within == nil {
		return p
	}
	build := "none"
	for name := range p.files {
		if strings.HasPrefix(name, pieces) && path.Base(name) == "_buildManifest.js" {
			build = path.Dir(name)
		}
	}
	files := map[string]entry{}
	for name, e := range p.files {
		if !slices.ContainsFunc(o.within, func(at string) bool { return name == at || strings.HasPrefix(name, at+"/") }) {
			continue
		}
		if rest, ok := strings.CutPrefix(name, build); ok && (rest == "" || rest[0] == '/') {
			name = pieces + "BUILD" + rest
		}
		files[name] = e
	}
	p.files = files
	return p
}

// compare wants the same files, with the same owners and modes, as in the image that is made without Docker.
func (v *verdict) compare(p, other picture) {
	o := ownOf(v.target)
	shape, contents := differences(o.of(p), o.of(other))
	if len(shape) > 0 {
		v.fail("hack/images makes it otherwise: it %s", strings.Join(shape, ", it "))
	}
	switch {
	case len(contents) > 3:
		v.beside = fmt.Sprintf("but for %d contents", len(contents))
	case len(contents) > 0:
		v.beside = "but for " + strings.Join(contents, ", ")
	case slices.Equal(p.layers, other.layers):
		v.beside = "equal layers"
	default:
		v.beside = "equal contents"
	}
	for _, name := range contents {
		if o.equal(name) {
			v.fail("%s has another content than in hack/images", name)
		}
	}
}

// repeat wants of a second build the same layers; or where each makes something anew, the same files but for that.
func (v *verdict) repeat(first, second picture) {
	v.again = "equal layers"
	if slices.Equal(first.layers, second.layers) {
		return
	}
	o := ownOf(v.target)
	shape, contents := differences(o.of(second), o.of(first))
	if o.anew != "" && len(shape) == 0 && !slices.ContainsFunc(contents, o.equal) {
		v.again = o.anew
		return
	}
	v.again = "other layers"
	v.fail("a second build gave other layers: %s", strings.Join(slices.Concat(shape, contents), ", "))
}

// sorted gives the names in either.
func sorted(a, b map[string]entry) []string {
	return slices.Compact(slices.Sorted(func(yield func(string) bool) {
		for _, m := range []map[string]entry{a, b} {
			for name := range maps.Keys(m) {
				if !yield(name) {
					return
				}
			}
		}
	}))
}
