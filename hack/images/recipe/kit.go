package recipe

import (
	"crypto/sha256"
	"encoding/hex"
	"fmt"
	"os"
	"os/exec"
	"path"
	"path/filepath"
	"slices"
	"strings"

	"github.com/rentora/rentora/hack/cluster/image"
	"github.com/rentora/rentora/hack/images/debian"
	"github.com/rentora/rentora/hack/stack/fetch"
	"github.com/rentora/rentora/hack/web/site"
)

// search is the PATH of images that add nothing to it.
const search = "/usr/local/bin:/usr/bin:/bin:/usr/sbin:/sbin"

// kit holds what images are made of, as far as the wanted ones need it.
type kit struct {
	stack    fetch.Installed
	debian   map[string]debian.Package
	compiled map[string]string // folders by the name of the compilation
	java     string
	site     *site.Site
	node     string
}

// server says by its place in the cache which version of a server of the stack this is.
func (k *kit) server(name string) string {
	switch name {
	case "postgres":
		return filepath.Base(filepath.Join(k.stack.Postgres, "..", ".."))
	case "kafka":
		return filepath.Base(filepath.Dir(k.stack.KafkaJars[0]))
	case "minio":
		return filepath.Base(filepath.Dir(k.stack.MinIO))
	}
	return filepath.Base(filepath.Dir(k.stack.Typesense))
}

func (k *kit) unpacked(name, file string) string { return filepath.Join(k.debian[name].Root, file) }

// roots gives the folders in which the image's libraries lie.
func (k *kit) roots(i Image) []string {
	var roots []string
	for _, name := range i.packages {
		roots = append(roots, k.debian[name].Root)
	}
	return roots
}

// program puts a program of a compilation.
func (k *kit) program(l *image.Layer, at, compilation, name string) {
	l.File(at, filepath.Join(k.compiled[compilation], name), 0o755)
}

// base puts what every program expects to find: who it is, how names are resolved, whom to trust.
func (k *kit) base(l *image.Layer, i Image) error {
	name := i.Name
	switch i.User {
	case nonroot:
		name = "nonroot"
	case nobody:
		name = "nobody"
	}
	l.Text("/etc/passwd", fmt.Sprintf("root:x:0:0:root:/:/sbin/nologin\n%s:x:%d:%d:%[1]s:/tmp:/sbin/nologin\n", name, i.User, i.User), 0o644)
	l.Text("/etc/group", fmt.Sprintf("root:x:0:\n%s:x:%d:\n", name, i.User), 0o644)
	l.Text("/etc/nsswitch.conf", "passwd: files\ngroup: files\nhosts: files dns\n", 0o644)
	if i.folder != "" {
		l.Folder(i.folder, 0o755, i.User)
	}
	authorities, err := k.authorities()
	l.Text("/etc/ssl/certs/ca-certificates.crt", authorities, 0o644)
	return err
}

// authorities joins Debian's certificates, as its package does when it is installed.
func (k *kit) authorities() (string, error) {
	files, err := filepath.Glob(k.unpacked(certificates, "/usr/share/ca-certificates/mozilla/*.crt"))
	if err != nil || len(files) == 0 {
		return "", fmt.Errorf("%s holds no certificates", certificates)
	}
	slices.Sort(files)
	var bundle strings.Builder
	for _, file := range files {
		text, err := os.ReadFile(file)
		if err != nil {
			return "", err
		}
		bundle.WriteString(strings.TrimSpace(string(text)) + "\n")
	}
	return bundle.String(), nil
}

// shell puts busybox under all its names that are still free.
func (k *kit) shell(l *image.Layer) error {
	program := k.unpacked("busybox-static", "/bin/busybox")
	names, err := exec.Command(program, "--list-full").Output()
	if err != nil {
		return fmt.Errorf("ask busybox for its names: %w", err)
	}
	l.File("/bin/busybox", program, 0o755)
	for _, name := range strings.Fields(string(names)) {
		if !l.Has(name) {
			l.Link(path.Join("/", name), "/bin/busybox")
		}
	}
	return nil
}

func everything(string) bool { return true }

// sum gives the beginning of the sha256 of all the texts.
func sum(texts ...string) string {
	hash := sha256.New()
	for _, text := range texts {
		_, _ = fmt.Fprintf(hash, "%d\n%s", len(text), text)
	}
	return hex.EncodeToString(hash.Sum(nil))[:12]
}
