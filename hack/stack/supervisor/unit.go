package supervisor

import (
	"context"
	"fmt"
	"log/slog"
	"os"
	"path/filepath"
	"slices"
	"sync"
	"time"

	"github.com/rentora/rentora/hack/stack/parts"
	"github.com/rentora/rentora/hack/stack/probe"
	"github.com/rentora/rentora/hack/stack/process"
	"github.com/rentora/rentora/hack/stack/stack"
)

// The states of one part.
const (
	isStopped  = "stopped"
	isStarting = "starting"
	isReady    = "ready"
	isCrashed  = "crashed"
	isKilled   = "killed"
	isExternal = "external"
)

// stopGrace is how long a server may take to stop in order.
const stopGrace = 10 * time.Second

// unit is one part and its process.
type unit struct {
	part     parts.Part
	log      string
	programs []string // see sweep

	turn sync.Mutex // one start, kill or stop at a time

	mu    sync.Mutex // guards the rest
	state string
	cause string
	proc  *process.Process
}

func newUnit(p parts.Part, dir string, programs []string) *unit {
	u := &unit{part: p, log: stack.LogPath(dir, p.Name), programs: programs, state: isStopped}
	if os.Getenv(p.External) != "" {
		u.state = isExternal
	}
	return u
}

func (u *unit) set(state, cause string) {
	u.mu.Lock()
	defer u.mu.Unlock()
	u.state, u.cause = state, cause
}

func (u *unit) is(states ...string) bool {
	u.mu.Lock()
	defer u.mu.Unlock()
	return slices.Contains(states, u.state)
}

// start starts the part, if it does not run, and waits until it is ready. Its error holds the end of its log.
func (u *unit) start(ctx context.Context, site parts.Site) error {
	u.turn.Lock()
	defer u.turn.Unlock()
	if u.is(isExternal, isReady) {
		return nil
	}
	began := time.Now()
	if err := u.launch(ctx, site); err != nil {
		u.set(isCrashed, err.Error())
		return u.explain(err)
	}
	ask := func(ctx context.Context) error { return u.part.Probe(ctx, site) }
	if err := probe.Until(ctx, u.part.Patience, u.proc.Done(), ask); err != nil {
		u.proc.Kill()
		u.set(isCrashed, err.Error())
		return u.explain(err)
	}
	u.became(isStarting, isReady)
	slog.Info("part ready", "part", u.part.Name, "pid", u.proc.Pid, "after", time.Since(began).Round(time.Millisecond))
	return nil
}

func (u *unit) became(from, to string) {
	u.mu.Lock()
	defer u.mu.Unlock()
	if u.state == from {
		u.state = to
	}
}

func (u *unit) launch(ctx context.Context, site parts.Site) error {
	if err := sweep(ctx, filepath.Join(site.Data, u.part.Name), u.programs...); err != nil {
		return err
	}
	if err := u.portsFree(site); err != nil {
		return err
	}
	if err := u.part.Prepare(site); err != nil {
		return fmt.Errorf("prepare: %w", err)
	}
	log, err := openLog(u.log)
	if err != nil {
		return err
	}
	defer func() { _ = log.Close() }()
	spec := u.part.Command(site)
	spec.Log = log
	proc, err := process.Start(spec)
	if err != nil {
		return err
	}
	u.mu.Lock()
	u.proc, u.state, u.cause = proc, isStarting, ""
	u.mu.Unlock()
	go u.await(proc)
	return nil
}

func (u *unit) portsFree(site parts.Site) error {
	for _, name := range u.part.Ports {
		if address := site.At(name); !probe.FreeAt(address) {
			return fmt.Errorf("another program listens on %s (%s), or the address is not one of this computer", address, name)
		}
	}
	return nil
}

// await notes when a part that nobody stopped ends.
func (u *unit) await(proc *process.Process) {
	<-proc.Done()
	u.mu.Lock()
	defer u.mu.Unlock()
	if u.proc != proc || (u.state != isReady && u.state != isStarting) {
		return
	}
	u.state, u.cause = isCrashed, "ended by itself"
	if err := proc.Err(); err != nil {
		u.cause = "ended by itself: " + err.Error()
	}
	slog.Error("a part ended by itself", "part", u.part.Name, "cause", u.cause)
}

func (u *unit) kill() error {
	u.turn.Lock()
	defer u.turn.Unlock()
	if !u.is(isReady, isStarting) {
		return fmt.Errorf("%s does not run: it is %s", u.part.Name, u.describe(parts.Site{}).State)
	}
	u.set(isKilled, "")
	u.proc.Kill()
	return nil
}

func (u *unit) stop() {
	u.turn.Lock()
	defer u.turn.Unlock()
	if u.is(isReady, isStarting) {
		u.set(isStopped, "")
		u.proc.Stop(u.part.Signal, stopGrace)
	}
}

// explain makes a failed start a message for people: what, the end of the log, and what to do next.
func (u *unit) explain(err error) error {
	text := fmt.Sprintf("%s did not start: %v", u.part.Name, err)
	if tail := stack.Tail(u.log, 12); tail != "" {
		text += "\nThe end of its log:\n" + tail
	}
	return fmt.Errorf("%s\nRead %s for the rest. If its data is damaged, remove the data folder and start again; to use a server of your own, set %s",
		text, u.log, u.part.External)
}

func (u *unit) describe(site parts.Site) stack.PartState {
	u.mu.Lock()
	defer u.mu.Unlock()
	d := stack.PartState{Name: u.part.Name, State: u.state, Error: u.cause}
	if u.state == isExternal {
		d.Address = os.Getenv(u.part.External)
		return d
	}
	if port := site.Ports[u.part.Ports[0]]; port != 0 {
		d.Address = site.At(u.part.Ports[0])
	}
	if u.proc != nil && (u.state == isReady || u.state == isStarting) {
		d.Pid, d.Started = u.proc.Pid, u.proc.Started
	}
	return d
}
