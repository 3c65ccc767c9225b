package fetch

import (
	"archive/zip"
	"fmt"
	"io"
	"io/fs"
	"os"
	"path"
	"path/filepath"
	"strings"
)

// unzip extracts the files of a wheel for which rename gives a path ("" leaves one out), with their modes.
func unzip(wheel, target string, rename func(name string) string) error {
	archive, err := zip.OpenReader(wheel)
	if err != nil {
		return fmt.Errorf("open %s: %w", filepath.Base(wheel), err)
	}
	defer func() { _ = archive.Close() }()
	for _, file := range archive.File {
		name := rename(file.Name)
		if name == "" || strings.HasSuffix(file.Name, "/") {
			continue
		}
		if !filepath.IsLocal(name) {
			return fmt.Errorf("%s holds the path %q, which leads outside", filepath.Base(wheel), name)
		}
		if err := extract(file, filepath.Join(target, filepath.FromSlash(name))); err != nil {
			return fmt.Errorf("unpack %s: %w", file.Name, err)
		}
	}
	return nil
}

func extract(file *zip.File, to string) error {
	if err := os.MkdirAll(filepath.Dir(to), 0o755); err != nil {
		return err
	}
	in, err := file.Open()
	if err != nil {
		return err
	}
	defer func() { _ = in.Close() }()
	if file.Mode()&fs.ModeSymlink != 0 {
		target, err := io.ReadAll(in)
		if err != nil {
			return err
		}
		return os.Symlink(string(target), to)
	}
	return writeAll(to, in, file.Mode().Perm()|0o600)
}

func writeAll(to string, in io.Reader, mode fs.FileMode) error {
	out, err := os.OpenFile(to, os.O_CREATE|os.O_WRONLY|os.O_TRUNC, mode)
	if err != nil {
		return err
	}
	if _, err := io.Copy(out, in); err != nil {
		_ = out.Close()
		return err
	}
	return out.Close()
}

func everything(name string) string { return name }

// only leaves out all files but those with the base name, which lose their folders.
func only(base string) func(string) string {
	return func(name string) string {
		if path.Base(name) == base {
			return base
		}
		return ""
	}
}
