package trial

import (
	"archive/tar"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"os"
	"path/filepath"
	"strings"
)

// config is what an image says of itself.
type config struct {
	Config struct {
		User string
		Env  []string
	}
}

// unpack puts the files of an image's layer into a folder, with their modes and owners.
func unpack(file, root string) (config, error) {
	var c config
	in, err := os.Open(file)
	if err != nil {
		return c, err
	}
	defer in.Close()
	for archive := tar.NewReader(in); ; {
		header, err := archive.Next()
		if errors.Is(err, io.EOF) {
			return c, nil
		}
		switch {
		case err != nil:
			return c, err
		case strings.HasSuffix(header.Name, ".tar"):
			err = unpackLayer(archive, root)
		case header.Name != "manifest.json":
			err = json.NewDecoder(archive).Decode(&c)
		}
		if err != nil {
			return c, fmt.Errorf("%s: %w", header.Name, err)
		}
	}
}

func unpackLayer(in io.Reader, root string) error {
	for layer := tar.NewReader(in); ; {
		header, err := layer.Next()
		if errors.Is(err, io.EOF) {
			return nil
		}
		if err != nil {
			return err
		}
		if !filepath.IsLocal(header.Name) {
			return fmt.Errorf("the path %q leads outside", header.Name)
		}
		if err := extract(layer, header, filepath.Join(root, header.Name)); err != nil {
			return err
		}
	}
}

func extract(layer io.Reader, header *tar.Header, to string) error {
	mode := header.FileInfo().Mode()
	switch header.Typeflag {
	case tar.TypeSymlink:
		return os.Symlink(header.Linkname, to)
	case tar.TypeDir:
		if err := os.Mkdir(to, 0o755); err != nil {
			return err
		}
	default:
		out, err := os.OpenFile(to, os.O_CREATE|os.O_EXCL|os.O_WRONLY, 0o600)
		if err != nil {
			return err
		}
		defer out.Close()
		if _, err := io.Copy(out, layer); err != nil {
			return err
		}
		if err := out.Close(); err != nil {
			return err
		}
	}
	if err := os.Lchown(to, header.Uid, header.Gid); err != nil {
		return err
	}
	if err := os.Chmod(to, mode); err != nil {
		return err
	}
	return os.Chtimes(to, header.ModTime, header.ModTime)
}
