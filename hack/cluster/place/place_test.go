package place

import (
	"os"
	"path/filepath"
	"testing"
)

func TestRemoveLeavesWhatIsNotTheClusters(t *testing.T) {
	t.Parallel()
	folder := Folder(t.TempDir())
	for _, path := range []string{folder.Kubeconfig(), filepath.Join(folder.Keys(), "ca.crt"), filepath.Join(folder.Node(2), "etcd", "x")} {
		if err := os.MkdirAll(filepath.Dir(path), 0o700); err != nil {
			t.Fatal(err)
		}
		if err := os.WriteFile(path, nil, 0o600); err != nil {
			t.Fatal(err)
		}
	}
	foreign := filepath.Join(string(folder), "mine")
	if err := os.WriteFile(foreign, nil, 0o600); err != nil {
		t.Fatal(err)
	}
	if err := folder.Remove(); err != nil {
		t.Fatal(err)
	}
	left, err := filepath.Glob(filepath.Join(string(folder), "*"))
	if err != nil || len(left) != 1 || left[0] != foreign {
		t.Errorf("left are %v (%v), not %s alone", left, err, foreign)
	}
	if err := os.Remove(foreign); err != nil {
		t.Fatal(err)
	}
	if err := folder.Remove(); err != nil {
		t.Fatal(err)
	}
	if _, err := os.Stat(string(folder)); err == nil {
		t.Error("the empty folder stays")
	}
}
