package linker

import (
	"os"
	"path"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"github.com/rentora/rentora/hack/cluster/image"
)

// system is a program of this machine that needs at least the C library.
func system(t *testing.T) string {
	t.Helper()
	for _, program := range []string{"/bin/bash", "/bin/ls", "/usr/bin/env"} {
		if needs, err := read(program); err == nil && len(needs) > 1 {
			return program
		}
	}
	t.Fatal("this machine has no program that is linked dynamically")
	return ""
}

func paths(l *image.Layer) []string {
	var all []string
	for at := range l.Files() {
		all = append(all, at)
	}
	return all
}

func TestComplete(t *testing.T) {
	t.Parallel()
	var l image.Layer
	l.File("/bin/program", system(t), 0o755)
	l.Text("/etc/passwd", "", 0o644)
	if err := Complete(&l, []string{"/"}); err != nil {
		t.Fatal(err)
	}
	all := paths(&l)
	for _, part := range []string{"/ld-linux", Folder + "/libc.so.6"} {
		if !slices.ContainsFunc(all, func(at string) bool { return strings.Contains(at, part) }) {
			t.Errorf("%s is missing in %v", part, all)
		}
	}
	if err := Complete(&l, nil); err != nil {
		t.Errorf("what is complete needs more: %v", err)
	}
}

// TestTheLinkerIsWhereTheProgramSays has the linker among the libraries before, as another library's need.
func TestTheLinkerIsWhereTheProgramSays(t *testing.T) {
	t.Parallel()
	program := system(t)
	needs, err := read(program)
	if err != nil {
		t.Fatal(err)
	}
	linker, err := locate([]string{"/"}, needs[0])
	if err != nil {
		t.Fatal(err)
	}
	var l image.Layer
	l.File(path.Join(Folder, path.Base(needs[0])), linker, 0o755)
	l.File("/bin/program", program, 0o755)
	if err := Complete(&l, []string{"/"}); err != nil {
		t.Fatal(err)
	}
	if !l.Has(needs[0]) {
		t.Errorf("%s wants its linker at %s; there is %v", program, needs[0], paths(&l))
	}
}

func TestWhatIsMissingIsNamed(t *testing.T) {
	t.Parallel()
	var l image.Layer
	program := system(t)
	l.File("/bin/program", program, 0o755)
	if err := Complete(&l, []string{t.TempDir()}); err == nil || !strings.Contains(err.Error(), program+" needs /lib") {
		t.Errorf("it says %v", err)
	}
}

// TestOtherFiles wants what is no program to need nothing.
func TestOtherFiles(t *testing.T) {
	t.Parallel()
	var l image.Layer
	for _, text := range []string{"", "x", "#!/bin/sh\nexit 0\n"} {
		file := filepath.Join(t.TempDir(), "file")
		if err := os.WriteFile(file, []byte(text), 0o755); err != nil {
			t.Fatal(err)
		}
		l.File("/file", file, 0o755)
		if err := Complete(&l, nil); err != nil || len(paths(&l)) != 1 {
			t.Errorf("%q needs %v, %v", text, paths(&l), err)
		}
	}
}
