package identity

import (
	"maps"
	"slices"
	"time"
)

// PermittedOperations gives the operations on the permission table.
func PermittedOperations() []string { return slices.Collect(maps.Keys(permissions)) }

// WaitForRedis makes s wait long for a Redis that other tests keep busy too.
func (s *Service) WaitForRedis(d time.Duration) { s.sessions.circuit.patience = d }
