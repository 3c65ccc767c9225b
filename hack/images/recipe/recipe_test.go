package recipe

import (
	"fmt"
	"os"
	"slices"
	"strings"
	"testing"
)

// TestReadme wants the table for people to say what is.
func TestReadme(t *testing.T) {
	t.Parallel()
	text, err := os.ReadFile("../README.md")
	if err != nil {
		t.Fatal(err)
	}
	var want strings.Builder
	for _, i := range All() {
		official := "–"
		if i.Official != "" {
			official = "`" + i.Official + "`"
		}
		fmt.Fprintf(&want, "| `%s` | %s | %d | `%s` | %s |\n", i.Name, official, i.User, strings.Join(i.Programs, "` `"), i.Source)
	}
	if !strings.Contains(string(text), "|---|---|---|---|---|\n"+want.String()+"\n") {
		t.Errorf("the table of README.md should be\n%s", want.String())
	}
}

// TestTable wants of every image what its manifest relies on.
func TestTable(t *testing.T) {
	t.Parallel()
	for _, i := range All() {
		switch {
		case i.User == 0:
			t.Errorf("%s runs as root", i.Name)
		case len(i.Programs) == 0 || i.compose == nil:
			t.Errorf("%s holds nothing", i.Name)
		case slices.Contains(i.Programs, "/bin/sh") != slices.Contains(i.packages, "busybox-static"):
			t.Errorf("%s must name both its shell and the package that has it", i.Name)
		}
		for _, name := range i.compiled {
			if _, ok := compilations[name]; !ok {
				t.Errorf("%s wants %s, which nothing compiles", i.Name, name)
			}
		}
	}
	if _, err := choose([]string{"server", "nginx"}); err == nil {
		t.Error("an unknown image was found")
	}
}
