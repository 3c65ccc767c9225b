package main

import (
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"testing"
)

// deploy runs hack/deploy with an environment that has these programs alone.
func deploy(t *testing.T, kubectl, path string, args ...string) string {
	t.Helper()
	cmd := exec.CommandContext(t.Context(), filepath.Join(root, "hack", "deploy"), args...)
	cmd.Env = []string{"PATH=" + path, "KUBECTL=" + kubectl, "IMG=localhost/rentora/operator:try"}
	said, err := cmd.CombinedOutput()
	if err != nil {
		t.Fatalf("hack/deploy %q: %v\n%s", args, err, said)
	}
	return string(said)
}

// TestDeployTakesAnyKubectl wants a kubectl of several words to be called with all of them.
func TestDeployTakesAnyKubectl(t *testing.T) {
	t.Parallel()
	path := os.Getenv("PATH")
	if got, want := deploy(t, "echo asked to", path, "crd"), "asked to apply --server-side --force-conflicts -k config/crd\n"; got != want {
		t.Errorf("want %q, got %q", want, got)
	}
	lines := strings.Split(strings.TrimSpace(deploy(t, "echo asked to", path, "up")), "\n")
	if len(lines) != 3 || !strings.HasPrefix(lines[1], "asked to apply --server-side --force-conflicts -k bin/deploy.") ||
		lines[2] != "asked to -n rentora-system rollout status deployment/rentora-operator --timeout=120s" {
		t.Errorf("up asks\n%s", strings.Join(lines, "\n"))
	}
}

// TestDeployFindsAKubectl wants the one of the PATH, and that of hack/cluster where there is none.
func TestDeployFindsAKubectl(t *testing.T) {
	t.Parallel()
	folder := t.TempDir()
	for _, name := range []string{"bash", "cat", "dirname", "mkdir", "mktemp", "rm"} {
		program, err := exec.LookPath(name)
		if err != nil {
			t.Fatal(err)
		}
		if err := os.Symlink(program, filepath.Join(folder, name)); err != nil {
			t.Fatal(err)
		}
	}
	program := func(name string) {
		if err := os.WriteFile(filepath.Join(folder, name), []byte("#!"+filepath.Join(folder, "bash")+"\necho "+name+" \"$@\"\n"), 0o700); err != nil {
			t.Fatal(err)
		}
	}
	program("go")
	const asked = " apply --server-side --force-conflicts -k config/crd\n"
	if got, want := deploy(t, "", folder, "crd"), "go run ./hack/cluster kubectl"+asked; got != want {
		t.Errorf("without a kubectl: want %q, got %q", want, got)
	}
	program("kubectl")
	if got, want := deploy(t, "", folder, "crd"), "kubectl"+asked; got != want {
		t.Errorf("with a kubectl: want %q, got %q", want, got)
	}
}
