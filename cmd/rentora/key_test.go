package main

import (
	"bytes"
	"encoding/base64"
	"strings"
	"testing"
)

func TestKeyNewPrintsAKeyAndNothingElse(t *testing.T) {
	t.Parallel()
	seen := map[string]bool{}
	for range 2 {
		var out, told bytes.Buffer
		root := newRoot()
		root.SetArgs([]string{"key", "new"})
		root.SetOut(&out)
		root.SetErr(&told)
		if err := root.ExecuteContext(t.Context()); err != nil {
			t.Fatal(err)
		}
		key := strings.TrimSuffix(out.String(), "\n")
		if raw, err := base64.StdEncoding.DecodeString(key); err != nil || len(raw) != 32 {
			t.Errorf("%d bytes, %v", len(raw), err)
		}
		if seen[key] || strings.Contains(told.String(), key) {
			t.Error("the key came twice, or is told where it may be logged")
		}
		seen[key] = true
	}
}
