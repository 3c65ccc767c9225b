package publish_test

import (
	"testing"

	"github.com/rentora/rentora/controllers/golden"
	"github.com/rentora/rentora/controllers/publish"
)

func TestManifests(t *testing.T) {
	t.Parallel()
	golden.Check(t, publish.New())
}
