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
	starts, failures := 0, 0
	told := func(string, string, string, error) { failures++ }
	err := keepRunning(ctx, slog.New(slog.NewTextHandler(t.Output(), nil)), told, group{name: "moody", run: func(context.Context) error {
		switch starts++; starts {
		case 1:
			return errors.New("not today")
		case 2:
			panic("a mistake of ours")
		}
		cancel()
		return errors.New("said while it stops")
	}})
	if err != nil || starts != 3 || failures != 2 {
		t.Errorf("%d starts, %d failures told, %v", starts, failures, err)
	}
}
