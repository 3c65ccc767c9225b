package stack

import (
	"context"
	"net/http"
	"sync"
)

// Kill ends one part of the session's stack with SIGKILL; see the function Kill.
func (s *Session) Kill(ctx context.Context, part string) error { return Kill(ctx, s.Dir, part) }

// Start starts one part of the session's stack again; see the function Start.
func (s *Session) Start(ctx context.Context, part string) error { return Start(ctx, s.Dir, part) }

// Leave ends the membership. The stack stops after its grace when nobody else is in it. A second call does nothing.
func (s *Session) Leave() { unpin(s.lock) }

// LeaveAndStop ends the membership and, when nobody else is in the stack and it is not kept, stops it now.
// It returns when nothing runs any more, or at once when the stack stays up for others.
func (s *Session) LeaveAndStop(ctx context.Context) error {
	s.Leave()
	answer, err := ask(ctx, s.Dir, http.MethodPost, "/leave", nil)
	if err != nil || string(answer) != "stopping" {
		return err
	}
	return waitGone(ctx, s.Dir)
}

// A forgotten session must not lose its lock to the garbage collector, which closes unreachable files.
var pinned sync.Map

func pin(lock *Lock) *Lock {
	pinned.Store(lock, true)
	return lock
}

func unpin(lock *Lock) {
	pinned.Delete(lock)
	lock.Release()
}
