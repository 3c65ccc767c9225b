package stack

import (
	"context"
	"errors"
	"fmt"
	"io"
	"path/filepath"
	"time"
)

// Options are the wishes of a joiner. Those about the servers count only when the joiner is the one who starts them.
type Options struct {
	Durable bool           // servers that flush to disk, for failure tests; joining one of the other kind is an error
	Keep    bool           // the stack stays up after the last one has left, until Down
	Grace   time.Duration  // how long the stack outlives its last member; 0 means 20 s
	Ports   map[string]int // fixed ports by name (see Ports in the README); the others are free ones
	Listen  string         // the address at which every server listens, with a password; "" is this computer alone, without any
	Origin  string         // the origin that MinIO lets browsers come from; "" means any
	Output  io.Writer      // receives the progress of obtaining servers; nil means standard error
	Program string         // a built hack/stack; "" means that Join builds it
}

// Session is a membership of a running stack. It ends with Leave or with the process.
type Session struct {
	Addresses
	Dir     string
	Durable bool
	lock    *Lock
}

// errAgain says that the stack went down between looking and joining.
var errAgain = errors.New("the stack was stopped meanwhile")

// Join makes the caller a member of the data folder's stack ("" means the default folder): it starts the supervisor
// when none runs, obtaining the servers when they are missing, and returns when every part is ready.
func Join(ctx context.Context, dir string, o Options) (*Session, error) {
	dir, err := Folder(dir)
	if err != nil {
		return nil, err
	}
	if err := prepare(dir); err != nil {
		return nil, err
	}
	for {
		session, err := join(ctx, dir, o)
		if !errors.Is(err, errAgain) {
			return session, err
		}
		if err := sleep(ctx); err != nil {
			return nil, fmt.Errorf("join the stack in %s: %w", dir, err)
		}
	}
}

func join(ctx context.Context, dir string, o Options) (*Session, error) {
	lock, err := WaitLock(ctx, filepath.Join(dir, MembersLock), false)
	if err != nil {
		return nil, err
	}
	state, err := enter(ctx, dir, o)
	if err != nil {
		lock.Release()
		return nil, err
	}
	return &Session{Addresses: state.Addresses, Dir: dir, Durable: state.Durable, lock: pin(lock)}, nil
}

func enter(ctx context.Context, dir string, o Options) (State, error) {
	if err := ensure(ctx, dir, o); err != nil {
		return State{}, err
	}
	state, err := awaitReady(ctx, dir)
	if err != nil {
		return state, err
	}
	if err := greet(ctx, dir); err != nil {
		return state, err
	}
	if state.Durable != o.Durable {
		return state, fmt.Errorf("the stack in %s runs with durable=%t: give another folder, or stop it first", dir, state.Durable)
	}
	if o.Listen != "" && state.Listen != o.Listen {
		return state, fmt.Errorf("the stack in %s does not listen on %s: give another folder, or stop it first", dir, o.Listen)
	}
	if o.Keep && !state.Keep {
		_, err = ask(ctx, dir, "POST", "/keep", nil)
	}
	return state, err
}

// greet asks the supervisor itself. One that was killed keeps its lock until its last thread is gone, and its state says
// that it is ready; but its servers end before it.
func greet(ctx context.Context, dir string) error {
	if _, err := Status(ctx, dir); err != nil && ctx.Err() == nil {
		return errAgain
	}
	return ctx.Err()
}

func awaitReady(ctx context.Context, dir string) (State, error) {
	for {
		alive := Alive(dir)
		state, err := ReadState(dir)
		switch {
		case err != nil:
			return state, errAgain
		case state.Phase == Failed:
			return state, errors.New(state.Error)
		case alive && state.Phase == Ready:
			return state, nil
		case !alive && state.Phase == Starting:
			return state, fmt.Errorf("the supervisor died while starting; the end of its log:\n%s", Tail(LogPath(dir, "supervisor"), 15))
		case !alive:
			return state, errAgain
		}
		if err := sleep(ctx); err != nil {
			return state, fmt.Errorf("the stack is not ready yet (%s): %w", waitingFor(ctx, dir), err)
		}
	}
}

// waitingFor names the part that is late; the context has ended already.
func waitingFor(ctx context.Context, dir string) string {
	ctx, cancel := context.WithTimeout(context.WithoutCancel(ctx), 2*time.Second)
	defer cancel()
	state, err := Status(ctx, dir)
	if err != nil {
		return err.Error()
	}
	for _, p := range state.Parts {
		if p.State == "starting" {
			return p.Name + " is still starting"
		}
	}
	return "it is " + string(state.Phase)
}
