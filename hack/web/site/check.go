package site

import (
	"bytes"
	"context"
	"errors"
	"fmt"
	"time"
)

// step is something that must hold of the web's sources.
type step struct {
	name string
	args []string // of Node
}

var steps = []step{
	{"contract", []string{"scripts/api-types.mjs", "--check"}},
	{"routes", []string{"node_modules/next/dist/bin/next", "typegen"}},
	{"types", []string{"node_modules/typescript/bin/tsc", "--noEmit"}},
	{"lint", []string{"node_modules/eslint/bin/eslint.js", "--max-warnings", "0", "."}},
	{"format", []string{"node_modules/prettier/bin/prettier.cjs", "--check", "--log-level", "warn", "."}},
	{"unit tests", []string{"node_modules/vitest/vitest.mjs", "run"}},
}

// Check runs everything that needs no servers, whatever fails before, one line each; what fails shows all that it said.
func (s *Site) Check(ctx context.Context) error {
	if err := s.Install(ctx); err != nil {
		return err
	}
	failed := 0
	for _, step := range steps {
		began := time.Now()
		var said bytes.Buffer
		cmd := s.Command(ctx, step.args...)
		cmd.Stdout, cmd.Stderr = &said, &said
		state := "ok  "
		err := cmd.Run()
		if err != nil {
			state = "FAIL"
			failed++
		}
		fmt.Fprintf(s.out, "%s  web %-12s %6.1f s\n", state, step.name, time.Since(began).Seconds())
		if err != nil {
			fmt.Fprintf(s.out, "%s\n", said.Bytes())
		}
	}
	fmt.Fprintf(s.out, "web: %d passed, %d failed\n", len(steps)-failed, failed)
	if failed > 0 {
		return errors.New("the web's sources are not in order; see above")
	}
	return nil
}
