package journey_test

import (
	"bytes"
	"context"
	"flag"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"

	"github.com/rentora/rentora/hack/stack/stack"
	"github.com/rentora/rentora/server/testkit"
)

var update = flag.Bool("update", false, "write testdata/walk.txt anew")

// TestWalk takes the walk of README.md, by the script that printed it, and wants each of its steps to be answered as it was when
// testdata/walk.txt was written. make e2e takes the same walk through a cluster's ingress.
func TestWalk(t *testing.T) {
	t.Parallel()
	p := testkit.StartProgram(t)
	p.Command("seed", "--listings", "1")
	p.Worker()
	root, err := stack.Root()
	if err != nil {
		t.Fatal(err)
	}
	statuses := filepath.Join(t.TempDir(), "statuses")
	ctx, cancel := context.WithTimeout(t.Context(), 2*time.Minute)
	defer cancel()
	walk := exec.CommandContext(ctx, filepath.Join(root, "hack", "walk", "walk.sh"), p.BaseURL(), p.MailURL)
	walk.Env = append(os.Environ(), "WALK_STATUSES="+statuses)
	walk.WaitDelay = 5 * time.Second
	var said, complaint bytes.Buffer
	walk.Stdout, walk.Stderr = &said, &complaint
	if err := walk.Run(); err != nil {
		t.Fatalf("the walk: %v\n%s%s", err, &said, &complaint)
	}
	for _, want := range []string{`"status":"CONFIRMED"`, `"status":"CANCELLED_BY_GUEST"`, `"code":"dates_taken"`, `"action":"listing.approve"`} {
		if !strings.Contains(said.String(), want) {
			t.Errorf("the walk nowhere says %s", want)
		}
	}
	got, err := os.ReadFile(statuses)
	if err != nil {
		t.Fatal(err)
	}
	golden := filepath.Join("testdata", "walk.txt")
	if *update {
		if err := os.WriteFile(golden, got, 0o600); err != nil {
			t.Fatal(err)
		}
	}
	want, err := os.ReadFile(golden)
	if err != nil {
		t.Fatal(err)
	}
	if diff := cmp.Diff(string(want), string(got)); diff != "" {
		t.Errorf("the answers to the steps (-want +got):\n%s", diff)
	}
	if t.Failed() {
		t.Logf("the walk:\n%s", &said)
	}
}
