package main

import (
	"testing"

	"github.com/google/go-cmp/cmp"
	"github.com/prometheus/client_golang/prometheus"

	"github.com/rentora/rentora/server/rest"
)

func TestEveryResultOfASearchIsThereFromTheBeginning(t *testing.T) {
	t.Parallel()
	registry := prometheus.NewRegistry()
	count := countSearches(registry)
	count(rest.FoundNone)
	families, err := registry.Gather()
	if err != nil || len(families) != 1 {
		t.Fatalf("%d measures, %v", len(families), err)
	}
	got := map[string]float64{}
	for _, m := range families[0].GetMetric() {
		got[m.GetLabel()[0].GetValue()] = m.GetCounter().GetValue()
	}
	if diff := cmp.Diff(map[string]float64{"some": 0, "none": 1, "error": 0}, got); diff != "" {
		t.Error(diff)
	}
}
