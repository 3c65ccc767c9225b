// Package stats reduces the rounds of a measurement to one figure.
package stats

import (
	"math"
	"slices"
)

// Median gives the middle of the values, of an even number the mean of the two in the middle; 0 of none. It leaves the
// values in their order.
func Median(values []float64) float64 {
	if len(values) == 0 {
		return 0
	}
	sorted := slices.Sorted(slices.Values(values))
	middle := len(sorted) / 2
	if len(sorted)%2 == 1 {
		return sorted[middle]
	}
	return (sorted[middle-1] + sorted[middle]) / 2
}

// Ratio gives the median of the rounds' ratios: what disturbs one round disturbs both of its sides, and falls out.
// Rounds whose rival measured nothing do not count.
func Ratio(ours, rivals []float64) float64 {
	ratios := make([]float64, 0, len(ours))
	for i := range min(len(ours), len(rivals)) {
		if rivals[i] > 0 {
			ratios = append(ratios, ours[i]/rivals[i])
		}
	}
	return Median(ratios)
}

// Spread gives how far the values lie apart: (greatest − least) / median; 0 of none.
func Spread(values []float64) float64 {
	middle := Median(values)
	if middle == 0 {
		return 0
	}
	return (slices.Max(values) - slices.Min(values)) / middle
}

// Percentile gives the smallest value that at least p percent of the values do not exceed (nearest rank).
func Percentile(values []float64, p float64) float64 {
	if len(values) == 0 {
		return 0
	}
	sorted := slices.Sorted(slices.Values(values))
	rank := int(math.Ceil(p / 100 * float64(len(sorted))))
	return sorted[min(max(rank, 1), len(sorted))-1]
}
