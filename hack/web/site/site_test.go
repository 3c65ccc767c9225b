package site

import (
	"os"
	"path/filepath"
	"testing"
)

func TestAtLeast(t *testing.T) {
	t.Parallel()
	for version, want := range map[string]bool{
		"v20.9.0": true, "v20.10.0": true, "v24.0.1": true, "v20.8.9": false, "v18.20.4": false, "20.9.0": false, "": false, "v20": false,
	} {
		if got := atLeast(version, "v20.9.0"); got != want {
			t.Errorf("atLeast(%q) = %v, want %v", version, got, want)
		}
	}
}

func TestSourcesFollowTheFiles(t *testing.T) {
	t.Parallel()
	s := &Site{folder: t.TempDir()}
	write := func(name, text string) {
		t.Helper()
		path := filepath.Join(s.folder, name)
		if err := os.MkdirAll(filepath.Dir(path), 0o755); err != nil {
			t.Fatal(err)
		}
		if err := os.WriteFile(path, []byte(text), 0o600); err != nil {
			t.Fatal(err)
		}
	}
	digest := func() string {
		t.Helper()
		got, err := s.sources()
		if err != nil {
			t.Fatal(err)
		}
		return got
	}
	write("app/page.tsx", "one")
	first := digest()
	write("node_modules/x/index.js", "not ours")
	write(".next/build-manifest.json", "made")
	if digest() != first {
		t.Error("what is fetched or made changed the digest of the sources")
	}
	write("app/page.tsx", "two")
	second := digest()
	if second == first {
		t.Error("another text did not change the digest")
	}
	write("app/other.tsx", "")
	if digest() == second {
		t.Error("another file did not change the digest")
	}
}
