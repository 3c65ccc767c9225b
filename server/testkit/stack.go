package testkit

import (
	"context"
	"encoding/hex"
	"os"
	"sync"
	"testing"
	"time"

	"github.com/rentora/rentora/hack/stack/stack"
)

// joined makes this process a member of the development stack, once; the membership ends with the process.
var joined = sync.OnceValues(func() (*stack.Session, error) {
	ctx, cancel := context.WithTimeout(context.Background(), 9*time.Minute) // the first time ever, servers are obtained
	defer cancel()
	return stack.Join(ctx, "", stack.Options{})
})

// address gives the value of the environment variable, which names a server that somebody else runs, or what the stack says.
func address(t testing.TB, variable string, of func(stack.Addresses) string) string {
	t.Helper()
	if given := os.Getenv(variable); given != "" {
		return given
	}
	session, err := joined()
	if err != nil {
		t.Fatalf("the development stack: %v", err)
	}
	return of(session.Addresses)
}

// own gives a name that no other test has.
func own() string { return "t_" + hex.EncodeToString(randomBytes()) }
