// Package image writes container images from files, without a daemon and without a registry.
package image

import (
	"archive/tar"
	"bytes"
	"crypto/sha256"
	"encoding/hex"
	"encoding/json"
	"os"
	"path"
	"runtime"
	"slices"
)

// Image is one program with the files beside it.
type Image struct {
	Tag        string            // name:tag
	Entrypoint []string          //
	User       string            // "uid:gid", or nothing for root
	Files      map[string]string // path in the image → program on this machine
}

const epoch = "1970-01-01T00:00:00Z"

// Write makes an archive as `docker save` would. The same content gives the same bytes.
func (i Image) Write(file string) error {
	layer, err := i.layer()
	if err != nil {
		return err
	}
	config, err := json.Marshal(map[string]any{
		"architecture": runtime.GOARCH, "os": "linux", "created": epoch,
		"config": map[string]any{"Entrypoint": i.Entrypoint, "User": i.User, "Env": []string{"PATH=/usr/bin:/bin"}},
		"rootfs": map[string]any{"type": "layers", "diff_ids": []string{"sha256:" + sum(layer)}},
	})
	if err != nil {
		return err
	}
	manifest, err := json.Marshal([]map[string]any{
		{"Config": sum(config) + ".json", "RepoTags": []string{i.Tag}, "Layers": []string{sum(layer) + ".tar"}},
	})
	if err != nil {
		return err
	}
	return archive(file, []entry{{sum(layer) + ".tar", layer}, {sum(config) + ".json", config}, {"manifest.json", manifest}})
}

// layer holds the files, a /tmp that anybody may write to, and their folders.
func (i Image) layer() ([]byte, error) {
	var out bytes.Buffer
	w := tar.NewWriter(&out)
	if err := w.WriteHeader(&tar.Header{Typeflag: tar.TypeDir, Name: "tmp/", Mode: 0o1777}); err != nil {
		return nil, err
	}
	names := make([]string, 0, len(i.Files))
	for name := range i.Files {
		names = append(names, name)
	}
	slices.Sort(names)
	for _, name := range names {
		content, err := os.ReadFile(i.Files[name])
		if err != nil {
			return nil, err
		}
		if err := write(w, path.Clean(name)[1:], 0o755, content); err != nil {
			return nil, err
		}
	}
	return out.Bytes(), w.Close()
}

type entry struct {
	name    string
	content []byte
}

func archive(file string, entries []entry) error {
	out, err := os.Create(file)
	if err != nil {
		return err
	}
	defer out.Close()
	w := tar.NewWriter(out)
	for _, e := range entries {
		if err := write(w, e.name, 0o644, e.content); err != nil {
			return err
		}
	}
	if err := w.Close(); err != nil {
		return err
	}
	return out.Close()
}

func write(w *tar.Writer, name string, mode int64, content []byte) error {
	if err := w.WriteHeader(&tar.Header{Typeflag: tar.TypeReg, Name: name, Mode: mode, Size: int64(len(content))}); err != nil {
		return err
	}
	_, err := w.Write(content)
	return err
}

func sum(content []byte) string {
	s := sha256.Sum256(content)
	return hex.EncodeToString(s[:])
}
