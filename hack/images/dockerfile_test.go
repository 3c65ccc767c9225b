package main

import (
	"encoding/json"
	"errors"
	"io"
	"maps"
	"os"
	"os/exec"
	"path/filepath"
	"slices"
	"strconv"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"github.com/rentora/rentora/hack/images/recipe"
)

const (
	root   = "../.."
	module = "github.com/rentora/rentora/"
)

// stage is one FROM of the Dockerfile with what follows it, continued lines put together.
type stage struct {
	base  string
	lines []string
}

func stages(t *testing.T) map[string]stage {
	t.Helper()
	text, err := os.ReadFile(filepath.Join(root, "Dockerfile"))
	if err != nil {
		t.Fatal(err)
	}
	all, name := map[string]stage{}, ""
	for line := range strings.Lines(strings.ReplaceAll(string(text), "\\\n", " ")) {
		words := strings.Fields(line)
		switch {
		case len(words) == 0 || words[0][0] == '#':
		case len(words) == 4 && words[0] == "FROM":
			name = words[3]
			all[name] = stage{base: words[1]}
		case name != "":
			all[name] = stage{all[name].base, append(all[name].lines, strings.Join(words, " "))}
		}
	}
	return all
}

// says gives what stands behind an instruction that must be there once.
func (s stage) says(t *testing.T, instruction string) string {
	t.Helper()
	var found []string
	for _, line := range s.lines {
		if rest, ok := strings.CutPrefix(line, instruction+" "); ok {
			found = append(found, rest)
		}
	}
	if len(found) != 1 {
		t.Fatalf("want one %s, got %q", instruction, found)
	}
	return found[0]
}

// TestDockerfileTargets wants a target for each image of ours that is published, of the same user and program as the one that is made
// without Docker.
func TestDockerfileTargets(t *testing.T) {
	t.Parallel()
	all := stages(t)
	targets := 0
	for _, i := range recipe.All() {
		if !strings.HasPrefix(i.Official, "docker.io/rentora/") {
			continue
		}
		targets++
		base := "${BASE_IMAGE}"
		if i.Name == "web" {
			base = "${NODE_IMAGE}"
		}
		s, ok := all[i.Name]
		if !ok || s.base != base {
			t.Errorf("the Dockerfile has no target %s upon %s", i.Name, base)
			continue
		}
		user := strconv.Itoa(i.User)
		if got := s.says(t, "USER"); got != user+":"+user || i.User == 0 {
			t.Errorf("%s: want the user and group %s, got %s", i.Name, user, got)
		}
		if got, want := s.says(t, "ENTRYPOINT"), `["`+i.Programs[0]+`"]`; got != want {
			t.Errorf("%s: want the entrypoint %s, got %s", i.Name, want, got)
		}
		if got, want := s.says(t, "COPY"), "--from=build-"+i.Name+" /made /"; got != want {
			t.Errorf("%s: want COPY %s, got %s", i.Name, want, got)
		}
	}
	if targets != 3 {
		t.Errorf("want the images of server, web and operator, got %d", targets)
	}
}

// TestDockerfileCopies wants the builder to get exactly the folders that the programs are compiled from, and .dockerignore to keep
// none of their files back.
func TestDockerfileCopies(t *testing.T) {
	t.Parallel()
	var copied []string
	for _, line := range stages(t)["source"].lines {
		if rest, ok := strings.CutPrefix(line, "COPY "); ok {
			words := strings.Fields(rest)
			copied = append(copied, words[:len(words)-1]...)
		}
	}
	slices.Sort(copied)
	ignored, err := os.ReadFile(filepath.Join(root, ".dockerignore"))
	if err != nil {
		t.Fatal(err)
	}
	wanted := map[string]bool{"go.mod": true, "go.sum": true}
	for _, file := range sources(t) {
		top, _, _ := strings.Cut(file, "/")
		wanted[top] = true
		if strings.HasSuffix(file, "_test.go") || strings.Contains(file, "/testdata/") {
			t.Errorf(".dockerignore keeps %s back", file)
		}
	}
	if diff := cmp.Diff(slices.Sorted(maps.Keys(wanted)), copied); diff != "" {
		t.Errorf("what the builder gets (-needed +copied):\n%s", diff)
	}
	for top := range wanted {
		if !strings.Contains(string(ignored), "\n!"+top+"\n") {
			t.Errorf(".dockerignore keeps %s back", top)
		}
	}
}

// sources are the files of this module from which both programs are compiled, embedded ones among them.
func sources(t *testing.T) (files []string) {
	t.Helper()
	list := exec.CommandContext(t.Context(), "go", "list", "-deps", "-json=ImportPath,GoFiles,CgoFiles,EmbedFiles", "./cmd/rentora", "./cmd/operator")
	list.Dir, list.Env = root, append(os.Environ(), "GOOS=linux")
	var complaint strings.Builder
	list.Stderr = &complaint
	out, err := list.Output()
	if err != nil {
		t.Fatalf("go list: %v\n%s", err, &complaint)
	}
	decoder := json.NewDecoder(strings.NewReader(string(out)))
	for {
		var p struct {
			ImportPath                    string
			GoFiles, CgoFiles, EmbedFiles []string
		}
		err := decoder.Decode(&p)
		if errors.Is(err, io.EOF) {
			break
		}
		if err != nil {
			t.Fatal(err)
		}
		folder, ours := strings.CutPrefix(p.ImportPath, module)
		if !ours {
			continue
		}
		for _, name := range slices.Concat(p.GoFiles, p.CgoFiles, p.EmbedFiles) {
			files = append(files, folder+"/"+name)
		}
	}
	if len(files) < 100 {
		t.Fatalf("only %d files of this module: the list is not the right one", len(files))
	}
	return files
}
