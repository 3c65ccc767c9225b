package web_test

import (
	"testing"

	"github.com/rentora/rentora/controllers/golden"
	"github.com/rentora/rentora/controllers/web"
)

func TestManifests(t *testing.T) {
	t.Parallel()
	golden.Check(t, web.New())
}
