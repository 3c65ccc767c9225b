package site

import (
	"context"
	"io"
	"os"
	"os/exec"
)

// Browser finds Chromium, which drives the tests of the web, or installs Debian's.
func Browser(ctx context.Context, out io.Writer) (string, error) {
	if path := os.Getenv("RENTORA_CHROMIUM"); path != "" {
		return path, nil
	}
	for range 2 {
		for _, name := range []string{"chromium", "chromium-browser", "google-chrome"} {
			if path, err := exec.LookPath(name); err == nil {
				return path, nil
			}
		}
		if err := apt(ctx, out, "chromium", "please install Chromium, or name it by RENTORA_CHROMIUM, and run this again"); err != nil {
			return "", err
		}
	}
	return exec.LookPath("chromium")
}
