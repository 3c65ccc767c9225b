// Package linker finds the shared objects that the programs of an image need, as the dynamic linker of glibc will.
package linker

import (
	"bytes"
	"debug/elf"
	"fmt"
	"io"
	"os"
	"path"
	"path/filepath"
	"runtime"

	"github.com/rentora/rentora/hack/cluster/image"
)

// Folder is where Debian keeps its libraries, and where its linker looks last.
var Folder = "/lib/" + map[string]string{"amd64": "x86_64-linux-gnu", "arm64": "aarch64-linux-gnu"}[runtime.GOARCH]

// Complete adds to the layer what its programs need and it does not hold, from the first of the folders in which it lies.
// Each of these stands for a /. What is opened by name at run time, a linker cannot know of.
func Complete(l *image.Layer, roots []string) error {
	have := map[string]bool{}
	var queue []string
	for at, source := range l.Files() {
		have[path.Base(at)] = true
		queue = append(queue, source)
	}
	for ; len(queue) > 0; queue = queue[1:] {
		needs, err := read(queue[0])
		if err != nil {
			return fmt.Errorf("%s: %w", queue[0], err)
		}
		for _, at := range needs {
			// A library is found by its name wherever it lies, the linker itself only where the program says: it may have come as a
			// library of another one before.
			if linker := path.Dir(at) != Folder; have[path.Base(at)] && !linker || l.Has(at) {
				continue
			}
			source, err := locate(roots, at)
			if err != nil {
				return fmt.Errorf("%s needs %w", queue[0], err)
			}
			l.File(at, source, 0o755)
			have[path.Base(at)] = true
			queue = append(queue, source)
		}
	}
	return nil
}

// read gives where the program expects its linker and where this will look last for the rest; nothing for other files.
func read(file string) ([]string, error) {
	in, err := os.Open(file)
	if err != nil {
		return nil, err
	}
	defer in.Close()
	start := make([]byte, len(elf.ELFMAG))
	if n, _ := io.ReadFull(in, start); !bytes.Equal(start[:n], []byte(elf.ELFMAG)) {
		return nil, nil
	}
	program, err := elf.NewFile(in)
	if err != nil {
		return nil, err
	}
	var needs []string
	for _, part := range program.Progs {
		if part.Type != elf.PT_INTERP {
			continue
		}
		name, err := io.ReadAll(part.Open())
		if err != nil {
			return nil, err
		}
		needs = append(needs, string(bytes.TrimRight(name, "\x00")))
	}
	names, err := program.ImportedLibraries()
	if err != nil {
		return nil, err
	}
	for _, name := range names {
		needs = append(needs, path.Join(Folder, name))
	}
	return needs, nil
}

func locate(roots []string, at string) (string, error) {
	for _, root := range roots {
		for _, prefix := range []string{"", "/usr"} {
			file := filepath.Join(root, prefix, at)
			if info, err := os.Stat(file); err == nil && info.Mode().IsRegular() {
				return file, nil
			}
		}
	}
	return "", fmt.Errorf("%s, which none of the packages of the image holds", at)
}
