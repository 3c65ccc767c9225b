package cache

import (
	"context"
	"fmt"
	"runtime/debug"
)

// guarded turns a panic of a fill into its error: it runs in a goroutine of its own, where a panic would end the program.
func guarded(ctx context.Context, fill Fill) (a Answer, err error) {
	defer func() {
		if p := recover(); p != nil {
			err = fmt.Errorf("cache: panic: %v\n%s", p, debug.Stack())
		}
	}()
	return fill(ctx)
}
