package main

import (
	"context"
	"os"

	"github.com/rentora/rentora/hack/cluster/build"
	"github.com/rentora/rentora/hack/stack/stack"
)

// obtainControl compiles what tests need that have no nodes.
func obtainControl(ctx context.Context) error {
	cache, err := stack.Cache()
	if err != nil {
		return err
	}
	_, err = build.EnsureControl(ctx, cache, os.Stderr)
	return err
}
