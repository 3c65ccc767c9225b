package rentora

import (
	"fmt"
	"go/parser"
	"go/token"
	"io/fs"
	"maps"
	"os"
	"path"
	"path/filepath"
	"slices"
	"strconv"
	"strings"
)

const module = "github.com/rentora/rentora"

// use is one import of a package of this module by a file that is no test.
type use struct{ where, imported string }

// readImports reads the imports of every package below root, by the package's path from there. It parses instead of
// building: quick, and the same on every platform.
func readImports(root string) (map[string][]use, error) {
	tree := map[string][]use{}
	err := filepath.WalkDir(root, func(name string, entry fs.DirEntry, err error) error {
		switch {
		case err != nil:
			return err
		case entry.IsDir():
			return enter(root, name, entry)
		case !strings.HasSuffix(name, ".go") || strings.HasSuffix(name, "_test.go"):
			return nil
		}
		file, err := filepath.Rel(root, name)
		if err != nil {
			return err
		}
		pkg := path.Dir(filepath.ToSlash(file))
		uses, err := importsOf(name, filepath.ToSlash(file))
		tree[pkg] = append(tree[pkg], uses...)
		return err
	})
	return tree, err
}

// enter keeps out of what go itself ignores, of other modules and of the web's dependencies.
func enter(root, name string, entry fs.DirEntry) error {
	if name == root {
		return nil
	}
	_, noModule := os.Stat(filepath.Join(name, "go.mod"))
	base := entry.Name()
	if noModule == nil || base[0] == '.' || base[0] == '_' || base == "testdata" || base == "node_modules" {
		return filepath.SkipDir
	}
	return nil
}

func importsOf(name, shown string) ([]use, error) {
	files := token.NewFileSet()
	parsed, err := parser.ParseFile(files, name, nil, parser.ImportsOnly)
	if err != nil {
		return nil, err
	}
	var uses []use
	for _, spec := range parsed.Imports {
		imported, err := strconv.Unquote(spec.Path.Value)
		if err != nil {
			return nil, fmt.Errorf("%s: %w", shown, err)
		}
		if ours, ok := strings.CutPrefix(imported, module+"/"); ok {
			uses = append(uses, use{fmt.Sprintf("%s:%d", shown, files.Position(spec.Pos()).Line), ours})
		}
	}
	return uses, nil
}

// judge compares what is imported with what may be, and says each difference in a sentence.
func judge(tree map[string][]use, arrows map[string][]string) []string {
	complaints := mistakes(arrows)
	for _, pkg := range slices.Sorted(maps.Keys(tree)) {
		from := owner(pkg)
		may, known := mayImport(arrows, from)
		if !known {
			complaints = append(complaints, from+" is not on the map: give it a line in arrows (arch_test.go)")
			continue
		}
		for _, u := range tree[pkg] {
			if to := owner(u.imported); to != from && !slices.ContainsFunc(may, covers(to)) {
				complaints = append(complaints, fmt.Sprintf("%s imports %s, and the map (arrows in arch_test.go) has no arrow %s -> %s; %s",
					u.where, u.imported, from, to, instead(from, may)))
			}
		}
	}
	return slices.Compact(complaints)
}

// mistakes are arrows to nowhere.
func mistakes(arrows map[string][]string) []string {
	var complaints []string
	for _, from := range slices.Sorted(maps.Keys(arrows)) {
		for _, to := range arrows[from] {
			_, itself := arrows[to]
			if _, known := mayImport(arrows, to); !known && !itself {
				complaints = append(complaints, fmt.Sprintf("the arrow %s -> %s (arch_test.go) leads to a package that has no line of its own", from, to))
			}
		}
	}
	return complaints
}

// owner is the package to which another belongs: server/booking for server/booking/internal/query.
func owner(pkg string) string {
	before, _, _ := strings.Cut(pkg+"/", "/internal/")
	return strings.TrimSuffix(before, "/")
}

// mayImport finds a package's line: its own, or one that takes it in from above.
func mayImport(arrows map[string][]string, pkg string) (may []string, known bool) {
	if may, known = arrows[pkg]; known {
		return may, true
	}
	for above := pkg; above != "."; above = path.Dir(above) {
		if may, known = arrows[above+"/..."]; known {
			return may, true
		}
	}
	return nil, false
}

func covers(pkg string) func(pattern string) bool {
	return func(pattern string) bool {
		tree, below := strings.CutSuffix(pattern, "/...")
		return pkg == tree || below && strings.HasPrefix(pkg, tree+"/")
	}
}

func instead(from string, may []string) string {
	if len(may) == 0 {
		return from + " may import nothing of this module"
	}
	return from + " may import " + strings.Join(may, ", ")
}

// absent are the packages of the map that do not exist.
func absent(tree map[string][]use, arrows map[string][]string) []string {
	var missing []string
	for _, pattern := range slices.Sorted(maps.Keys(arrows)) {
		exists := false
		for pkg := range tree {
			exists = exists || covers(owner(pkg))(pattern)
		}
		if !exists {
			missing = append(missing, pattern)
		}
	}
	return missing
}
