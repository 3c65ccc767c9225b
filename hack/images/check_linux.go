package main

import (
	"context"

	"github.com/rentora/rentora/hack/images/recipe"
	"github.com/rentora/rentora/hack/images/trial"
)

func check(ctx context.Context, built []recipe.Built) error { return trial.Run(ctx, built) }

func enter(args []string) error { return trial.Enter(args) }
