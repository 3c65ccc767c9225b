package worker_test

import (
	"os"
	"path/filepath"
	"regexp"
	"slices"
	"strings"
	"testing"

	"github.com/rentora/rentora/server/worker"
)

// TestEveryTypeIsKnown reads the types from the source: one that is on no list would go to the dead letters of each group.
func TestEveryTypeIsKnown(t *testing.T) {
	t.Parallel()
	files, err := filepath.Glob("../*/*.go")
	if err != nil || len(files) < 100 {
		t.Fatal(len(files), err)
	}
	method := regexp.MustCompile(`\) EventType\(\) string\s*\{ return "([^"]+)" \}`)
	known := worker.Types(everything())
	found := 0
	for _, file := range files {
		if strings.HasSuffix(file, "_test.go") {
			continue
		}
		source, err := os.ReadFile(file)
		if err != nil {
			t.Fatal(err)
		}
		for _, m := range method.FindAllStringSubmatch(string(source), -1) {
			if found++; !slices.Contains(known, m[1]) {
				t.Errorf("%s of %s has no listener and is not among unheard in subscriptions.go", m[1], file)
			}
		}
	}
	if found < 20 {
		t.Errorf("only %d types are found", found)
	}
}
