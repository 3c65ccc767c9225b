package main

import (
	"errors"
	"io/fs"
	"os"
	"path/filepath"
	"testing"
)

func TestAFolderIsMadeForEverybodyAndRemovedWithItsContent(t *testing.T) {
	t.Parallel()
	folder := filepath.Join(t.TempDir(), "pvc-1")
	for range 2 { // the provisioner may ask again
		if err := run("create", folder); err != nil {
			t.Fatal(err)
		}
	}
	info, err := os.Stat(folder)
	if err != nil {
		t.Fatal(err)
	}
	if info.Mode().Perm() != 0o777 {
		t.Errorf("the folder has the mode %v", info.Mode())
	}
	if err := os.WriteFile(filepath.Join(folder, "data"), []byte("x"), 0o600); err != nil {
		t.Fatal(err)
	}
	for range 2 {
		if err := run("delete", folder); err != nil {
			t.Fatal(err)
		}
	}
	if _, err := os.Stat(folder); !errors.Is(err, fs.ErrNotExist) {
		t.Errorf("the folder is still there: %v", err)
	}
}

func TestNeitherTheRootNorARelativeFolderIsTouched(t *testing.T) {
	t.Parallel()
	for _, folder := range []string{"", "/", "//", "pvc-1"} {
		if err := run("delete", folder); err == nil {
			t.Errorf("%q is taken", folder)
		}
	}
	if err := run("resize", t.TempDir()); err == nil {
		t.Error("an action that does not exist is taken")
	}
}
