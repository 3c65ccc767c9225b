package migrate_test

import (
	"testing"

	"github.com/rentora/rentora/controllers/golden"
	"github.com/rentora/rentora/controllers/migrate"
)

func TestManifests(t *testing.T) {
	t.Parallel()
	golden.Check(t, migrate.New())
}
