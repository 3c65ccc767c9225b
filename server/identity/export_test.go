package identity

import (
	"maps"
	"slices"
)

// PermittedOperations gives the operations on the permission table.
func PermittedOperations() []string { return slices.Collect(maps.Keys(permissions)) }
