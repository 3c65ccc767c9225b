// Package supervisor owns the servers of one data folder: it starts them side by side, watches them, and ends with
// the last member.
package supervisor

import (
	"context"
	"errors"
	"fmt"
	"log/slog"
	"os"
	"path/filepath"
	"sync"
	"time"

	"golang.org/x/sync/errgroup"

	"github.com/rentora/rentora/hack/stack/fetch"
	"github.com/rentora/rentora/hack/stack/parts"
	"github.com/rentora/rentora/hack/stack/stack"
)

// Config is what a supervisor is told at its start.
type Config struct {
	Dir     string
	Durable bool
	Keep    bool
	Grace   time.Duration
	Ports   map[string]int
	Origin  string
	Listen  string
	Program string
}

// Supervisor runs the parts of one data folder.
type Supervisor struct {
	config Config
	site   parts.Site
	units  []*unit
	owner  *stack.Lock
	door   *stack.Lock // see closeDoor

	mu    sync.Mutex // guards state
	state stack.State

	stop chan struct{} // asks for the end
	once sync.Once
}

// Run takes the data folder, starts everything and returns when all of it has ended. Another living supervisor of the
// folder makes it end at once without an error.
func Run(ctx context.Context, c Config) error {
	owner, err := own(ctx, c.Dir)
	if err != nil || owner == nil {
		return err
	}
	defer owner.Release()
	s, err := assemble(ctx, c, owner)
	if err == nil {
		err = s.run(ctx)
	}
	if err != nil {
		s.fail(err)
	}
	return err
}

// own tries for a while, because lookers hold the lock for a moment too.
func own(ctx context.Context, dir string) (*stack.Lock, error) {
	ctx, cancel := context.WithTimeout(ctx, 2*time.Second)
	defer cancel()
	lock, err := stack.WaitLock(ctx, filepath.Join(dir, stack.OwnerLock), true)
	if errors.Is(err, context.DeadlineExceeded) {
		return nil, nil
	}
	return lock, err
}

func assemble(ctx context.Context, c Config, owner *stack.Lock) (*Supervisor, error) {
	s := &Supervisor{config: c, owner: owner, stop: make(chan struct{})}
	s.state = stack.State{Pid: os.Getpid(), Phase: stack.Starting, Keep: c.Keep, Durable: c.Durable, Listen: c.Listen, Started: time.Now()}
	cache, err := stack.Cache()
	if err != nil {
		return s, err
	}
	installed, err := fetch.Locate(cache, parts.Wanted())
	if err != nil {
		return s, err
	}
	s.site = parts.Site{Data: filepath.Join(c.Dir, stack.DataFolder), Durable: c.Durable, Origin: c.Origin, Listen: c.Listen,
		Installed: installed, Program: c.Program}
	if c.Listen != "" {
		if s.site.Secret, err = secret(c.Dir); err != nil {
			return s, err
		}
	}
	ours := programs(cache, installed.Java)
	if err := sweep(ctx, s.site.Data, ours...); err != nil { // before the ports are given: theirs must be free again
		return s, err
	}
	if s.site.Ports, err = assignPorts(c.Dir, c.Ports); err != nil {
		return s, err
	}
	for _, p := range parts.All() {
		s.units = append(s.units, newUnit(p, c.Dir, ours))
	}
	s.state.Addresses = s.site.Addresses()
	return s, nil
}

func (s *Supervisor) run(ctx context.Context) error {
	server, err := s.listen()
	if err != nil {
		return err
	}
	defer func() { _ = server.Close() }()
	if err := s.publish(stack.Starting); err != nil {
		return err
	}
	if err := s.startAll(ctx); err != nil {
		s.stopAll()
		return err
	}
	if err := s.publish(stack.Ready); err != nil {
		s.stopAll()
		return err
	}
	slog.Info("ready", "after", time.Since(s.state.Started).Round(time.Millisecond))
	s.watch(ctx)
	_ = s.publish(stack.Stopping) // the folder may be gone; the servers must stop all the same
	s.stopAll()
	_ = s.publish(stack.Stopped)
	return nil
}

func (s *Supervisor) startAll(ctx context.Context) error {
	ctx, cancel := context.WithCancel(ctx)
	defer cancel()
	go func() {
		select {
		case <-s.stop: // "down" while starting
			cancel()
		case <-ctx.Done():
		}
	}()
	group, ctx := errgroup.WithContext(ctx)
	for _, u := range s.units {
		group.Go(func() error { return u.start(ctx, s.site) })
	}
	err := group.Wait()
	select {
	case <-s.stop:
		return errors.New("the stack was stopped while it started")
	default:
		return err
	}
}

func (s *Supervisor) stopAll() {
	var group sync.WaitGroup
	for _, u := range s.units {
		group.Go(u.stop)
	}
	group.Wait()
}

// publish writes the state for those who join.
func (s *Supervisor) publish(phase stack.Phase) error {
	s.mu.Lock()
	s.state.Phase = phase
	s.mu.Unlock()
	if !s.owner.InPlace() {
		return fmt.Errorf("the data folder %s was removed", s.config.Dir)
	}
	return stack.WriteState(s.config.Dir, s.snapshot())
}

func (s *Supervisor) snapshot() stack.State {
	s.mu.Lock()
	state := s.state
	s.mu.Unlock()
	for _, u := range s.units {
		state.Parts = append(state.Parts, u.describe(s.site))
	}
	return state
}

func (s *Supervisor) fail(err error) {
	s.mu.Lock()
	s.state.Error = err.Error()
	s.mu.Unlock()
	if err := s.publish(stack.Failed); err != nil {
		slog.Error("cannot tell that the start failed", "error", err)
	}
}

func (s *Supervisor) askToStop() { s.once.Do(func() { close(s.stop) }) }
