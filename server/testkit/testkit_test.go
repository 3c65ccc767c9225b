package testkit_test

import (
	"testing"

	"github.com/rentora/rentora/server/identity"
	"github.com/rentora/rentora/server/testkit"
)

func TestEveryTestHasItsOwnDatabase(t *testing.T) {
	t.Parallel()
	one, two := testkit.DB(t), testkit.DB(t)
	testkit.User(t, one, identity.Guest)
	var n int
	if err := two.QueryRow(t.Context(), "select count(*) from users").Scan(&n); err != nil || n != 0 {
		t.Errorf("%d users in the other database, %v", n, err)
	}
}
