package stats

import "testing"

func TestMedian(t *testing.T) {
	t.Parallel()
	for _, c := range []struct {
		name string
		in   []float64
		want float64
	}{
		{"none", nil, 0},
		{"one", []float64{7}, 7},
		{"odd, out of order", []float64{9, 1, 5}, 5},
		{"even", []float64{4, 1, 3, 2}, 2.5},
		{"one round went wrong", []float64{100, 101, 99, 1, 100}, 100},
	} {
		if got := Median(c.in); got != c.want {
			t.Errorf("%s: Median(%v) = %v, want %v", c.name, c.in, got, c.want)
		}
	}
	values := []float64{3, 1, 2}
	Median(values)
	if values[0] != 3 || values[1] != 1 || values[2] != 2 {
		t.Errorf("Median put the values into another order: %v", values)
	}
}

func TestRatioPairsTheRounds(t *testing.T) {
	t.Parallel()
	// The machine was half as fast in the second round, for both sides.
	if got := Ratio([]float64{100, 50, 110}, []float64{50, 25, 50}); got != 2 {
		t.Errorf("Ratio = %v, want 2", got)
	}
	if got := Ratio([]float64{1, 2}, []float64{0, 0}); got != 0 {
		t.Errorf("Ratio against nothing = %v, want 0", got)
	}
	if got := Ratio([]float64{1, 4}, []float64{0, 2}); got != 2 {
		t.Errorf("Ratio with an empty round = %v, want 2", got)
	}
}

func TestPercentileIsTheNearestRank(t *testing.T) {
	t.Parallel()
	var hundred []float64
	for i := 100; i >= 1; i-- {
		hundred = append(hundred, float64(i))
	}
	for p, want := range map[float64]float64{50: 50, 99: 99, 100: 100, 0: 1, 99.5: 100} {
		if got := Percentile(hundred, p); got != want {
			t.Errorf("Percentile(1..100, %v) = %v, want %v", p, got, want)
		}
	}
	if got := Percentile(nil, 99); got != 0 {
		t.Errorf("Percentile of nothing = %v", got)
	}
}

func TestSpread(t *testing.T) {
	t.Parallel()
	if got := Spread([]float64{90, 100, 110}); got != 0.2 {
		t.Errorf("Spread = %v, want 0.2", got)
	}
}
