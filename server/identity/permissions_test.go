package identity_test

import (
	"testing"

	"github.com/getkin/kin-openapi/openapi3"

	"github.com/rentora/rentora/server/identity"
)

// TestPermissionsCoverTheContract holds the table against the contract: every operation is on it, nothing else is, and
// both say the same about who needs no token.
func TestPermissionsCoverTheContract(t *testing.T) {
	t.Parallel()
	spec, err := openapi3.NewLoader().LoadFromFile("../openapi.yaml")
	if err != nil {
		t.Fatal(err)
	}
	inContract := map[string]bool{}
	for path, item := range spec.Paths.Map() {
		for method, op := range item.Operations() {
			inContract[op.OperationID] = true
			requirements := spec.Security
			if op.Security != nil {
				requirements = *op.Security
			}
			open, visitors := len(requirements) == 0, len(requirements) == 0
			for _, r := range requirements {
				visitors = visitors || len(r) == 0
			}
			if !identity.Allowed(op.OperationID, identity.Admin) {
				t.Errorf("%s %s: %s is not on the permission table", method, path, op.OperationID)
			}
			if got := identity.Open(op.OperationID); got != open {
				t.Errorf("%s: open = %t, the contract says %t", op.OperationID, got, open)
			}
			if got := identity.Allowed(op.OperationID, ""); got != visitors {
				t.Errorf("%s: visitors allowed = %t, the contract says %t", op.OperationID, got, visitors)
			}
		}
	}
	for _, operation := range identity.PermittedOperations() {
		if !inContract[operation] {
			t.Errorf("%s is on the permission table and not in the contract", operation)
		}
	}
}

func TestAllowed(t *testing.T) {
	t.Parallel()
	for _, c := range []struct {
		operation string
		role      identity.Role
		want      bool
	}{
		{"createListing", identity.Guest, false},
		{"createListing", identity.Host, true},
		{"createListing", identity.Support, false},
		{"approveListing", identity.Host, false},
		{"approveListing", identity.Admin, true},
		{"getListing", "", true},
		{"logout", "", false},
		{"logout", identity.Support, true},
		{"getListing", "visitor", false},
		{"noSuchOperation", identity.Admin, false},
		{"noSuchOperation", "", false},
	} {
		if got := identity.Allowed(c.operation, c.role); got != c.want {
			t.Errorf("Allowed(%s, %q) = %t", c.operation, c.role, got)
		}
	}
}
