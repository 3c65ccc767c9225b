// Package image writes container images from files, without a daemon and without a registry.
package image

import (
	"archive/tar"
	"bytes"
	"crypto/sha256"
	"encoding/hex"
	"encoding/json"
	"io"
	"os"
	"runtime"
)

// Image is one layer, with what a runtime must know of it.
type Image struct {
	Tag        string // name:tag
	Entrypoint []string
	User       string   // "uid:gid", or nothing for root
	WorkingDir string   // nothing for /
	Env        []string // nothing for a PATH of /usr/bin and /bin
	Layer      Layer
}

const epoch = "1970-01-01T00:00:00Z"

// Write makes an archive as `docker save` would. The same content gives the same bytes. The layer lies beside the archive
// while it is written, because its size and its sum stand before it.
func (i Image) Write(file string) error {
	layer, err := os.Create(file + ".layer")
	if err != nil {
		return err
	}
	defer func() { _ = os.Remove(layer.Name()) }()
	defer layer.Close()
	hash := sha256.New()
	if err := i.Layer.write(io.MultiWriter(layer, hash)); err != nil {
		return err
	}
	size, err := layer.Seek(0, io.SeekCurrent)
	if err != nil {
		return err
	}
	if _, err := layer.Seek(0, io.SeekStart); err != nil {
		return err
	}
	id := hex.EncodeToString(hash.Sum(nil))
	config, manifest, err := i.describe(id)
	if err != nil {
		return err
	}
	return archive(file, []member{{id + ".tar", size, layer}, small(sum(config)+".json", config), small("manifest.json", manifest)})
}

// describe gives the two documents about the image whose layer has the id.
func (i Image) describe(layer string) (config, manifest []byte, err error) {
	env := i.Env
	if env == nil {
		env = []string{"PATH=/usr/bin:/bin"}
	}
	config, err = json.Marshal(map[string]any{
		"architecture": runtime.GOARCH, "os": "linux", "created": epoch,
		"config": map[string]any{"Entrypoint": i.Entrypoint, "User": i.User, "WorkingDir": i.WorkingDir, "Env": env},
		"rootfs": map[string]any{"type": "layers", "diff_ids": []string{"sha256:" + layer}},
	})
	if err != nil {
		return nil, nil, err
	}
	manifest, err = json.Marshal([]map[string]any{
		{"Config": sum(config) + ".json", "RepoTags": []string{i.Tag}, "Layers": []string{layer + ".tar"}},
	})
	return config, manifest, err
}

// member is one file of the archive.
type member struct {
	name    string
	size    int64
	content io.Reader
}

func small(name string, content []byte) member {
	return member{name, int64(len(content)), bytes.NewReader(content)}
}

func archive(file string, members []member) error {
	out, err := os.Create(file)
	if err != nil {
		return err
	}
	defer out.Close()
	w := tar.NewWriter(out)
	for _, m := range members {
		if err := w.WriteHeader(&tar.Header{Typeflag: tar.TypeReg, Name: m.name, Mode: 0o644, Size: m.size}); err != nil {
			return err
		}
		if _, err := io.Copy(w, m.content); err != nil {
			return err
		}
	}
	if err := w.Close(); err != nil {
		return err
	}
	return out.Close()
}

func sum(content []byte) string {
	s := sha256.Sum256(content)
	return hex.EncodeToString(s[:])
}
