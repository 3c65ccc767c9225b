package main

import (
	"archive/tar"
	"crypto/sha256"
	"encoding/hex"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"io/fs"
	"maps"
	"os"
	"path"
	"strings"
)

// picture is an image as it lies in an archive of the kind of docker save.
type picture struct {
	user       string
	entrypoint []string
	layers     []string // their sums
	files      map[string]entry
}

// entry is all that an image says of a file but its time.
type entry struct {
	mode     fs.FileMode
	uid, gid int
	size     int64
	link     string
	sum      string
}

func (e entry) shape() string { return fmt.Sprintf("%v %d:%d %s", e.mode, e.uid, e.gid, e.link) }

func (p picture) size() (all int64) {
	for _, e := range p.files {
		all += e.size
	}
	return all
}

func readArchive(file string) (picture, error) {
	in, err := os.Open(file)
	if err != nil {
		return picture{}, err
	}
	defer in.Close()
	texts, layers := map[string][]byte{}, map[string]map[string]entry{}
	for archive := tar.NewReader(in); ; {
		header, err := archive.Next()
		if errors.Is(err, io.EOF) {
			break
		}
		if err != nil {
			return picture{}, err
		}
		switch {
		case header.Typeflag != tar.TypeReg:
		case strings.HasSuffix(header.Name, ".tar"):
			layers[header.Name], err = readLayer(archive)
		case strings.HasSuffix(header.Name, ".json"):
			texts[header.Name], err = io.ReadAll(archive)
		}
		if err != nil {
			return picture{}, fmt.Errorf("%s: %w", header.Name, err)
		}
	}
	return assemble(texts, layers)
}

// assemble follows the manifest, whose layers lie upon each other.
func assemble(texts map[string][]byte, layers map[string]map[string]entry) (picture, error) {
	var manifest []struct {
		Config string
		Layers []string
	}
	if err := json.Unmarshal(texts["manifest.json"], &manifest); err != nil || len(manifest) != 1 {
		return picture{}, fmt.Errorf("want an archive of one image, got %d (%w)", len(manifest), err)
	}
	var config struct {
		Config struct {
			User       string
			Entrypoint []string
		}
		Rootfs struct {
			DiffIDs []string `json:"diff_ids"`
		}
	}
	if err := json.Unmarshal(texts[manifest[0].Config], &config); err != nil {
		return picture{}, fmt.Errorf("%s: %w", manifest[0].Config, err)
	}
	p := picture{user: config.Config.User, entrypoint: config.Config.Entrypoint, layers: config.Rootfs.DiffIDs, files: map[string]entry{}}
	for _, name := range manifest[0].Layers {
		if layers[name] == nil {
			return p, fmt.Errorf("the archive lacks its layer %s", name)
		}
		put(p.files, layers[name])
	}
	return p, nil
}

// put lays a layer upon what is there: a file .wh.NAME takes NAME away, .wh..wh..opq all that its folder held.
func put(files, layer map[string]entry) {
	for name := range layer {
		folder, last := path.Split(name)
		gone, is := strings.CutPrefix(last, ".wh.")
		if !is {
			continue
		}
		removed := folder + gone
		if last == ".wh..wh..opq" {
			removed = strings.TrimSuffix(folder, "/")
		}
		maps.DeleteFunc(files, func(at string, _ entry) bool {
			return at == removed && last != ".wh..wh..opq" || strings.HasPrefix(at, removed+"/")
		})
	}
	for name, e := range layer {
		if !strings.HasPrefix(path.Base(name), ".wh.") {
			files[name] = e
		}
	}
}

func readLayer(in io.Reader) (map[string]entry, error) {
	files := map[string]entry{}
	for layer := tar.NewReader(in); ; {
		header, err := layer.Next()
		if errors.Is(err, io.EOF) {
			return files, nil
		}
		if err != nil {
			return nil, err
		}
		hash := sha256.New()
		if _, err := io.Copy(hash, layer); err != nil {
			return nil, err
		}
		files[path.Join("/", header.Name)] = entry{header.FileInfo().Mode(), header.Uid, header.Gid, header.Size, header.Linkname,
			hex.EncodeToString(hash.Sum(nil))}
	}
}

// differences compares two images: what they hold and what it may, and what is in it.
func differences(a, b picture) (shape, contents []string) {
	for _, name := range sorted(a.files, b.files) {
		one, inA := a.files[name]
		other, inB := b.files[name]
		switch {
		case !inA:
			shape = append(shape, "lacks "+name)
		case !inB:
			shape = append(shape, "has also "+name)
		case one.shape() != other.shape():
			shape = append(shape, fmt.Sprintf("%s is %s, not %s", name, one.shape(), other.shape()))
		case one.sum != other.sum:
			contents = append(contents, name)
		}
	}
	return shape, contents
}
