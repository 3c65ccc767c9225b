package image

import (
	"archive/tar"
	"errors"
	"fmt"
	"io"
	"io/fs"
	"iter"
	"maps"
	"os"
	"path"
	"path/filepath"
	"slices"
	"strings"
)

// Layer holds the files of an image by their absolute path. The zero value holds nothing. What is put at a path replaces what
// was there; folders above a path come by themselves. Everything belongs to root, but for the folders that say otherwise.
type Layer struct{ entries map[string]entry }

// entry is a tar header without a name, and where the content comes from: a file of this machine, or the text itself.
type entry struct {
	header tar.Header
	source string
	text   string
}

func (l *Layer) put(at string, e entry) {
	if l.entries == nil {
		l.entries = map[string]entry{}
	}
	l.entries[path.Clean("/"+at)] = e
}

// File puts a copy of a file of this machine.
func (l *Layer) File(at, source string, mode int64) {
	l.put(at, entry{header: tar.Header{Typeflag: tar.TypeReg, Mode: mode}, source: source})
}

// Text puts a file with this content.
func (l *Layer) Text(at, content string, mode int64) {
	l.put(at, entry{header: tar.Header{Typeflag: tar.TypeReg, Mode: mode, Size: int64(len(content))}, text: content})
}

// Folder puts a folder of this owner (and of the group with the same number).
func (l *Layer) Folder(at string, mode int64, owner int) {
	l.put(at, entry{header: tar.Header{Typeflag: tar.TypeDir, Mode: mode, Uid: owner, Gid: owner}})
}

// Link puts a symbolic link.
func (l *Layer) Link(at, target string) {
	l.put(at, entry{header: tar.Header{Typeflag: tar.TypeSymlink, Mode: 0o777, Linkname: target}})
}

// Tree puts all files and links below a folder of this machine for which keep answers true to the path from there. Of their
// modes only stays whether they can be run.
func (l *Layer) Tree(at, folder string, keep func(name string) bool) error {
	return filepath.WalkDir(folder, func(source string, found fs.DirEntry, err error) error {
		if err != nil || found.IsDir() {
			return err
		}
		name, err := filepath.Rel(folder, source)
		if err != nil || !keep(filepath.ToSlash(name)) {
			return err
		}
		to := path.Join(at, filepath.ToSlash(name))
		if found.Type()&fs.ModeSymlink != 0 {
			target, err := os.Readlink(source)
			l.Link(to, target)
			return err
		}
		info, err := found.Info()
		if err != nil {
			return err
		}
		mode := int64(0o644)
		if info.Mode()&0o111 != 0 {
			mode = 0o755
		}
		l.File(to, source, mode)
		return nil
	})
}

// Has tells whether something was put at the path.
func (l *Layer) Has(at string) bool {
	_, ok := l.entries[path.Clean("/"+at)]
	return ok
}

// Files gives the path of each copied file with the file of this machine, in order.
func (l *Layer) Files() iter.Seq2[string, string] {
	return func(yield func(at, source string) bool) {
		for _, at := range slices.Sorted(maps.Keys(l.entries)) {
			if source := l.entries[at].source; source != "" && !yield(at, source) {
				return
			}
		}
	}
}

// write makes the tar archive: sorted, without times, and with a /tmp that anybody may write to.
func (l *Layer) write(out io.Writer) error {
	all := maps.Clone(l.entries)
	if all == nil {
		all = map[string]entry{}
	}
	all["/tmp"] = entry{header: tar.Header{Typeflag: tar.TypeDir, Mode: 0o1777}}
	for at := range l.entries {
		for above := path.Dir(at); above != "/"; above = path.Dir(above) {
			if _, ok := all[above]; !ok {
				all[above] = entry{header: tar.Header{Typeflag: tar.TypeDir, Mode: 0o755}}
			}
		}
	}
	w := tar.NewWriter(out)
	for _, at := range slices.Sorted(maps.Keys(all)) {
		if err := all[at].write(w, at[1:]); err != nil {
			return fmt.Errorf("%s: %w", at, err)
		}
	}
	return w.Close()
}

func (e entry) write(w *tar.Writer, name string) error {
	header := e.header
	header.Name = name
	switch {
	case header.Typeflag == tar.TypeDir:
		header.Name += "/"
		return w.WriteHeader(&header)
	case e.source == "":
		if err := w.WriteHeader(&header); err != nil {
			return err
		}
		_, err := io.Copy(w, strings.NewReader(e.text))
		return err
	}
	in, err := os.Open(e.source)
	if err != nil {
		return err
	}
	defer in.Close()
	info, err := in.Stat()
	if err != nil {
		return err
	}
	if !info.Mode().IsRegular() {
		return errors.New(e.source + " is no file")
	}
	header.Size = info.Size()
	if err := w.WriteHeader(&header); err != nil {
		return err
	}
	_, err = io.Copy(w, in)
	return err
}
