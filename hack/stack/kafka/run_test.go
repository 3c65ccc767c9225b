package kafka

import (
	"os"
	"path/filepath"
	"strings"
	"testing"
)

// TestConfigureKeepsIdentity wants a second start to find its log, also on other ports.
func TestConfigureKeepsIdentity(t *testing.T) {
	t.Parallel()
	dir := t.TempDir()
	if err := Configure(dir, "127.0.0.1:1001", 1002); err != nil {
		t.Fatal(err)
	}
	identity := filepath.Join(dir, "log", "meta.properties")
	if err := os.WriteFile(identity, []byte("kept"), 0o644); err != nil {
		t.Fatal(err)
	}
	if err := Configure(dir, "127.0.0.1:2001", 2002); err != nil {
		t.Fatal(err)
	}
	if got, err := os.ReadFile(identity); err != nil || string(got) != "kept" {
		t.Errorf("the identity became %q, %v", got, err)
	}
	text, err := os.ReadFile(filepath.Join(dir, "server.properties"))
	if err != nil {
		t.Fatal(err)
	}
	for _, want := range []string{"PLAINTEXT://127.0.0.1:2001,CONTROLLER://127.0.0.1:2002", "log.dirs=" + filepath.Join(dir, "log") + "\n"} {
		if !strings.Contains(string(text), want) {
			t.Errorf("the configuration lacks %q", want)
		}
	}
	if strings.Contains(string(text), "0.0.0.0") || strings.Contains(string(text), "%!") {
		t.Errorf("the configuration is\n%s", text)
	}
}
