package contest

import (
	"context"
	"errors"
	"slices"
	"testing"
)

func TestRunTurnsTheOrder(t *testing.T) {
	t.Parallel()
	var order []string
	side := func(name string, rate float64) Side {
		return Side{Name: name, Measure: func(_ context.Context, round int) (Sample, error) {
			order = append(order, name)
			// The machine is slower in every round.
			return Sample{PerSecond: rate / float64(round+1), CPU: map[string]float64{"api": float64(round)}}, nil
		}}
	}
	out, err := Run(t.Context(), 3, func(string) {}, side("a", 300), side("b", 100))
	if err != nil {
		t.Fatal(err)
	}
	if want := []string{"a", "b", "b", "a", "a", "b"}; !slices.Equal(order, want) {
		t.Errorf("order %v, want %v", order, want)
	}
	if got := Ratio(out[0], out[1]); got != 3 {
		t.Errorf("Ratio = %v, want 3", got)
	}
	if out[0].Rate() != 150 || out[1].Rate() != 50 || out[0].CPU()["api"] != 1 {
		t.Errorf("medians: %v, %v, %v", out[0].Rate(), out[1].Rate(), out[0].CPU())
	}
}

func TestRunStopsAtTheFirstFailure(t *testing.T) {
	t.Parallel()
	calls := 0
	broken := Side{Name: "broken", Measure: func(context.Context, int) (Sample, error) { calls++; return Sample{}, errors.New("no") }}
	if _, err := Run(t.Context(), 5, func(string) {}, broken); err == nil || calls != 1 {
		t.Errorf("error %v after %d calls", err, calls)
	}
}
