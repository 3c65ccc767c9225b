package main

import (
	"testing"

	"github.com/google/go-cmp/cmp"
)

func TestTargetsAreWhatNothingStandsOn(t *testing.T) {
	t.Parallel()
	const text = `# FROM nothing AS remark
ARG GO_IMAGE=docker.io/library/golang:1.26
ARG BASE_IMAGE=scratch
FROM --platform=linux/amd64 ${GO_IMAGE} AS source
ARG GOPROXY
RUN --mount=type=cache,target=/go/pkg/mod \
    --mount=type=bind,from=tools,target=/tools go build
FROM scratch AS tools
FROM source AS build
from ${BASE_IMAGE} as server
COPY --from=build --chown=1:1 /made /
FROM server AS server-debug
FROM scratch AS web
`
	got := parse(text)
	want := dockerfile{
		targets: []string{"server-debug", "web"}, arguments: []string{"GO_IMAGE", "BASE_IMAGE", "GOPROXY"},
		bases: map[string]string{"GO_IMAGE": "docker.io/library/golang:1.26", "BASE_IMAGE": "scratch"},
		uses: map[string][]string{
			"source": {"${GO_IMAGE}", "tools"}, "tools": {"scratch"}, "build": {"source"}, "server": {"${BASE_IMAGE}", "build"},
			"server-debug": {"server"}, "web": {"scratch"},
		},
	}
	if diff := cmp.Diff(want, got, cmp.AllowUnexported(dockerfile{})); diff != "" {
		t.Error(diff)
	}
	if chosen, err := got.choose(nil); err != nil || len(chosen) != 2 {
		t.Errorf("no names choose %v, %v", chosen, err)
	}
	if _, err := got.choose([]string{"source"}); err == nil {
		t.Error("a stage on which others stand was taken for a target")
	}
	if diff := cmp.Diff(got.bases, got.basesOf([]string{"server-debug"})); diff != "" {
		t.Errorf("server-debug stands on all bases: %s", diff)
	}
	if bases := got.basesOf([]string{"web"}); len(bases) > 0 {
		t.Errorf("web stands on no base, got %v", bases)
	}
}

// TestEveryBaseIsMade wants of our own Dockerfile that it can be built without a registry.
func TestEveryBaseIsMade(t *testing.T) {
	t.Parallel()
	d, err := readDockerfile("../../Dockerfile")
	if err != nil {
		t.Fatal(err)
	}
	if len(d.targets) < 2 || len(d.bases) < 2 {
		t.Fatalf("found the targets %q and the bases %v", d.targets, d.bases)
	}
	for name, image := range d.bases {
		if _, ok := madeHere[name]; !ok && image != "scratch" {
			t.Errorf("%s is not made here: add it to madeHere", name)
		}
	}
}
