// Package stack joins the development stack: the real servers that one detached supervisor per data folder runs.
package stack

import (
	"errors"
	"fmt"
	"os"
	"path/filepath"
	"strings"
)

// The files of a data folder which supervisor and joiners share.
const (
	stateFile   = "state.json"
	MembersLock = "members.lock"    // shared by everybody who uses the stack
	OwnerLock   = "supervisor.lock" // held by the living supervisor
	startLock   = "start.lock"      // held while somebody looks whether a supervisor must be started
	LogsFolder  = "logs"
	DataFolder  = "data"
)

const module = "module github.com/rentora/rentora\n"

// Root gives the repository's folder: the first one upwards of the working directory that holds our go.mod.
func Root() (string, error) {
	start, err := os.Getwd()
	if err != nil {
		return "", err
	}
	for dir := start; ; dir = filepath.Dir(dir) {
		text, err := os.ReadFile(filepath.Join(dir, "go.mod"))
		if err == nil && strings.HasPrefix(string(text), module) {
			return dir, nil
		}
		if dir == filepath.Dir(dir) {
			return "", fmt.Errorf("no Rentora checkout at or above %s: change into one", start)
		}
	}
}

// Folder gives the absolute data folder: dir itself, else $RENTORA_STACK_DIR, else .rentora beside go.mod.
func Folder(dir string) (string, error) {
	if dir == "" {
		dir = os.Getenv("RENTORA_STACK_DIR")
	}
	if dir == "" {
		root, err := Root()
		if err != nil {
			return "", err
		}
		dir = filepath.Join(root, ".rentora")
	}
	return filepath.Abs(dir)
}

// Cache gives the folder of everything obtained: $RENTORA_CACHE, else ~/.cache/rentora.
func Cache() (string, error) {
	if dir := os.Getenv("RENTORA_CACHE"); dir != "" {
		return filepath.Abs(dir)
	}
	home, err := os.UserHomeDir()
	if err != nil {
		return "", errors.New("no home folder for the cache: set RENTORA_CACHE")
	}
	return filepath.Join(home, ".cache", "rentora"), nil
}

// prepare makes the data folder and keeps it out of git wherever it lies.
func prepare(dir string) error {
	if err := os.MkdirAll(filepath.Join(dir, LogsFolder), 0o755); err != nil {
		return fmt.Errorf("make the data folder: %w", err)
	}
	return os.WriteFile(filepath.Join(dir, ".gitignore"), []byte("*\n"), 0o644)
}

// LogPath gives the file into which a part (or "supervisor") writes.
func LogPath(dir, part string) string { return filepath.Join(dir, LogsFolder, part+".log") }

// Tail gives the last n lines of a file, or nothing when it cannot be read.
func Tail(path string, n int) string {
	text, _ := os.ReadFile(path)
	lines := strings.Split(strings.TrimRight(string(text), "\n"), "\n")
	if len(lines) > n {
		lines = lines[len(lines)-n:]
	}
	return strings.Join(lines, "\n")
}
