package worker

import (
	"context"
	"errors"
	"log/slog"
	"testing"
)

func TestAGroupThatFailsStartsAgain(t *testing.T) {
	t.Parallel()
	ctx, cancel := context.WithCancel(t.Context())
	defer cancel()
	starts := 0
	err := keepRunning(ctx, slog.New(slog.NewTextHandler(t.Output(), nil)), group{name: "moody", run: func(context.Context) error {
		switch starts++; starts {
		case 1:
			return errors.New("not today")
		case 2:
			panic("a mistake of ours")
		}
		cancel()
		return errors.New("said while it stops")
	}})
	if err != nil || starts != 3 {
		t.Errorf("%d starts, %v", starts, err)
	}
}
