package rentora

import (
	"os/exec"
	"strings"
	"testing"
)

// TestKube runs the tests of hack/cluster/kube, which `go test ./...` does not see: that is a module of its own, so that nothing of it
// can be linked into the product. Packages without tests are left out: some of them compile half of Kubernetes.
func TestKube(t *testing.T) {
	t.Parallel()
	const module = "hack/cluster/kube"
	list := exec.CommandContext(t.Context(), "go", "list", "-C", module, "-f", "{{if or .TestGoFiles .XTestGoFiles}}{{.ImportPath}}{{end}}", "./...")
	var complaint strings.Builder
	list.Stderr = &complaint
	found, err := list.Output()
	packages := strings.Fields(string(found))
	if err != nil || len(packages) < 2 {
		t.Fatalf("list the packages of %s that have tests: %v, found %q\n%s", module, err, packages, &complaint)
	}
	said, err := exec.CommandContext(t.Context(), "go", append([]string{"test", "-C", module}, packages...)...).CombinedOutput()
	if err != nil {
		t.Fatalf("go test in %s: %v\n%s", module, err, said)
	}
	t.Logf("%s", said)
}
