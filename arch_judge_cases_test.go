package rentora

import (
	"os"
	"path/filepath"
	"testing"

	"github.com/google/go-cmp/cmp"
)

func TestJudge(t *testing.T) {
	t.Parallel()
	small := map[string][]string{
		"errs":      nil,
		"booking":   {"errs"},
		"rest":      {"errs", "booking"},
		"stack/...": {"stack/..."},
	}
	for name, c := range map[string]struct {
		arrows map[string][]string
		files  map[string]string
		want   []string
	}{
		"along the arrows": {small, map[string]string{
			"rest/a.go":                   imports("booking", "errs"),
			"booking/b.go":                imports("errs", "booking/internal/query"),
			"booking/internal/query/q.go": imports("errs"),
			"stack/main.go":               imports("stack/kafka"),
			"stack/kafka/k.go":            imports("stack"),
		}, nil},
		"against an arrow": {small, map[string]string{"booking/b.go": imports("errs", "rest")}, []string{
			"booking/b.go:5 imports rest, and the map (arrows in arch_test.go) has no arrow booking -> rest; booking may import errs",
		}},
		"from a generated package, as from its owner": {small, map[string]string{"errs/internal/x/x.go": imports("booking")}, []string{
			"errs/internal/x/x.go:4 imports booking, and the map (arrows in arch_test.go) has no arrow errs -> booking; " +
				"errs may import nothing of this module",
		}},
		"out of a tree": {small, map[string]string{"stack/kafka/k.go": imports("errs")}, []string{
			"stack/kafka/k.go:4 imports errs, and the map (arrows in arch_test.go) has no arrow stack/kafka -> errs; " +
				"stack/kafka may import stack/...",
		}},
		"a package that is not on the map": {small, map[string]string{"util/u.go": imports(), "util/v.go": imports()}, []string{
			"util is not on the map: give it a line in arrows (arch_test.go)",
		}},
		"an arrow to nowhere": {map[string][]string{"booking": {"erss"}}, nil, []string{
			"the arrow booking -> erss (arch_test.go) leads to a package that has no line of its own",
		}},
		"tests, data, hidden folders and other modules are not asked": {small, map[string]string{
			"errs/e_test.go":        imports("rest"),
			"errs/testdata/e.go":    imports("rest"),
			".cache/c.go":           imports("rest"),
			"web/node_modules/n.go": imports("rest"),
			"other/go.mod":          "module other",
			"other/o.go":            imports("rest"),
		}, nil},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			tree, err := readImports(writeTree(t, c.files))
			if err != nil {
				t.Fatal(err)
			}
			if diff := cmp.Diff(c.want, judge(tree, c.arrows)); diff != "" {
				t.Errorf("complaints differ (-want +got):\n%s", diff)
			}
		})
	}
}

func TestAbsent(t *testing.T) {
	t.Parallel()
	tree, err := readImports(writeTree(t, map[string]string{"errs/e.go": imports(), "stack/kafka/k.go": imports()}))
	if err != nil {
		t.Fatal(err)
	}
	got := absent(tree, map[string][]string{"errs": nil, "rest": nil, "stack/...": nil, "tools/...": nil})
	if diff := cmp.Diff([]string{"rest", "tools/..."}, got); diff != "" {
		t.Errorf("absent differ (-want +got):\n%s", diff)
	}
}

func imports(packages ...string) string {
	source := "package x\n\nimport (\n"
	for _, pkg := range packages {
		source += "\t_ \"" + module + "/" + pkg + "\"\n"
	}
	return source + "\t_ \"fmt\"\n)\n"
}

func writeTree(t *testing.T, files map[string]string) string {
	t.Helper()
	root := t.TempDir()
	for name, content := range files {
		name = filepath.Join(root, name)
		if err := os.MkdirAll(filepath.Dir(name), 0o755); err != nil {
			t.Fatal(err)
		}
		if err := os.WriteFile(name, []byte(content), 0o644); err != nil {
			t.Fatal(err)
		}
	}
	return root
}
