package image

import (
	"archive/tar"
	"bytes"
	"errors"
	"io"
	"os"
	"path/filepath"
	"testing"

	"github.com/google/go-cmp/cmp"
)

func TestTheSameContentGivesTheSameBytes(t *testing.T) {
	t.Parallel()
	folder := t.TempDir()
	program := filepath.Join(folder, "program")
	if err := os.WriteFile(program, []byte("a program"), 0o700); err != nil {
		t.Fatal(err)
	}
	i := Image{Tag: "localhost/test:dev", Entrypoint: []string{"/bin/program"}, Files: map[string]string{"/bin/program": program, "/a": program, "/z": program}}
	var written [2][]byte
	for n := range written {
		file := filepath.Join(folder, "image.tar")
		if err := i.Write(file); err != nil {
			t.Fatal(err)
		}
		var err error
		if written[n], err = os.ReadFile(file); err != nil {
			t.Fatal(err)
		}
	}
	if !bytes.Equal(written[0], written[1]) {
		t.Error("two archives of the same image differ")
	}
}

func TestTheLayerHoldsTheFiles(t *testing.T) {
	t.Parallel()
	program := filepath.Join(t.TempDir(), "program")
	if err := os.WriteFile(program, []byte("a program"), 0o600); err != nil {
		t.Fatal(err)
	}
	layer, err := Image{Files: map[string]string{"/bin/program": program}}.layer()
	if err != nil {
		t.Fatal(err)
	}
	got := map[string]int64{}
	for r := tar.NewReader(bytes.NewReader(layer)); ; {
		header, err := r.Next()
		if errors.Is(err, io.EOF) {
			break
		}
		if err != nil {
			t.Fatal(err)
		}
		got[header.Name] = header.Mode
	}
	if diff := cmp.Diff(map[string]int64{"tmp/": 0o1777, "bin/program": 0o755}, got); diff != "" {
		t.Error(diff)
	}
}
