package server_test

import (
	"testing"

	"github.com/rentora/rentora/controllers/golden"
	"github.com/rentora/rentora/controllers/server"
)

func TestManifests(t *testing.T) {
	t.Parallel()
	golden.Check(t, server.New())
}
