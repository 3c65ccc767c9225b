package debian

import (
	"os"
	"path/filepath"
	"testing"

	"github.com/google/go-cmp/cmp"
)

// TestLinksStayInTheFolder wants a package's own link from the root to lead to the package's file.
func TestLinksStayInTheFolder(t *testing.T) {
	t.Parallel()
	root := t.TempDir()
	for _, folder := range []string{"etc/java", "usr/lib/java"} {
		if err := os.MkdirAll(filepath.Join(root, folder), 0o755); err != nil {
			t.Fatal(err)
		}
	}
	if err := os.WriteFile(filepath.Join(root, "etc/java/jvm.cfg"), []byte("settings"), 0o644); err != nil {
		t.Fatal(err)
	}
	link, relative := filepath.Join(root, "usr/lib/java/jvm.cfg"), filepath.Join(root, "usr/lib/java/again")
	for at, target := range map[string]string{link: "/etc/java/jvm.cfg", relative: "jvm.cfg"} {
		if err := os.Symlink(target, at); err != nil {
			t.Fatal(err)
		}
	}
	if err := rehang(root); err != nil {
		t.Fatal(err)
	}
	for _, at := range []string{link, relative} {
		if text, err := os.ReadFile(at); err != nil || string(text) != "settings" {
			t.Errorf("%s leads to %q, %v", at, text, err)
		}
	}
}

func TestPackagesOfAnAnswer(t *testing.T) {
	t.Parallel()
	const answer = "Package: redis-tools\nVersion: 5:7.0.15-1~deb12u10\nDepends: libc6\nDescription: x\nSHA256: 0123456789abcdef\n\n" +
		"Package: libc6\nVersion: 2.36-9\nSHA256: fedcba9876543210\n\nPackage: virtual\n\n"
	want := map[string]Package{
		"redis-tools": {"redis-tools", "5:7.0.15-1~deb12u10", "0123456789ab", "/store/redis-tools-0123456789ab"},
		"libc6":       {"libc6", "2.36-9", "fedcba987654", "/store/libc6-fedcba987654"},
	}
	if diff := cmp.Diff(want, Store{Folder: "/store"}.parse(answer)); diff != "" {
		t.Error(diff)
	}
}
