package stand

import (
	"context"

	"github.com/rentora/rentora/hack/bench/contest"
	"github.com/rentora/rentora/hack/bench/load"
	"github.com/rentora/rentora/hack/bench/usage"
	"github.com/rentora/rentora/hack/stack/stack"
)

// Generator is the name of the load's own computing beside the processes'.
const Generator = "generator"

// Measure carries out a plan and counts what the named processes computed meanwhile; the stack's servers are counted too.
func (s *Stand) Measure(ctx context.Context, p load.Plan, programs ...*Running) (contest.Sample, error) {
	roots, err := s.roots(ctx, programs...)
	if err != nil {
		return contest.Sample{}, err
	}
	before, after := map[string]float64{}, map[string]float64{}
	r, err := s.Load.Run(ctx, p, func() { fill(before, roots) }, func() { fill(after, roots) })
	if err != nil {
		return contest.Sample{}, err
	}
	sample := contest.Sample{PerSecond: r.PerSecond, P50: r.Latency.P50, P95: r.Latency.P95, P99: r.Latency.P99, Requests: r.Requests, CPU: map[string]float64{}}
	for name := range roots {
		sample.CPU[name] = (after[name] - before[name]) * 1000 / float64(r.Requests)
	}
	sample.CPU[Generator] = r.CPU * 1000 / float64(r.Requests)
	return sample, nil
}

func fill(into map[string]float64, roots map[string]int) {
	for name, pid := range roots {
		into[name] = usage.CPU(pid)
	}
}

// roots gives the first process of everything that computes for a request.
func (s *Stand) roots(ctx context.Context, programs ...*Running) (map[string]int, error) {
	pids, err := s.Servers(ctx)
	if err != nil {
		return nil, err
	}
	roots := map[string]int{"postgres": pids["postgres"], "redis": pids["redis"], "typesense": pids["typesense"]}
	for _, p := range programs {
		roots[p.Name] = p.Pid
	}
	return roots, nil
}

// Servers gives the pid of each of the stack's servers.
func (s *Stand) Servers(ctx context.Context) (map[string]int, error) {
	state, err := stack.Status(ctx, s.Session.Dir)
	if err != nil {
		return nil, err
	}
	pids := map[string]int{}
	for _, p := range state.Parts {
		pids[p.Name] = p.Pid
	}
	return pids, nil
}
