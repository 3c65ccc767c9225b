// Package host runs the nodes of the development cluster on this machine: a supervisor that holds them as children, so
// that they cannot outlive it, and whoever speaks to it.
package host

import (
	"context"
	"errors"
	"fmt"
	"os"
	"strconv"
	"time"

	"github.com/rentora/rentora/hack/cluster/place"
	"github.com/rentora/rentora/hack/stack/stack"
)

// Config is what the supervisor and every node must know.
type Config struct {
	Folder                      place.Folder
	Nodes                       int
	Kubernetes, Runtime, Images string
}

// arguments are those of the command line that says the same.
func (c Config) arguments() []string {
	return []string{"--folder", string(c.Folder), "--nodes", strconv.Itoa(c.Nodes),
		"--kubernetes", c.Kubernetes, "--runtime", c.Runtime, "--images", c.Images}
}

// State is one node as the supervisor sees it.
type State struct {
	Node    string    `json:"node"`
	Address string    `json:"address"`
	Pid     int       `json:"pid"` // 0 when it does not run
	Since   time.Time `json:"since"`
}

// Supervise starts the nodes and keeps them until ctx ends or somebody asks it to stop; then it removes what it made,
// except for files.
func Supervise(ctx context.Context, c Config) (err error) {
	lock, err := stack.TryLock(place.Lock, true)
	if err != nil {
		return err
	}
	if lock == nil {
		return errors.New("a supervisor runs already")
	}
	defer lock.Release()
	if err := os.WriteFile(place.Lock, []byte(c.Folder), 0o644); err != nil {
		return err
	}
	ctx, stop := context.WithCancel(ctx)
	defer stop()
	var machines []*machine
	for n := 1; n <= c.Nodes; n++ {
		machines = append(machines, &machine{number: n, config: c})
	}
	defer func() { err = errors.Join(err, end(machines)) }()
	if err := raise(ctx, c.Nodes); err != nil {
		return err
	}
	for _, m := range machines {
		if err := m.start(ctx); err != nil {
			return err
		}
	}
	return serve(ctx, stop, c.Folder.Socket(), machines)
}

func end(machines []*machine) error {
	ctx, cancel := context.WithTimeout(context.Background(), 30*time.Second)
	defer cancel()
	var failures []error
	for _, m := range machines {
		failures = append(failures, m.kill(ctx))
	}
	lower(ctx)
	return errors.Join(failures...)
}

// Sweep removes what a killed supervisor left on this machine.
func Sweep(ctx context.Context) error {
	var failures []error
	for n := 1; n <= place.Largest; n++ {
		unplug(ctx, n)
		failures = append(failures, dropGroup(ctx, n))
	}
	lower(ctx)
	_ = os.Remove(place.Lock)
	return errors.Join(failures...)
}

// Running gives the data folder of the cluster that runs on this machine.
func Running() (place.Folder, bool) {
	folder, err := os.ReadFile(place.Lock)
	if err != nil {
		return "", false
	}
	lock, err := stack.TryLock(place.Lock, false)
	if lock != nil {
		lock.Release()
	}
	return place.Folder(folder), lock == nil && err == nil
}

// ErrDown says that no cluster runs here.
var ErrDown = fmt.Errorf("no cluster runs on this machine: `go run ./hack/cluster up` starts one")
