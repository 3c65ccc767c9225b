package promtool_test

import (
	"os/exec"
	"testing"

	"github.com/rentora/rentora/hack/promtool"
)

func TestProgramsRun(t *testing.T) {
	t.Parallel()
	for _, program := range []string{promtool.Promtool, promtool.Amtool} {
		t.Run(program, func(t *testing.T) {
			t.Parallel()
			path, err := promtool.Path(t.Context(), program)
			if err != nil {
				t.Fatal(err)
			}
			if said, err := exec.CommandContext(t.Context(), path, "--version").CombinedOutput(); err != nil {
				t.Errorf("%s --version: %v\n%s", path, err, said)
			}
		})
	}
}

func TestUnknownProgram(t *testing.T) {
	t.Parallel()
	if _, err := promtool.Path(t.Context(), "rm"); err == nil {
		t.Error("a program that nobody knows was obtained")
	}
}
