// Package identity is accounts, sign-in, sessions and roles.
package identity

import (
	"net/netip"

	"github.com/google/uuid"
)

// Role is what an account may do in general; ownership decides the rest in each room.
type Role string

// The roles. A host may do what a guest may.
const (
	Guest   Role = "guest"
	Host    Role = "host"
	Support Role = "support"
	Admin   Role = "admin"
)

// Actor is who acts: passed as a parameter to everything that asks who may. The zero Actor is a visitor who is not signed in.
type Actor struct {
	ID        uuid.UUID
	SessionID uuid.UUID
	Role      Role
	Address   netip.Addr // of the client
}

// SignedIn tells a signed-in account from a visitor.
func (a Actor) SignedIn() bool { return a.ID != uuid.Nil }

// IsAdmin tells whether the actor keeps order.
func (a Actor) IsAdmin() bool { return a.Role == Admin }

// CanHost tells whether the actor may own listings.
func (a Actor) CanHost() bool { return a.Role == Host || a.Role == Admin }
