// Package parts knows each server of the stack: how it is configured, started, asked and stopped.
package parts

import (
	"cmp"
	"context"
	"net"
	"os"
	"path/filepath"
	"slices"
	"strconv"
	"syscall"
	"time"

	"github.com/rentora/rentora/hack/stack/fetch"
	"github.com/rentora/rentora/hack/stack/process"
)

// Site is where and how the parts of one stack run.
type Site struct {
	Data      string         // the folder that holds a folder per part
	Ports     map[string]int // by the names in Part.Ports
	Durable   bool           // flush to disk
	Origin    string         // of the browsers that MinIO serves
	Listen    string         // the address of every server, which then wants a password; "" is this computer alone, without any
	Secret    string         // all passwords, where Listen is set
	Installed fetch.Installed
	Program   string // ourselves, which is the mail catcher too
}

// Part is one server.
type Part struct {
	Name     string
	Ports    []string // the first one is the address to show
	External string   // the variable that gives the address of one run by somebody else
	Signal   syscall.Signal
	Patience time.Duration // how long a start may take
	Prepare  func(Site) error
	Command  func(Site) process.Spec
	Probe    func(context.Context, Site) error
}

// All gives every part, in the order in which they are shown.
func All() []Part {
	return []Part{postgres(), redis(), kafkaPart(), typesense(), minio(), mail()}
}

// Started gives the parts that are ours to start: not those that the environment says run elsewhere.
func Started() []Part {
	return slices.DeleteFunc(All(), func(p Part) bool { return os.Getenv(p.External) != "" })
}

// Wanted names the parts that must be in the cache.
func Wanted() []string {
	var names []string
	for _, p := range Started() {
		if slices.Contains(fetch.Parts, p.Name) {
			names = append(names, p.Name)
		}
	}
	return names
}

// PortNames gives the names that a configured port may have.
func PortNames() []string {
	var names []string
	for _, p := range All() {
		names = append(names, p.Ports...)
	}
	return names
}

// At gives the address of a port.
func (s Site) At(port string) string { return net.JoinHostPort(s.host(), strconv.Itoa(s.Ports[port])) }

func (s Site) host() string { return cmp.Or(s.Listen, "127.0.0.1") }

// secret gives the password of a server that others can reach, else the one that is none.
func (s Site) secret() string {
	if s.Listen == "" {
		return known
	}
	return s.Secret
}

// known is no secret: the server listens on this computer only.
const known = "rentora-development"

func (s Site) folder(part string) string { return filepath.Join(s.Data, part) }

// environment is all that a server sees: the caller's own settings must not change how one behaves.
func environment(extra ...string) []string {
	return append([]string{"PATH=" + os.Getenv("PATH"), "HOME=" + os.Getenv("HOME"), "LANG=C.UTF-8", "TZ=UTC"}, extra...)
}

func makeFolder(part string) func(Site) error {
	return func(s Site) error { return os.MkdirAll(s.folder(part), 0o755) }
}
