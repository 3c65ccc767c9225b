package main

import (
	"archive/tar"
	"bytes"
	"io/fs"
	"maps"
	"os"
	"path/filepath"
	"slices"
	"testing"

	"github.com/google/go-cmp/cmp"
)

// pack makes an archive of headers; what stands behind a name in content is in the file.
func pack(t *testing.T, content map[string]string, headers ...tar.Header) string {
	t.Helper()
	var out bytes.Buffer
	w := tar.NewWriter(&out)
	for _, h := range headers {
		h.Size = int64(len(content[h.Name]))
		if err := w.WriteHeader(&h); err != nil {
			t.Fatal(err)
		}
		if _, err := w.Write([]byte(content[h.Name])); err != nil {
			t.Fatal(err)
		}
	}
	if err := w.Close(); err != nil {
		t.Fatal(err)
	}
	return out.String()
}

func regular(name string, mode int64) tar.Header {
	return tar.Header{Typeflag: tar.TypeReg, Name: name, Mode: mode}
}

// archived gives an image of two layers as buildah writes it, with the links and texts of an older kind between.
func archived(t *testing.T) string {
	t.Helper()
	lower := pack(t, map[string]string{"a/kept": "k", "a/gone": "g", "b/old": "o"}, tar.Header{Typeflag: tar.TypeDir, Name: "a/", Mode: 0o755},
		regular("a/kept", 0o644), regular("a/gone", 0o644), regular("b/old", 0o644))
	upper := pack(t, map[string]string{"b/new": "nn"}, regular("a/.wh.gone", 0), regular("b/.wh..wh..opq", 0), regular("b/new", 0o755))
	file := filepath.Join(t.TempDir(), "image.tar")
	text := pack(t, map[string]string{
		"upper.tar": upper, "lower.tar": lower, "old/json": "{}", "old/VERSION": "1.0",
		"config.json":   `{"config": {"User": "65532:65532", "Entrypoint": ["/b/new"]}, "rootfs": {"diff_ids": ["sha256:1", "sha256:2"]}}`,
		"manifest.json": `[{"Config": "config.json", "Layers": ["lower.tar", "upper.tar"]}]`,
	}, regular("upper.tar", 0o444), regular("lower.tar", 0o444), tar.Header{Typeflag: tar.TypeSymlink, Name: "old/layer.tar", Linkname: "../lower.tar"},
		regular("old/VERSION", 0o444), regular("old/json", 0o444), regular("config.json", 0o444), regular("manifest.json", 0o444))
	if err := os.WriteFile(file, []byte(text), 0o644); err != nil {
		t.Fatal(err)
	}
	return file
}

func TestLayersLieUponEachOther(t *testing.T) {
	t.Parallel()
	p, err := readArchive(archived(t))
	if err != nil {
		t.Fatal(err)
	}
	if p.user != "65532:65532" || !slices.Equal(p.entrypoint, []string{"/b/new"}) || !slices.Equal(p.layers, []string{"sha256:1", "sha256:2"}) {
		t.Errorf("read %+v", p)
	}
	if diff := cmp.Diff([]string{"/a", "/a/kept", "/b/new"}, slices.Sorted(maps.Keys(p.files))); diff != "" {
		t.Error(diff)
	}
	if p.size() != 3 {
		t.Errorf("want 3 bytes, got %d", p.size())
	}
}

func TestDifferences(t *testing.T) {
	t.Parallel()
	one, err := readArchive(archived(t))
	if err != nil {
		t.Fatal(err)
	}
	if shape, contents := differences(one, one); len(shape)+len(contents) > 0 {
		t.Errorf("an image differs from itself: %q %q", shape, contents)
	}
	other := one
	other.files = maps.Clone(one.files)
	delete(other.files, "/a")
	kept, changed := one.files["/a/kept"], one.files["/b/new"]
	kept.mode |= fs.ModeSetuid
	changed.sum = "another"
	other.files["/a/kept"], other.files["/b/new"], other.files["/more"] = kept, changed, entry{}
	shape, contents := differences(one, other)
	want := []string{"has also /a", "/a/kept is -rw-r--r-- 0:0 , not urw-r--r-- 0:0 ", "lacks /more"}
	if diff := cmp.Diff(want, shape); diff != "" {
		t.Error(diff)
	}
	if diff := cmp.Diff([]string{"/b/new"}, contents); diff != "" {
		t.Error(diff)
	}
}
