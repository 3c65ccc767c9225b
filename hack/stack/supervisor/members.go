package supervisor

import (
	"context"
	"log/slog"
	"path/filepath"
	"time"

	"github.com/rentora/rentora/hack/stack/stack"
)

// lookAround is how often the supervisor counts the members.
const lookAround = 200 * time.Millisecond

// watch returns when the stack shall stop: asked to, its folder gone, or without members for as long as the grace.
func (s *Supervisor) watch(ctx context.Context) {
	tick := time.NewTicker(lookAround)
	defer tick.Stop()
	lastSeen := time.Now()
	for {
		select {
		case <-ctx.Done():
			return
		case <-s.stop:
			return
		case <-tick.C:
		}
		if !s.owner.InPlace() {
			slog.Warn("the data folder is gone; stopping")
			return
		}
		if s.inUse() {
			lastSeen = time.Now()
		} else if time.Since(lastSeen) >= s.config.Grace && s.closeDoor() {
			slog.Info("nobody uses the stack any more; stopping", "grace", s.config.Grace)
			return
		}
	}
}

func (s *Supervisor) inUse() bool {
	s.mu.Lock()
	keep := s.state.Keep
	s.mu.Unlock()
	if keep {
		return true
	}
	lock, err := stack.TryLock(filepath.Join(s.config.Dir, stack.MembersLock), true)
	if lock != nil {
		lock.Release()
	}
	return lock == nil && err == nil
}

// closeDoor keeps the members' lock until this process has ended: whoever wants to join then waits, and starts anew.
func (s *Supervisor) closeDoor() bool {
	lock, err := stack.TryLock(filepath.Join(s.config.Dir, stack.MembersLock), true)
	if err != nil || lock == nil {
		return false
	}
	s.door = lock
	return true
}
