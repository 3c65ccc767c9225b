package image

import (
	"archive/tar"
	"bytes"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"
)

// program is a file of this machine.
func program(t *testing.T) string {
	t.Helper()
	file := filepath.Join(t.TempDir(), "program")
	if err := os.WriteFile(file, []byte("a program"), 0o700); err != nil {
		t.Fatal(err)
	}
	return file
}

// read gives the members of an archive, each as a line, and the content by name.
func read(t *testing.T, archive io.Reader) (lines []string, content map[string][]byte) {
	t.Helper()
	content = map[string][]byte{}
	for r := tar.NewReader(archive); ; {
		h, err := r.Next()
		if errors.Is(err, io.EOF) {
			return lines, content
		}
		if err != nil {
			t.Fatal(err)
		}
		if content[h.Name], err = io.ReadAll(r); err != nil {
			t.Fatal(err)
		}
		lines = append(lines, fmt.Sprintf("%s %o %d:%d %d %s", h.Name, h.Mode, h.Uid, h.Gid, h.ModTime.Unix(), h.Linkname))
	}
}

func TestTheSameContentGivesTheSameBytes(t *testing.T) {
	t.Parallel()
	source := program(t)
	var written [2][]byte
	for n := range written {
		i := Image{Tag: "localhost/test:dev", Entrypoint: []string{"/bin/program"}}
		for _, at := range []string{"/z", "/a", "/bin/program"} {
			i.Layer.File(at, source, 0o755)
		}
		file := filepath.Join(t.TempDir(), "image.tar")
		if err := i.Write(file); err != nil {
			t.Fatal(err)
		}
		var err error
		if written[n], err = os.ReadFile(file); err != nil {
			t.Fatal(err)
		}
		if left, _ := filepath.Glob(file + ".*"); len(left) > 0 {
			t.Errorf("left beside the archive: %v", left)
		}
	}
	if !bytes.Equal(written[0], written[1]) {
		t.Error("two archives of the same image differ")
	}
}

func TestTheLayerHoldsTheFiles(t *testing.T) {
	t.Parallel()
	tree := t.TempDir()
	for name, mode := range map[string]os.FileMode{"run": 0o700, "read": 0o600, "left-out": 0o600} {
		if err := os.WriteFile(filepath.Join(tree, name), nil, mode); err != nil {
			t.Fatal(err)
		}
	}
	if err := os.Symlink("run", filepath.Join(tree, "link")); err != nil {
		t.Fatal(err)
	}
	var l Layer
	l.File("/bin/program", program(t), 0o755)
	l.Text("/etc/passwd", "root", 0o644)
	l.Folder("/data", 0o700, 999)
	l.Link("/bin/sh", "program")
	if err := l.Tree("/opt/tree", tree, func(name string) bool { return name != "left-out" }); err != nil {
		t.Fatal(err)
	}
	var out bytes.Buffer
	if err := l.write(&out); err != nil {
		t.Fatal(err)
	}
	got, content := read(t, &out)
	want := []string{
		"bin/ 755 0:0 0 ", "bin/program 755 0:0 0 ", "bin/sh 777 0:0 0 program", "data/ 700 999:999 0 ",
		"etc/ 755 0:0 0 ", "etc/passwd 644 0:0 0 ", "opt/ 755 0:0 0 ", "opt/tree/ 755 0:0 0 ", "opt/tree/link 777 0:0 0 run",
		"opt/tree/read 644 0:0 0 ", "opt/tree/run 755 0:0 0 ", "tmp/ 1777 0:0 0 ",
	}
	if diff := cmp.Diff(want, got); diff != "" {
		t.Error(diff)
	}
	if string(content["bin/program"]) != "a program" || string(content["etc/passwd"]) != "root" {
		t.Errorf("the files hold %q", content)
	}
}

// TestTheArchiveDescribesItsLayer follows the names from the manifest on, as an import does.
func TestTheArchiveDescribesItsLayer(t *testing.T) {
	t.Parallel()
	i := Image{Tag: "localhost/test:dev", User: "999:999", WorkingDir: "/data", Env: []string{"PATH=/x"}}
	i.Layer.File("/x/program", program(t), 0o755)
	file := filepath.Join(t.TempDir(), "image.tar")
	if err := i.Write(file); err != nil {
		t.Fatal(err)
	}
	archive, err := os.Open(file)
	if err != nil {
		t.Fatal(err)
	}
	defer archive.Close()
	_, content := read(t, archive)
	var manifest []struct {
		Config           string
		RepoTags, Layers []string
	}
	if err := json.Unmarshal(content["manifest.json"], &manifest); err != nil {
		t.Fatal(err)
	}
	layer := content[manifest[0].Layers[0]]
	for _, want := range []string{`"sha256:` + sum(layer) + `"`, `"User":"999:999"`, `"WorkingDir":"/data"`, `"Env":["PATH=/x"]`} {
		if config := string(content[manifest[0].Config]); !strings.Contains(config, want) {
			t.Errorf("the configuration lacks %s: %s", want, config)
		}
	}
	if lines, _ := read(t, bytes.NewReader(layer)); len(lines) != 3 {
		t.Errorf("the layer holds %v", lines)
	}
}
