package identity

import (
	"context"
	"maps"
	"slices"
	"time"
)

// PermittedOperations gives the operations on the permission table.
func PermittedOperations() []string { return slices.Collect(maps.Keys(permissions)) }

// WaitForRedis makes s wait long for a Redis that other tests keep busy too.
func (s *Service) WaitForRedis(d time.Duration) { s.sessions.circuit.patience = d }

// Look learns now what Run would learn within a moment.
func (s *Service) Look(ctx context.Context) error { return s.sessions.look(ctx) }

// HashNothing makes s too busy to compare or hash any password, until it may again.
func (s *Service) HashNothing() (again func()) {
	for range cap(s.hasher.queue) {
		s.hasher.queue <- struct{}{}
	}
	return func() {
		for range cap(s.hasher.queue) {
			<-s.hasher.queue
		}
	}
}
