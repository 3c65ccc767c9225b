package access_test

import (
	"testing"

	"github.com/rentora/rentora/controllers/access"
	"github.com/rentora/rentora/controllers/golden"
)

func TestManifests(t *testing.T) {
	t.Parallel()
	golden.Check(t, access.New())
}
