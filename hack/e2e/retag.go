package main

import (
	"archive/tar"
	"bytes"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"os"
)

// retag copies an archive of an image, as of docker save, under another name.
func retag(from, to, tag string) error {
	in, err := os.Open(from)
	if err != nil {
		return err
	}
	defer in.Close()
	out, err := os.Create(to)
	if err != nil {
		return err
	}
	defer out.Close()
	r, w := tar.NewReader(in), tar.NewWriter(out)
	for {
		header, err := r.Next()
		if errors.Is(err, io.EOF) {
			break
		}
		if err != nil {
			return fmt.Errorf("read %s: %w", from, err)
		}
		content := io.Reader(r)
		if header.Name == "manifest.json" {
			renamed, err := rename(r, tag)
			if err != nil {
				return fmt.Errorf("read %s: %w", from, err)
			}
			content, header.Size = bytes.NewReader(renamed), int64(len(renamed))
		}
		if err := w.WriteHeader(header); err != nil {
			return err
		}
		if _, err := io.Copy(w, content); err != nil {
			return err
		}
	}
	if err := w.Close(); err != nil {
		return err
	}
	return out.Close()
}

// rename puts the tag into the archive's manifest.
func rename(manifest io.Reader, tag string) ([]byte, error) {
	var images []map[string]any
	if err := json.NewDecoder(manifest).Decode(&images); err != nil {
		return nil, err
	}
	for _, image := range images {
		image["RepoTags"] = []string{tag}
	}
	return json.Marshal(images)
}
